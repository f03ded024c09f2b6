'use client';

import { clsx } from 'clsx';
import { Input } from 'react-aria-components/Input';
import { NumberField as AriaNumberField } from 'react-aria-components/NumberField';
import { controlClass, FieldFoot, FieldLabel } from './field.tsx';
import type { NumberFieldProps } from './number-field.tsx';

/** The field of a `NumberField` once its code is there. */
export function LiveNumberField(props: NumberFieldProps & { autoFocus?: boolean }) {
  const { label, isLabelHidden, labelNote, labelExtra, help, error, ...rest } = props;
  const { value, onChange, unit, className, ref, autoFocus, ...aria } = rest;
  return (
    <AriaNumberField
      {...aria}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={clsx('group min-w-0', className)}
    >
      <FieldLabel {...{ label, isLabelHidden, labelNote, labelExtra }} />
      <div className="flex items-center gap-2">
        <Input
          ref={ref}
          autoFocus={autoFocus}
          className={controlClass({ className: 'tabular-nums focus:border-line-strong' })}
        />
        {unit && <span className="shrink-0 text-text-subtle">{unit}</span>}
      </div>
      <FieldFoot help={help} error={error} />
    </AriaNumberField>
  );
}
