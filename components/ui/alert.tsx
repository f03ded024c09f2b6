import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

export type AlertTone = 'info' | 'positive' | 'caution' | 'danger';

export const alertIcons: Record<AlertTone, LucideIcon> = {
  info: Info,
  positive: CircleCheck,
  caution: TriangleAlert,
  danger: CircleAlert,
};

export const alertColours: Record<AlertTone, { box: string; icon: string }> = {
  info: { box: 'border-info-edge bg-info-soft', icon: 'text-info' },
  positive: { box: 'border-positive-edge bg-positive-soft', icon: 'text-positive' },
  caution: { box: 'border-caution-edge bg-caution-soft', icon: 'text-caution' },
  danger: { box: 'border-danger-edge bg-danger-soft', icon: 'text-danger' },
};

export interface AlertProps {
  tone: AlertTone;
  /** First sentence, bold. */
  title?: ReactNode;
  /** One sentence of help, with at most one link. */
  children?: ReactNode;
  /** Buttons under the text. */
  actions?: ReactNode;
  /** `alert` when it appears because of what the user just did; `status` for quieter news. */
  role?: 'alert' | 'status';
  className?: string;
}

/** A message inside the page. */
export function Alert({ tone, title, children, actions, role, className }: AlertProps) {
  const Icon = alertIcons[tone];
  return (
    <div
      role={role}
      className={clsx('flex gap-3 rounded-card border px-3.5 py-3', alertColours[tone].box, className)}
    >
      <Icon size={18} aria-hidden className={clsx('mt-0.5 shrink-0', alertColours[tone].icon)} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={clsx(title && 'mt-0.5')}>{children}</div>}
        {actions && <div className="mt-2.5 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
