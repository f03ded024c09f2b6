'use client';

import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';

export interface ChoiceLabelProps {
  label: string;
  isLabelHidden?: boolean;
  description?: ReactNode;
}

/** How a checkbox or switch is named: by the words beside it, or by its label alone where these are hidden. */
export function useChoiceNames({ label, isLabelHidden, description }: ChoiceLabelProps) {
  const id = useId();
  const ids = { label: `${id}-label`, description: `${id}-description` };
  const names = {
    'aria-label': isLabelHidden ? label : undefined,
    'aria-labelledby': isLabelHidden ? undefined : ids.label,
    'aria-describedby': description ? ids.description : undefined,
  };
  return { ids, names };
}

/** The words beside a checkbox or switch. */
export function ChoiceLabel(
  props: ChoiceLabelProps & { ids: { label: string; description: string }; className: string },
) {
  const { ids, label, isLabelHidden, description, className } = props;
  if (isLabelHidden) return null;
  return (
    <span className="min-w-0">
      <span id={ids.label} className={clsx('block', className)}>
        {label}
      </span>
      {description && (
        <span id={ids.description} className="mt-0.5 block text-small text-text-subtle">
          {description}
        </span>
      )}
    </span>
  );
}
