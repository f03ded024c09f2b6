'use client';

import { type ReactNode, Suspense, useSyncExternalStore } from 'react';
import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components/Toast';
import type { AlertTone } from './alert.tsx';
import { lazyWhenIdle } from './lazy-when-idle.tsx';

const ToastList = lazyWhenIdle(() => import('./toast-list.tsx').then((file) => file.ToastList));

export interface ToastMessage {
  tone: AlertTone;
  title: string;
  /** One line. It may change while the toast stands there, see `useToastWaiting`. */
  text?: ReactNode;
  /** At most two; each also closes the toast. */
  actions?: readonly { label: string; onPress: () => void }[];
}

const SHOWN_MS = 8000;
const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 });

/**
 * Shows a toast for 8 s; the time stands still while it is hovered or focused. Errors (`danger`) stay until
 * closed. Returns the key for `closeToast`. Never the only way to undo something.
 */
export function showToast(message: ToastMessage): string {
  return queue.add(message, message.tone === 'danger' ? {} : { timeout: SHOWN_MS });
}

export function closeToast(key: string): void {
  queue.close(key);
}

const subscribe = (listener: () => void) => queue.subscribe(listener);
const isShowing = () => queue.visibleToasts.length > 0;

/** The one place where toasts appear, at most three, newest at the bottom. F6 leads here. */
export function ToastRegion({ label, closeLabel }: { label: string; closeLabel: string }) {
  const hasToasts = useSyncExternalStore(subscribe, isShowing, () => false);
  // Mounted with its first toast: an empty region would not be found by F6 later.
  return (
    <Suspense>{hasToasts && <ToastList queue={queue} label={label} closeLabel={closeLabel} />}</Suspense>
  );
}
