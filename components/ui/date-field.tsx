'use client';

import { type DateValue, parseDate, parseDateTime } from '@internationalized/date';
import { clsx } from 'clsx';
import { DateField as AriaDateField, DateInput, DateSegment } from 'react-aria-components/DateField';
import { controlClass, type FieldChrome, FieldFoot, FieldLabel } from './field.tsx';

export interface DateFieldProps extends FieldChrome {
  /** ISO date, `2026-11-12`, with `hasTime` `2026-11-12T14:20`; null: nothing entered. */
  value: string | null;
  onChange: (value: string | null) => void;
  /** ISO dates. */
  min?: string;
  max?: string;
  /** Hour and minute too, of 24 hours. */
  hasTime?: boolean;
  isDisabled?: boolean;
  name?: string;
  className?: string;
}

/** A day, or a moment, typed part by part in the order of the user's language. */
export function DateField(props: DateFieldProps) {
  const { value, onChange, min, max, hasTime, isDisabled, name, className, help, error } = props;
  const parse = hasTime ? parseDateTime : parseDate;
  return (
    <AriaDateField<DateValue>
      value={value === null ? null : parse(value)}
      onChange={(date) => onChange(date?.toString().slice(0, hasTime ? 16 : 10) ?? null)}
      granularity={hasTime ? 'minute' : 'day'}
      hourCycle={24}
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
            className="rounded-tag px-0.5 text-center leading-6 tabular-nums not-data-[type=literal]:inline-block not-data-[type=literal]:min-w-6 outline-none data-focused:bg-accent-soft data-placeholder:text-text-subtle data-[type=literal]:px-0"
          />
        )}
      </DateInput>
      <FieldFoot help={help} error={error} />
    </AriaDateField>
  );
}
