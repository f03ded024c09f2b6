'use client';

import { clsx } from 'clsx';
import { type SwitchProps as AriaProps, Switch as AriaSwitch } from 'react-aria-components/Switch';
import { ChoiceLabel, type ChoiceLabelProps, useChoiceNames } from './choice-label.tsx';

export interface SwitchProps
  extends Pick<AriaProps, 'isSelected' | 'defaultSelected' | 'onChange' | 'isDisabled' | 'name' | 'onBlur'>,
    ChoiceLabelProps {
  className?: string;
}

/** On or off, at once: use it only where the change saves by itself. */
export function Switch({ label, description, isLabelHidden, className, ...aria }: SwitchProps) {
  const { ids, names } = useChoiceNames({ label, isLabelHidden, description });
  return (
    <AriaSwitch
      {...aria}
      {...names}
      className={clsx(
        'touch-target group relative flex min-h-6 items-start gap-3 data-disabled:text-text-disabled',
        className,
      )}
    >
      <span
        aria-hidden
        className="relative h-5 w-9 shrink-0 rounded-full bg-line-control transition-colors after:absolute after:top-0.5 after:left-0.5 after:size-4 after:rounded-full after:bg-surface after:transition-[translate] group-data-selected:bg-accent group-data-disabled:bg-line-card group-data-selected:after:translate-x-4 group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-focus"
      />
      <ChoiceLabel {...{ ids, label, isLabelHidden, description }} className="text-label" />
    </AriaSwitch>
  );
}
