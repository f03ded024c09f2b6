'use client';

import { ChevronDown, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { isActive } from '#lib/sync/rules.ts';
import type { Run } from '#lib/sync/schemas.ts';
import { RunProgress } from './run-progress.tsx';

export interface RunRowProps {
  run: Run;
  canStop: boolean;
  onStop: () => void;
  /** The list shows the contacts of this run alone. */
  isShown: boolean;
  onShow: () => void;
  /** Milliseconds of the page's clock, for the time left. */
  now: number;
}

/** A job as one row: what it is, how far it is, how to stop it. */
export function RunRow({ run, canStop, onStop, isShown, onShow, now }: RunRowProps) {
  const t = useTranslations('sync');
  const activity = useTranslations('activity');
  const format = useFormatter();
  const at = (iso: string) =>
    format.dateTime(new Date(iso), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const title = useTitle(run);
  return (
    <section
      aria-label={title}
      className="grid grid-cols-[36px_minmax(0,1fr)_minmax(240px,340px)_auto] items-center gap-4 rounded-card border border-line-card bg-surface p-4 max-xl:grid-cols-[36px_minmax(0,1fr)_auto] max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-3"
    >
      <span
        aria-hidden
        className="grid size-9 place-items-center rounded-full bg-info-soft text-info max-md:hidden"
      >
        <RefreshCw size={18} />
      </span>
      <div className="min-w-0">
        <h2 className="text-body font-medium break-words">
          <Link href={`/sync-activity/runs/${run.id}`}>{title}</Link>
        </h2>
        <p className="text-small text-text-subtle">
          {run.startedBy
            ? t('startedBy', { name: run.startedBy, time: at(run.createdAt) })
            : at(run.createdAt)}
        </p>
      </div>
      <div className="max-xl:col-span-full max-xl:row-start-2">
        {isActive(run) ? <RunProgress run={run} now={now} label={title} /> : <Result run={run} at={at} />}
      </div>
      <div className="flex items-center justify-end gap-2">
        {isActive(run) && canStop && (
          <Button size="medium" onPress={onStop} isDisabled={run.status === 'STOPPING'}>
            {run.status === 'STOPPING' ? t('stopping') : t('stop')}
          </Button>
        )}
        <IconButton
          label={isShown ? activity('hideRun') : activity('showRun')}
          aria-pressed={isShown}
          icon={<ChevronDown size={16} aria-hidden className={isShown ? 'rotate-180' : ''} />}
          onPress={onShow}
        />
      </div>
    </section>
  );
}

function useTitle(run: Run): string {
  const t = useTranslations('sync');
  if (run.kind !== 'RESYNC') return t(`kind.${run.kind}`);
  return run.segmentName ? t('resyncOf', { segment: run.segmentName }) : t('resyncAll');
}

function Result({ run, at }: { run: Run; at: (iso: string) => string }) {
  const t = useTranslations('sync');
  const format = useFormatter();
  const { created, updated, unchanged, skipped, failed } = run;
  const numbers = Object.entries({ created, updated, unchanged, skipped, failed }).map(
    ([name, count]) => [name, format.number(count)] as const,
  );
  const status = t(`status.${run.status}`);
  return (
    <div className="text-small tabular-nums">
      <p>{run.finishedAt ? t('finishedAt', { status, time: at(run.finishedAt) }) : status}</p>
      <p className="text-text-subtle">
        {t('counts', Object.fromEntries(numbers))} · {t('calls', { count: run.salesforceCalls })}
      </p>
      {run.reason && (
        <p className="text-danger">{t(`reasons.${run.reason}`, { reference: run.reference ?? '' })}</p>
      )}
    </div>
  );
}
