'use client';

import { Timer } from 'lucide-react';
import { useTranslations } from 'next-intl';

const wholeWait = 60;

/** The wait of a switch: how long it can still be undone before the new list is in force. Never read aloud by itself. */
export function SwitchCountdown({ secondsLeft }: { secondsLeft: number }) {
  const t = useTranslations('switch');
  const percent = Math.min(100, (100 * secondsLeft) / wholeWait);
  return (
    <div className="rounded-card bg-surface-recessed px-3 py-2.5">
      <p className="flex items-center gap-2.5 text-small">
        <Timer size={16} aria-hidden className="shrink-0 text-accent" />
        <span className="min-w-0 flex-1">{t('wait')}</span>
        <b
          role="timer"
          aria-live="off"
          aria-label={t('secondsLeft', { seconds: secondsLeft })}
          className="font-semibold tabular-nums"
        >
          {t('seconds', { seconds: secondsLeft })}
        </b>
      </p>
      <div aria-hidden className="mt-2 h-[3px] overflow-hidden rounded-full bg-line">
        <div
          style={{ width: `${percent}%` }}
          className="h-full bg-accent-bar transition-[width] duration-500 motion-reduce:transition-none"
        />
      </div>
    </div>
  );
}
