'use client';

import { type Ref, Suspense, useEffect, useId, useState } from 'react';
import { useLocale } from 'react-aria-components/I18nProvider';
import type { NumberFieldProps as AriaProps } from 'react-aria-components/NumberField';
import { controlClass, type FieldChrome, FieldFoot, FieldLabel } from './field.tsx';
import { lazyWhenIdle } from './lazy-when-idle.tsx';

const LiveNumberField = lazyWhenIdle(() =>
  import('./number-field-live.tsx').then((file) => file.LiveNumberField),
);

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
  const [isMounted, setMounted] = useState(false);
  const [isWaitedFor, setWaitedFor] = useState(false);
  useEffect(() => setMounted(true), []);
  const still = (
    <StillField {...props} onFocus={() => setWaitedFor(true)} onBlur={() => setWaitedFor(false)} />
  );
  return isMounted ? (
    <Suspense fallback={still}>
      <LiveNumberField {...props} autoFocus={isWaitedFor} />
    </Suspense>
  ) : (
    still
  );
}

/** The same to look at, until the code is there that reads what is typed. Whoever is in it stays in it. */
function StillField(props: NumberFieldProps & { onFocus: () => void }) {
  const { label, isLabelHidden, labelNote, labelExtra, help, error, value, unit, formatOptions } = props;
  const id = useId();
  const { locale } = useLocale();
  return (
    <div className={props.className} data-invalid={error ? true : undefined}>
      <FieldLabel {...{ label, isLabelHidden, labelNote, labelExtra }} id={`${id}-label`} />
      <div className="flex items-center gap-2">
        <input
          readOnly
          aria-labelledby={`${id}-label`}
          disabled={props.isDisabled}
          data-disabled={props.isDisabled || undefined}
          value={value === null ? '' : new Intl.NumberFormat(locale, formatOptions).format(value)}
          onFocus={props.onFocus}
          className={controlClass({ className: 'tabular-nums' })}
        />
        {unit && <span className="shrink-0 text-text-subtle">{unit}</span>}
      </div>
      <FieldFoot ids={{ help: `${id}-help`, error: `${id}-error` }} help={help} error={error} />
    </div>
  );
}
