'use client';

import { useFormatter, useNow, useTranslations } from 'next-intl';
import { ImportFrame } from '#components/imports/import-frame.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { ProgressBar } from '#components/ui/progress-bar.tsx';
import type { Run } from '#lib/sync/schemas.ts';
import type { StepProps } from './import-steps.tsx';

/** Step 3: on its way, waiting, or stopped. */
export function RunStep({ view, takesFocus, act, isActing, failure }: StepProps) {
  const t = useTranslations('imports.run');
  const common = useTranslations('common');
  const sync = useTranslations('sync');
  const format = useFormatter();
  const { run, state, canControl } = view;
  if (!run) return null;
  const total = run.total ?? 0;
  const [done, all] = [format.number(run.processed), format.number(total)];
  const left = Math.max(total - run.processed, 0);
  const isStopped = state === 'stopped';
  return (
    <ImportFrame
      step="import"
      title={t('title')}
      takesFocus={takesFocus}
      footer={
        canControl ? (
          <Buttons {...{ isStopped, act, isActing }} isStopping={run.status === 'STOPPING'} />
        ) : (
          <p className="text-text-subtle">{common('adminOnly')}</p>
        )
      }
    >
      <ProgressBar
        label={t('progress', { done, total: all })}
        percent={total === 0 ? 0 : (100 * run.processed) / total}
        valueText={t('text', { done, total: all })}
      />
      <p className="mt-2 tabular-nums">
        {t('text', { done, total: all })}
        {!isStopped && <TimeLeft run={run} left={left} />}
      </p>
      <p role="status" className="mt-1 text-text-subtle">
        {isStopped
          ? t('stopped', { done, doneCount: run.processed, left: format.number(left), leftCount: left })
          : run.status === 'STOPPING'
            ? t('stopping')
            : run.status === 'QUEUED'
              ? t('queued')
              : t('leave')}
      </p>
      {run.status === 'WAITING' && run.reason && (
        <Alert tone="info" role="status" className="mt-4">
          {sync(`reasons.${run.reason}`, { reference: run.reference ?? '–' })}
        </Alert>
      )}
      {failure !== null && (
        <Alert tone="danger" role="alert" className="mt-4">
          {failure}
        </Alert>
      )}
    </ImportFrame>
  );
}

/** By the speed so far. */
function TimeLeft({ run, left }: { run: Run; left: number }) {
  const t = useTranslations('imports.run');
  const now = useNow({ updateInterval: 10_000 });
  if (!run.startedAt || run.processed === 0 || left === 0) return null;
  const ms = Math.max(now.getTime() - new Date(run.startedAt).getTime(), 1_000);
  const minutes = Math.max(Math.ceil((ms * left) / run.processed / 60_000), 1);
  return <span className="text-text-subtle"> · {t('minutesLeft', { count: minutes })}</span>;
}

type ButtonsProps = Pick<StepProps, 'act' | 'isActing'> & { isStopped: boolean; isStopping: boolean };

function Buttons({ isStopped, isStopping, act, isActing }: ButtonsProps) {
  const t = useTranslations('imports.run');
  if (isStopped) {
    return (
      <>
        <Button variant="primary" isDisabled={isActing} onPress={() => act('resume')}>
          {t('resume')}
        </Button>
        <Button variant="secondary" isDisabled={isActing} onPress={() => act('finish')}>
          {t('finish')}
        </Button>
      </>
    );
  }
  return (
    <Button
      variant="secondary"
      isBusy={isActing || isStopping}
      busyLabel={t('stopping')}
      onPress={() => act('stop')}
    >
      {t('stop')}
    </Button>
  );
}
