'use client';

import { clsx } from 'clsx';
import type { Ref } from 'react';
import { Input } from 'react-aria-components/Input';
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaProps,
} from 'react-aria-components/NumberField';
import { controlClass, type FieldChrome, FieldFoot, FieldLabel } from './field.tsx';

export interface NumberFieldProps
  extends FieldChrome,
    Pick<AriaProps, 'minValue' | 'maxValue' | 'step' | 'formatOptions' | 'isDisabled' | 'name' | 'onBlur'> {
  /** Null: nothing entered. */
  value: number | null;
  onChange: (value: number | null) => void;
  /** A word after the field, e.g. "%". */
  unit?: string;
  className?: string;
  ref?: Ref<HTMLInputElement>;
}

/** A number, written as the user's language writes it. It is read when the field is left. */
export function NumberField(props: NumberFieldProps) {
  const { label, isLabelHidden, labelNote, labelExtra, help, error, ...rest } = props;
  const { value, onChange, unit, className, ref, ...aria } = rest;
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
        <Input ref={ref} className={controlClass({ className: 'tabular-nums focus:border-line-strong' })} />
        {unit && <span className="shrink-0 text-text-subtle">{unit}</span>}
      </div>
      <FieldFoot help={help} error={error} />
    </AriaNumberField>
  );
}
