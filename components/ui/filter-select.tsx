'use client';

import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import { Button } from 'react-aria-components/Button';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { Popover } from './popover.tsx';
import { OptionList, type SelectOption } from './select.tsx';

export interface FilterSelectProps<K extends string> {
  /** "Status"; shown before the value with a colon. */
  label: string;
  options: readonly SelectOption<K>[];
  value: K;
  onChange: (id: K) => void;
}

/** A 36 px filter button for toolbars; its name is what it shows: "Status: All". */
export function FilterSelect<K extends string>({ label, options, value, onChange }: FilterSelectProps<K>) {
  const nameId = useId();
  return (
    <AriaSelect
      aria-label={label}
      selectedKey={value}
      onSelectionChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen) onChange(chosen.id);
      }}
      className="shrink-0"
    >
      <Button
        aria-labelledby={nameId}
        className="inline-flex h-9 items-center gap-1.5 whitespace-nowrap rounded-control border border-line-control bg-surface pr-2.5 pl-3 text-body transition-colors hover:bg-surface-hover aria-expanded:border-line-strong aria-expanded:shadow-[0_0_0_1px_var(--line-strong)] max-md:h-11"
      >
        <span id={nameId} className="inline-flex gap-1.5">
          <span className="text-text-subtle">{label}:</span>{' '}
          <SelectValue className="font-normal">{({ selectedText }) => selectedText}</SelectValue>
        </span>
        <ChevronDown size={14} strokeWidth={2.25} aria-hidden />
      </Button>
      <Popover className="min-w-[max(var(--trigger-width),200px)]">
        <OptionList options={options} />
      </Popover>
    </AriaSelect>
  );
}
