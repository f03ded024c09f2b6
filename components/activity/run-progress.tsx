'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { ProgressBar } from '#components/ui/progress-bar.tsx';
import type { Run } from '#lib/sync/schemas.ts';

/** How far a run is, how long it still takes, and why it waits. `now`: milliseconds of the page's clock. */
export function RunProgress({ run, now, label }: { run: Run; now: number; label: string }) {
  const t = useTranslations('sync');
  const format = useFormatter();
  const done = format.number(run.processed);
  const total = run.total === null ? '–' : format.number(run.total);
  const left = minutesLeft(run, now);
  const percent = run.total ? { percent: (run.processed / run.total) * 100 } : {};
  return (
    <div>
      <div className="mb-1.5 flex justify-between gap-3 text-small tabular-nums">
        <span>{t('progress', { done, total })}</span>
        <span className="text-text-subtle">
          {run.status === 'RUNNING' && left !== null
            ? t('minutesLeft', { minutes: left })
            : t(`status.${run.status}`)}
        </span>
      </div>
      <ProgressBar label={label} valueText={t('progressContacts', { done, total })} {...percent} />
      {run.reason && run.status === 'WAITING' && (
        <p className="mt-1.5 text-small text-text-subtle">
          {t(`reasons.${run.reason}`, { reference: run.reference ?? '' })}
        </p>
      )}
    </div>
  );
}

/** By the speed so far; unknown until something is done. */
function minutesLeft(run: Run, now: number): number | null {
  if (!run.startedAt || !run.total || run.processed === 0) return null;
  const elapsed = now - Date.parse(run.startedAt);
  const rest = Math.max(run.total - run.processed, 0);
  return Math.max(Math.round((elapsed / run.processed) * rest), 0) / 60_000 < 1
    ? 0
    : Math.round(((elapsed / run.processed) * rest) / 60_000);
}
