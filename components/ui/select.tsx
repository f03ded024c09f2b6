'use client';

import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { type Ref, useId } from 'react';
import { Button } from 'react-aria-components/Button';
import { controlClass, type FieldChrome, FieldFoot, FieldLabel } from './field.tsx';
import { OptionTrigger } from './option-trigger.tsx';
import { nextByKey } from './select-keys.ts';

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
  isDisabled?: boolean;
  /** Takes no change and tells so (`aria-busy`) while a save runs. */
  isBusy?: boolean;
  onBlur?: () => void;
  /** Ids of elements that name the field, when its label stands elsewhere on the page. */
  labelledBy?: string;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A choice of one from a list without search. Letters choose while it is closed, as in the system's own. */
export function Select<K extends string>(props: SelectProps<K>) {
  const { options, value, onChange, placeholder, isDisabled, isBusy, onBlur, labelledBy, className } = props;
  const { label, error, help } = props;
  const id = useId();
  const ids = { help: `${id}-help`, error: `${id}-error` };
  const choose = (next: string) => {
    const option = options.find((each) => each.id === next);
    if (option && option.id !== value && !isBusy) onChange(option.id);
  };
  const chosen = options.find((option) => option.id === value);
  return (
    <div className={clsx('group min-w-0', className)} data-invalid={error ? true : undefined}>
      {!labelledBy && <FieldLabel {...props} id={`${id}-label`} />}
      <OptionTrigger
        label={label}
        options={options}
        value={value}
        onChange={choose}
        className="w-(--trigger-width)"
        trigger={
          <Button
            ref={props.ref}
            aria-labelledby={`${id}-value ${labelledBy ?? `${id}-label`}`}
            aria-describedby={error ? ids.error : help ? ids.help : undefined}
            isDisabled={isDisabled}
            // Disabled it would lose the focus of whoever has just chosen.
            isPending={isBusy}
            onBlur={onBlur}
            onKeyDown={(event) => {
              const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
              const next = hasModifier ? null : nextByKey(event.key, options, value);
              if (next === null) event.continuePropagation();
              else choose(next);
            }}
            className={clsx(
              controlClass(),
              'aria-expanded:border-line-strong aria-expanded:shadow-[0_0_0_1px_var(--line-strong)]',
              'data-pending:border-line-card data-pending:bg-disabled-fill data-pending:text-text-disabled',
            )}
          >
            <span
              id={`${id}-value`}
              className={clsx('min-w-0 flex-1 truncate', !chosen && 'text-text-subtle')}
            >
              {chosen?.label ?? placeholder}
            </span>
            <ChevronDown size={16} aria-hidden className="shrink-0" />
          </Button>
        }
      />
      <FieldFoot ids={ids} help={help} error={error} />
    </div>
  );
}
