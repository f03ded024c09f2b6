'use client';

import { type CalendarDate, parseDate } from '@internationalized/date';
import { clsx } from 'clsx';
import { DateField as AriaDateField, DateInput, DateSegment } from 'react-aria-components/DateField';
import { controlClass, type FieldChrome, FieldFoot, FieldLabel } from './field.tsx';

export interface DateFieldProps extends FieldChrome {
  /** ISO date, `2026-11-12`; null: nothing entered. */
  value: string | null;
  onChange: (value: string | null) => void;
  /** ISO dates. */
  min?: string;
  max?: string;
  isDisabled?: boolean;
  name?: string;
  className?: string;
}

/** A day, typed part by part in the order of the user's language. */
export function DateField(props: DateFieldProps) {
  const { value, onChange, min, max, isDisabled, name, className, help, error } = props;
  return (
    <AriaDateField<CalendarDate>
      value={value === null ? null : parseDate(value)}
      onChange={(date) => onChange(date?.toString() ?? null)}
      minValue={min === undefined ? undefined : parseDate(min)}
      maxValue={max === undefined ? undefined : parseDate(max)}
      isDisabled={isDisabled}
      isInvalid={Boolean(error)}
      name={name}
      validationBehavior="aria"
      className={clsx('group min-w-0', className)}
    >
      <FieldLabel {...props} />
      <DateInput
        className={controlClass({
          className:
            'gap-0! data-focus-within:border-line-strong data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-focus',
        })}
      >
        {(segment) => (
          <DateSegment
            segment={segment}
            className="rounded-tag px-0.5 tabular-nums outline-none data-focused:bg-accent-soft data-placeholder:text-text-subtle data-[type=literal]:px-0"
          />
        )}
      </DateInput>
      <FieldFoot help={help} error={error} />
    </AriaDateField>
  );
}
