import { clsx } from 'clsx';
import { Check } from 'lucide-react';

export interface StepperProps {
  /** Name of the list of steps. */
  label: string;
  steps: readonly string[];
  /** Index of the current step; those before it are done. */
  current: number;
  /** Read after a finished step: "done". */
  doneLabel: string;
}

/** Where one is in a sequence. */
export function Stepper({ label, steps, current, doneLabel }: StepperProps) {
  return (
    <ol aria-label={label} className="flex items-center gap-x-3 gap-y-2 max-md:flex-wrap max-md:gap-x-2">
      {steps.map((step, index) => (
        <li
          key={step}
          aria-current={index === current ? 'step' : undefined}
          className={clsx(
            'flex items-center gap-2 whitespace-nowrap',
            index === 0 && 'shrink-0',
            index > 0 &&
              'min-w-0 before:mr-1 before:h-px before:w-8 before:min-w-2 before:bg-line-control max-md:before:w-3',
            index < current ? 'text-text' : index === current ? 'font-medium' : 'text-text-subtle',
          )}
        >
          <span
            aria-hidden
            className={clsx(
              'grid size-6 shrink-0 place-items-center rounded-full border text-th',
              index < current
                ? 'border-accent-soft bg-accent-soft text-accent'
                : index === current
                  ? 'border-primary bg-primary text-text-on-fill'
                  : 'border-line-control bg-surface',
            )}
          >
            {index < current ? <Check size={14} strokeWidth={2.25} /> : index + 1}
          </span>
          <span className={clsx('shrink-0', index !== current && 'max-md:sr-only')}>{step}</span>
          {index < current && <span className="sr-only">, {doneLabel}</span>}
        </li>
      ))}
    </ol>
  );
}
