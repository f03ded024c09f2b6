'use client';

import { ChevronDown } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { OptionTrigger } from './option-trigger.tsx';
import type { SelectOption } from './select.tsx';

export interface FilterSelectProps<K extends string> {
  /** "Status"; shown before the value with a colon. */
  label: string;
  options: readonly SelectOption<K>[];
  value: K;
  onChange: (id: K) => void;
}

/** A 36 px filter button for toolbars; its name is what it shows: "Status: All". */
export function FilterSelect<K extends string>({ label, options, value, onChange }: FilterSelectProps<K>) {
  const choose = (next: string) => {
    const option = options.find((each) => each.id === next);
    if (option) onChange(option.id);
  };
  return (
    <div className="shrink-0">
      <OptionTrigger
        label={label}
        options={options}
        value={value}
        onChange={choose}
        className="min-w-[max(var(--trigger-width),200px)]"
        trigger={
          <Button className="inline-flex h-9 items-center gap-1.5 whitespace-nowrap rounded-control border border-line-control bg-surface pr-2.5 pl-3 text-body transition-colors hover:bg-surface-hover aria-expanded:border-line-strong aria-expanded:shadow-[0_0_0_1px_var(--line-strong)] max-md:h-11">
            <span className="inline-flex gap-1.5">
              <span className="text-text-subtle">{label}:</span>{' '}
              <span className="font-normal">{options.find((option) => option.id === value)?.label}</span>
            </span>
            <ChevronDown size={14} strokeWidth={2.25} aria-hidden />
          </Button>
        }
      />
    </div>
  );
}
