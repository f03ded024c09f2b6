'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Text } from 'react-aria-components/Text';
import {
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as AriaToastContent,
  UNSTABLE_ToastRegion as AriaToastRegion,
  type QueuedToast,
  type UNSTABLE_ToastQueue as ToastQueue,
} from 'react-aria-components/Toast';
import { type AlertTone, alertColours, alertIcons } from './alert.tsx';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import type { ToastMessage } from './toast.tsx';
import { ToastWaiting } from './toast-waiting.ts';

/** What a `ToastRegion` shows, once there is a toast. */
export function ToastList(props: { queue: ToastQueue<ToastMessage>; label: string; closeLabel: string }) {
  const { queue, label, closeLabel } = props;
  return (
    <AriaToastRegion
      queue={queue}
      aria-label={label}
      className="group/toasts fixed right-[calc(1.5rem+var(--side-panel,0px))] bottom-6 z-40 w-[380px] rounded-card max-md:inset-x-3 max-md:bottom-3 max-md:w-auto *:flex! *:flex-col-reverse *:gap-3"
    >
      {({ toast }) => <Toast toast={toast} closeLabel={closeLabel} onDone={() => queue.close(toast.key)} />}
    </AriaToastRegion>
  );
}

function Toast(props: { toast: QueuedToast<ToastMessage>; closeLabel: string; onDone: () => void }) {
  const { toast, closeLabel, onDone } = props;
  const { tone, title, text, actions } = toast.content;
  const [isWaiting, setIsWaiting] = useState(false);
  const Icon = alertIcons[tone];
  return (
    <AriaToast
      toast={isWaiting ? { ...toast, timer: undefined, timeout: undefined } : toast}
      className="overflow-hidden rounded-card border border-line-card bg-surface shadow-300 transition-[opacity,translate] duration-[160ms] starting:translate-y-1 starting:opacity-0"
    >
      <div className="grid grid-cols-[20px_1fr_auto] gap-3 py-3.5 pr-3 pl-4">
        <Icon size={20} aria-hidden className={alertColours[tone].icon} />
        <div className="min-w-0">
          <AriaToastContent role={tone === 'danger' ? 'alert' : 'status'}>
            <Text slot="title" className="block font-medium">
              {title}
            </Text>
            {text && (
              <Text slot="description" className="mt-0.5 block text-small text-text-subtle tabular-nums">
                <ToastWaiting value={setIsWaiting}>{text}</ToastWaiting>
              </Text>
            )}
          </AriaToastContent>
          <ToastActions actions={actions ?? []} onDone={onDone} />
        </div>
        <IconButton
          slot="close"
          size="small"
          label={closeLabel}
          icon={<X size={16} aria-hidden />}
          hasTooltip={false}
        />
      </div>
      {toast.timeout && !isWaiting && <TimeBar tone={tone} milliseconds={toast.timeout} />}
    </AriaToast>
  );
}

function ToastActions({
  actions,
  onDone,
}: {
  actions: NonNullable<ToastMessage['actions']>;
  onDone: () => void;
}) {
  if (actions.length === 0) return null;
  return (
    <div className="mt-2 flex flex-wrap gap-4">
      {actions.slice(0, 2).map((action) => (
        <Button
          key={action.label}
          variant="link"
          onPress={() => {
            action.onPress();
            onDone();
          }}
        >
          {action.label}
        </Button>
      ))}
    </div>
  );
}

const bars: Record<AlertTone, string> = {
  info: 'bg-info-line',
  positive: 'bg-positive-line',
  caution: 'bg-caution-line',
  danger: 'bg-danger-line',
};

function TimeBar({ tone, milliseconds }: { tone: AlertTone; milliseconds: number }) {
  return (
    <div aria-hidden className="h-[3px] bg-line motion-reduce:hidden">
      <div
        style={{ animationDuration: `${milliseconds}ms` }}
        className={clsx(
          'h-full animate-run-out group-focus-within/toasts:[animation-play-state:paused] group-hover/toasts:[animation-play-state:paused]',
          bars[tone],
        )}
      />
    </div>
  );
}
