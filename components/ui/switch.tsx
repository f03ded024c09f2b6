'use client';

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { type SwitchProps as AriaProps, Switch as AriaSwitch } from 'react-aria-components/Switch';

export interface SwitchProps
  extends Pick<AriaProps, 'isSelected' | 'defaultSelected' | 'onChange' | 'isDisabled' | 'name' | 'onBlur'> {
  label: string;
  description?: ReactNode;
  isLabelHidden?: boolean;
  className?: string;
}

/** On or off, at once: use it only where the change saves by itself. */
export function Switch({ label, description, isLabelHidden, className, ...aria }: SwitchProps) {
  const id = useId();
  return (
    <AriaSwitch
      {...aria}
      aria-label={isLabelHidden ? label : undefined}
      aria-labelledby={isLabelHidden ? undefined : `${id}-label`}
      aria-describedby={description ? `${id}-description` : undefined}
      className={clsx(
        'touch-target group relative flex min-h-6 items-start gap-3 data-disabled:text-text-disabled',
        className,
      )}
    >
      <span
        aria-hidden
        className="relative h-5 w-9 shrink-0 rounded-full bg-line-control transition-colors after:absolute after:top-0.5 after:left-0.5 after:size-4 after:rounded-full after:bg-surface after:transition-[translate] group-data-selected:bg-accent group-data-disabled:bg-line-card group-data-selected:after:translate-x-4 group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-focus"
      />
      {!isLabelHidden && (
        <span className="min-w-0">
          <span id={`${id}-label`} className="block text-label">
            {label}
          </span>
          {description && (
            <span id={`${id}-description`} className="mt-0.5 block text-small text-text-subtle">
              {description}
            </span>
          )}
        </span>
      )}
    </AriaSwitch>
  );
}
