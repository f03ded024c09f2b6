'use client';

import { NumberField } from '#components/ui/number-field.tsx';
import { SettingFrame, type SettingFrameProps } from './setting-row.tsx';

export interface NumberRowProps extends Omit<SettingFrameProps, 'children'> {
  value: number;
  onChange: (value: number) => void;
  min: number;
  max: number;
  /** A word after the field: "days". */
  unit: string;
  error?: string;
  isDisabled: boolean;
}

/** A number that saves at once when its field is left. What lies outside becomes the nearest that is allowed. */
export function NumberRow(props: NumberRowProps) {
  const { value, onChange, min, max, unit, error, isDisabled, ...frame } = props;
  return (
    <SettingFrame {...frame}>
      <NumberField
        label={frame.label}
        isLabelHidden
        value={value}
        onChange={(next) => {
          if (next !== null && next !== value) onChange(next);
        }}
        minValue={min}
        maxValue={max}
        step={1}
        unit={unit}
        isDisabled={isDisabled}
        {...(error ? { error } : {})}
      />
    </SettingFrame>
  );
}
