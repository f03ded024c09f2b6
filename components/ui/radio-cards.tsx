'use client';

import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { type FieldChrome, FieldFoot, FieldLabel } from './field.tsx';

export interface RadioCardOption<K extends string = string> {
  id: K;
  label: string;
  description?: ReactNode;
  /** More inside the card, under the description. */
  content?: ReactNode;
  isDisabled?: boolean;
}

export interface RadioCardsProps<K extends string> extends FieldChrome {
  options: readonly RadioCardOption<K>[];
  value: K | null;
  onChange: (id: K) => void;
  name?: string;
  isDisabled?: boolean;
  className?: string;
}

/** A choice of one, each option a card with its explanation. */
export function RadioCards<K extends string>(props: RadioCardsProps<K>) {
  const { options, value, onChange, name, isDisabled, className, help, error } = props;
  return (
    <RadioGroup
      value={value}
      onChange={(id) => {
        const chosen = options.find((option) => option.id === id);
        if (chosen) onChange(chosen.id);
      }}
      name={name}
      isDisabled={isDisabled}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={clsx('group min-w-0', className)}
    >
      <FieldLabel {...props} />
      <div className="grid gap-2">
        {options.map((option) => (
          <RadioCard key={option.id} option={option} />
        ))}
      </div>
      <FieldFoot help={help} error={error} />
    </RadioGroup>
  );
}

function RadioCard({ option }: { option: RadioCardOption }) {
  const id = useId();
  return (
    <Radio
      value={option.id}
      aria-labelledby={`${id}-label`}
      aria-describedby={option.description ? `${id}-description` : undefined}
      isDisabled={option.isDisabled}
      className="group/radio grid cursor-pointer grid-cols-[16px_minmax(0,1fr)] gap-3 rounded-card border border-line-card bg-surface px-3.5 py-3 transition-colors hover:border-line-control data-disabled:cursor-not-allowed data-selected:border-accent data-disabled:bg-surface-recessed data-selected:bg-accent-soft data-disabled:text-text-disabled data-selected:shadow-[inset_0_0_0_1px_var(--accent)] data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-focus"
    >
      <span
        aria-hidden
        className="mt-0.5 grid size-4 place-items-center rounded-full border-[1.5px] border-line-control bg-surface after:size-2 after:rounded-full group-data-selected/radio:border-accent group-data-disabled/radio:border-line-card group-data-selected/radio:after:bg-accent"
      />
      <span className="min-w-0">
        <span id={`${id}-label`} className="block text-label">
          {option.label}
        </span>
        {option.description && (
          <span
            id={`${id}-description`}
            className="block text-small text-text-subtle group-data-disabled/radio:text-text-disabled"
          >
            {option.description}
          </span>
        )}
        {option.content}
      </span>
    </Radio>
  );
}
