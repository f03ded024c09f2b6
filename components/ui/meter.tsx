import { clsx } from 'clsx';

export interface MeterProps {
  /** A whole sentence: "66 percent of contacts are in the list". */
  label: string;
  /** 0 to 100. */
  percent: number;
  /** `caution` from 80 and `danger` from 95 percent are the caller's choice. */
  tone?: 'accent' | 'caution' | 'danger';
  className?: string;
}

const fills = { accent: 'bg-accent-bar', caution: 'bg-caution-line', danger: 'bg-danger-line' };

/** A share of a whole, drawn as a bar and read as one sentence. */
export function Meter({ label, percent, tone = 'accent', className }: MeterProps) {
  const value = Math.min(100, Math.max(0, percent));
  return (
    <div
      role="img"
      aria-label={label}
      className={clsx('flex h-2 gap-0.5 overflow-hidden rounded-control bg-surface-selected', className)}
    >
      <div className={clsx('h-full rounded-l-control', fills[tone])} style={{ width: `${value}%` }} />
    </div>
  );
}
