'use client';

import { clsx } from 'clsx';
import { Check, Minus } from 'lucide-react';
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaProps } from 'react-aria-components/Checkbox';
import { ChoiceLabel, type ChoiceLabelProps, useChoiceNames } from './choice-label.tsx';

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
    >,
    ChoiceLabelProps {
  className?: string;
}

/** A checkbox with its label at the right; 16 px in a target of at least 24. */
export function Checkbox({ label, isLabelHidden, description, className, ...aria }: CheckboxProps) {
  const { ids, names } = useChoiceNames({ label, isLabelHidden, description });
  return (
    <AriaCheckbox
      {...aria}
      {...names}
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
          <ChoiceLabel
            {...{ ids, label, isLabelHidden, description }}
            className={description ? 'font-medium' : 'font-light'}
          />
        </>
      )}
    </AriaCheckbox>
  );
}
