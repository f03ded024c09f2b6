import { clsx } from 'clsx';

export interface ProgressBarProps {
  /** What is in progress, for screen readers. */
  label: string;
  /** 0 to 100; leave out while the end is unknown. */
  percent?: number;
  /** What screen readers say instead of the percentage, e.g. "1,240 of 12,480". */
  valueText?: string;
  className?: string;
}

/** An 8 px bar of work going on. Put the number beside it. */
export function ProgressBar({ label, percent, valueText, className }: ProgressBarProps) {
  const value = percent === undefined ? undefined : Math.min(100, Math.max(0, percent));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === undefined ? undefined : Math.round(value)}
      aria-valuetext={valueText}
      className={clsx('h-2 overflow-hidden rounded-control bg-surface-selected', className)}
    >
      <div
        className={clsx(
          'h-full rounded-control bg-accent-bar transition-[width]',
          value === undefined && 'animate-pulse',
        )}
        style={{ width: value === undefined ? '100%' : `${value}%` }}
      />
    </div>
  );
}
