'use client';

import { Bell } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { lazyWhenIdle } from '../ui/lazy-when-idle.tsx';
import { OverlayTrigger } from '../ui/overlay-trigger.tsx';
import type { Tone } from '../ui/tone.ts';

const DialogPopover = lazyWhenIdle(() =>
  import('../ui/dialog-popover.tsx').then((file) => file.DialogPopover),
);

const dots: Record<Tone, string> = {
  neutral: 'bg-line-control',
  positive: 'bg-positive-line',
  caution: 'bg-caution-line',
  danger: 'bg-danger-line',
  info: 'bg-info-line',
};

export interface Notification {
  id: string;
  tone: Tone;
  title: string;
  /** When, in words. */
  time: string;
  href: string;
  isUnread: boolean;
}

export interface NotificationsProps {
  /** Name of the button: "Notifications, 1 unread". */
  buttonLabel: string;
  /** Heading of the list: "Notifications". */
  title: string;
  hasUnread: boolean;
  items: readonly Notification[];
  /** "You’re all caught up." */
  emptyText: string;
  onOpen?: () => void;
}

/** The bell and its list. The dot shows only while something is unread. */
export function NotificationsButton(props: NotificationsProps) {
  const { buttonLabel, title, hasUnread, items, emptyText, onOpen } = props;
  const [isOpen, setOpen] = useState(false);
  const change = (open: boolean) => {
    setOpen(open);
    if (open) onOpen?.();
  };
  return (
    <OverlayTrigger
      kind="dialog"
      isOpen={isOpen}
      onOpenChange={change}
      trigger={
        <Button
          aria-label={buttonLabel}
          className="touch-target relative grid size-8 place-items-center rounded-item text-shell-text hover:bg-shell-hover aria-expanded:bg-shell-selected"
        >
          <Bell size={18} aria-hidden />
          {hasUnread && (
            <span
              aria-hidden
              className="absolute top-1 right-1.5 size-2.5 rounded-full border-2 border-shell bg-brand-b"
            />
          )}
        </Button>
      }
    >
      {(overlay) => (
        <DialogPopover
          {...overlay}
          label={title}
          placement="bottom end"
          className="w-90"
          dialogClassName="flex max-h-[60dvh] flex-col outline-none"
        >
          <h2 className="border-line border-b px-4 py-3 text-h3">{title}</h2>
          {items.length === 0 && <p className="px-4 py-8 text-center text-text-subtle">{emptyText}</p>}
          <ul className="min-h-0 overflow-auto p-1.5">
            {items.map((item) => (
              <li key={item.id}>
                <Link
                  href={item.href}
                  onClick={() => setOpen(false)}
                  className="block rounded-item px-2.5 py-2 font-light text-text hover:bg-surface-hover hover:text-text hover:no-underline"
                >
                  <span className="flex gap-2">
                    <span aria-hidden className={`mt-1.5 size-2 shrink-0 rounded-full ${dots[item.tone]}`} />
                    <span className="min-w-0 break-words">
                      <span className={item.isUnread ? 'font-medium' : undefined}>{item.title}</span>
                      <span className="mt-0.5 block text-small text-text-subtle">{item.time}</span>
                    </span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </DialogPopover>
      )}
    </OverlayTrigger>
  );
}
