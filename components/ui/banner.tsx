'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { type AlertTone, alertColours, alertIcons } from './alert.tsx';
import { IconButton } from './icon-button.tsx';

export interface BannerProps {
  tone: AlertTone;
  children: ReactNode;
  /** One button or link. */
  action?: ReactNode;
  /** Leave out when the banner must stay. */
  dismiss?: { label: string; onPress: () => void };
  role?: 'alert' | 'status';
}

/** A message over the full width, under the page head. */
export function Banner({ tone, children, action, dismiss, role }: BannerProps) {
  const Icon = alertIcons[tone];
  return (
    <div
      role={role}
      className={clsx(
        'flex min-h-11 items-center gap-3 border-b px-10 py-1.5 max-md:items-start max-md:px-4 max-md:py-2.5',
        alertColours[tone].box,
      )}
    >
      <Icon size={18} aria-hidden className={clsx('shrink-0', alertColours[tone].icon)} />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-52">{children}</div>
        {action}
      </div>
      {dismiss && (
        <IconButton size="small" label={dismiss.label} icon={<X size={16} />} onPress={dismiss.onPress} />
      )}
    </div>
  );
}
