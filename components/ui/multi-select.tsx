'use client';

import { clsx } from 'clsx';
import { ChevronDown, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox as AriaComboBox } from 'react-aria-components/ComboBox';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { ListBox } from 'react-aria-components/ListBox';
import { type FieldChrome, FieldFoot, FieldLabel, focusWithinClass } from './field.tsx';
import { MarkedText } from './marked-text.tsx';
import { contains } from './match.ts';
import { OptionRow } from './option-row.tsx';
import { Popover } from './popover.tsx';
import type { SelectOption } from './select.tsx';

export interface MultiSelectProps<K extends string> extends FieldChrome {
  options: readonly SelectOption<K>[];
  value: readonly K[];
  onChange: (ids: K[]) => void;
  placeholder?: string;
  /** Name of a chip's button: "Remove Germany". */
  removeLabel: (option: string) => string;
  /** Name of the button that opens the list. */
  openLabel: string;
  emptyText: string;
  isDisabled?: boolean;
  autoFocus?: boolean;
  className?: string;
}

/** A choice of several with search: chips, Backspace removes the last, the list stays open while choosing. */
export function MultiSelect<K extends string>(props: MultiSelectProps<K>) {
  const { options, value, onChange, placeholder, openLabel, emptyText, isDisabled, className } = props;
  const [query, setQuery] = useState('');
  const remove = (id: K) => onChange(value.filter((other) => other !== id));
  const removeLast = (event: KeyboardEvent) => {
    const last = value.at(-1);
    if (event.key === 'Backspace' && query === '' && last !== undefined) remove(last);
  };
  return (
    <AriaComboBox
      selectionMode="multiple"
      value={[...value]}
      onChange={(keys) => {
        onChange(options.filter((option) => keys.includes(option.id)).map((option) => option.id));
        setQuery('');
      }}
      inputValue={query}
      onInputChange={setQuery}
      defaultFilter={contains}
      menuTrigger="focus"
      allowsEmptyCollection
      isDisabled={isDisabled}
      isInvalid={Boolean(props.error)}
      validationBehavior="aria"
      className={clsx('group min-w-0', className)}
    >
      <FieldLabel {...props} />
      <Group className={clsx(frameClass, focusWithinClass)}>
        <Chips {...props} onRemove={remove} />
        <Input
          autoFocus={props.autoFocus}
          onKeyDown={removeLast}
          placeholder={value.length === 0 ? placeholder : undefined}
          className="h-7 min-w-16 flex-1 bg-transparent px-1.5 outline-none"
        />
        <Button
          aria-label={openLabel}
          className="absolute top-1.5 right-1.5 grid size-[26px] place-items-center rounded-control text-text-subtle hover:bg-surface-hover"
        >
          <ChevronDown size={16} aria-hidden />
        </Button>
      </Group>
      <FieldFoot help={props.help} error={props.error} />
      <Popover className="w-(--trigger-width)">
        <ListBox
          items={options}
          dependencies={[query]}
          renderEmptyState={() => <p className="px-2.5 py-2 text-text-subtle">{emptyText}</p>}
          className="max-h-[340px] min-h-0 overflow-auto p-1.5 outline-none"
        >
          {(option) => (
            <OptionRow option={option}>
              <MarkedText text={option.label} query={query} />
            </OptionRow>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}

const frameClass =
  'relative flex min-h-10 flex-wrap items-center gap-1 rounded-control border border-line-control bg-surface py-[5px] pr-9 pl-1.5 transition-colors hover:border-text-subtle group-data-open:border-line-strong group-data-open:shadow-[0_0_0_1px_var(--line-strong)] group-data-invalid:border-danger-line group-data-disabled:border-line-card group-data-disabled:bg-disabled-fill';

function Chips<K extends string>(props: MultiSelectProps<K> & { onRemove: (id: K) => void }) {
  const { options, value, removeLabel, onRemove, isDisabled } = props;
  return value.map((id) => {
    const label = options.find((option) => option.id === id)?.label ?? id;
    return (
      <span
        key={id}
        className="inline-flex h-7 max-w-full items-center gap-0.5 rounded-control bg-accent-soft pr-0.5 pl-[9px] text-small font-normal"
      >
        <span className="truncate">{label}</span>
        <button
          type="button"
          aria-label={removeLabel(label)}
          disabled={isDisabled}
          onClick={() => onRemove(id)}
          className="touch-target relative grid size-[22px] shrink-0 place-items-center rounded-control text-accent hover:bg-surface"
        >
          <X size={14} aria-hidden />
        </button>
      </span>
    );
  });
}
