'use client';

import { clsx } from 'clsx';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaProps } from 'react-aria-components/Checkbox';

export interface CheckboxProps
  extends Pick<
    AriaProps,
    | 'isSelected'
    | 'defaultSelected'
    | 'isIndeterminate'
    | 'onChange'
    | 'onBlur'
    | 'isDisabled'
    | 'name'
    | 'value'
    | 'autoFocus'
  > {
  label: string;
  isLabelHidden?: boolean;
  description?: ReactNode;
  className?: string;
}

/** A checkbox with its label at the right; 16 px in a target of at least 24. */
export function Checkbox({ label, isLabelHidden, description, className, ...aria }: CheckboxProps) {
  const id = useId();
  return (
    <AriaCheckbox
      {...aria}
      aria-label={isLabelHidden ? label : undefined}
      aria-labelledby={isLabelHidden ? undefined : `${id}-label`}
      aria-describedby={description ? `${id}-description` : undefined}
      className={clsx(
        'touch-target group relative flex min-h-6 items-start gap-2.5 data-disabled:text-text-disabled',
        isLabelHidden && 'w-6',
        className,
      )}
    >
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className="my-0.5 grid size-4 shrink-0 place-items-center rounded-control border-[1.5px] border-line-control bg-surface text-text-on-fill transition-colors group-data-indeterminate:border-accent group-data-indeterminate:bg-accent group-data-selected:border-accent group-data-selected:bg-accent group-data-disabled:border-line-card group-data-disabled:bg-disabled-fill group-data-disabled:text-text-disabled group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-focus">
            {isIndeterminate ? (
              <Minus size={12} strokeWidth={3} aria-hidden />
            ) : (
              isSelected && <Check size={12} strokeWidth={3} aria-hidden />
            )}
          </span>
          {!isLabelHidden && (
            <span className="min-w-0">
              <span id={`${id}-label`} className={clsx('block', description ? 'font-medium' : 'font-light')}>
                {label}
              </span>
              {description && (
                <span id={`${id}-description`} className="mt-0.5 block text-small text-text-subtle">
                  {description}
                </span>
              )}
            </span>
          )}
        </>
      )}
    </AriaCheckbox>
  );
}
