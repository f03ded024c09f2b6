'use client';

import { clsx } from 'clsx';
import { Check, ChevronDown } from 'lucide-react';
import type { Ref } from 'react';
import { Button } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { controlClass, type FieldChrome, FieldFoot, FieldLabel } from './field.tsx';
import { optionClass } from './option-style.ts';
import { Popover } from './popover.tsx';

export interface SelectOption<K extends string = string> {
  id: K;
  label: string;
  description?: string;
  isDisabled?: boolean;
}

export interface SelectProps<K extends string = string> extends FieldChrome {
  options: readonly SelectOption<K>[];
  /** Null: nothing chosen, the placeholder shows. */
  value: K | null;
  onChange: (id: K) => void;
  placeholder?: string;
  name?: string;
  isDisabled?: boolean;
  /** Takes no change and tells so (`aria-busy`) while a save runs. */
  isBusy?: boolean;
  onBlur?: () => void;
  /** Ids of elements that name the field, when its label stands elsewhere on the page. */
  labelledBy?: string;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A choice of one from a list without search. */
export function Select<K extends string>(props: SelectProps<K>) {
  const { options, value, onChange, placeholder, name, isDisabled, isBusy, onBlur, labelledBy, className } =
    props;
  return (
    <AriaSelect
      selectedKey={value}
      onSelectionChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen) onChange(chosen.id);
      }}
      name={name}
      onBlur={onBlur}
      isDisabled={isDisabled || isBusy}
      isInvalid={Boolean(props.error)}
      validationBehavior="aria"
      placeholder={placeholder ?? ''}
      aria-labelledby={labelledBy}
      aria-label={labelledBy ? undefined : props.label}
      className={clsx('group min-w-0', className)}
    >
      {!labelledBy && <FieldLabel {...props} />}
      <Button
        ref={props.ref}
        className={clsx(
          controlClass(),
          'aria-expanded:border-line-strong aria-expanded:shadow-[0_0_0_1px_var(--line-strong)]',
        )}
      >
        <SelectValue className="min-w-0 flex-1 truncate data-placeholder:text-text-subtle">
          {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
        </SelectValue>
        <ChevronDown size={16} aria-hidden className="shrink-0" />
      </Button>
      <FieldFoot help={props.help} error={props.error} />
      <Popover className="w-(--trigger-width)">
        <OptionList options={options} />
      </Popover>
    </AriaSelect>
  );
}

/** The options of a select; shared with the filter select, and with the combo box, which passes no options. */
export function OptionList(props: { options?: readonly SelectOption[]; emptyText?: string }) {
  return (
    <ListBox
      items={props.options}
      renderEmptyState={() => <p className="px-2.5 py-2 text-text-subtle">{props.emptyText}</p>}
      className="max-h-[340px] min-h-0 overflow-auto p-1.5 outline-none max-md:max-h-none"
    >
      {(option: SelectOption) => (
        <ListBoxItem
          id={option.id}
          textValue={option.label}
          isDisabled={option.isDisabled}
          className={optionClass}
        >
          {({ isSelected }) => (
            <>
              <div className="min-w-0 flex-1">
                <div>{option.label}</div>
                {option.description && (
                  <div className="mt-px text-tiny text-text-subtle">{option.description}</div>
                )}
              </div>
              {isSelected && <Check size={16} aria-hidden className="shrink-0 text-accent" />}
            </>
          )}
        </ListBoxItem>
      )}
    </ListBox>
  );
}
