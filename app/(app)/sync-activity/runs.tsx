'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useNow, useTranslations } from 'next-intl';
import { useState } from 'react';
import { RunRow } from '#components/activity/run-row.tsx';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { runsQuery, stopRunMutation } from '#lib/sync/queries.ts';
import type { Run } from '#lib/sync/schemas.ts';
import { RunNews } from './run-news.tsx';

export interface RunsProps {
  shownRun: string | undefined;
  /** Shows the contacts of one run alone; undefined: those of all. */
  onShow: (runId: string | undefined) => void;
}

/** The job under way, else the last one, on top of the list. */
export function Runs({ shownRun, onShow }: RunsProps) {
  const t = useTranslations('sync');
  const common = useTranslations('common');
  const now = useNow({ updateInterval: 5_000 }).getTime();
  const { data } = useQuery(runsQuery());
  const [asked, setAsked] = useState<Run | null>(null);
  const stop = useMutation({
    ...stopRunMutation(),
    onSuccess: () => setAsked(null),
    onError: (error) => {
      setAsked(null);
      showToast({ tone: 'danger', title: t('stopFailed'), text: error.message });
    },
  });
  const run = data?.runs.find(({ id }) => id === shownRun) ?? data?.runs[0];
  return (
    <>
      <RunNews run={data?.runs[0]} />
      {run && (
        <RunRow
          run={run}
          canStop={data?.canStart ?? false}
          onStop={() => setAsked(run)}
          isShown={shownRun === run.id}
          onShow={() => onShow(shownRun === run.id ? undefined : run.id)}
          now={now}
        />
      )}
      <ConfirmModal
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => asked && stop.mutate(asked.id)}
        title={t('stopTitle')}
        confirmLabel={t('stop')}
        busyLabel={t('stopping')}
        cancelLabel={t('goOn')}
        closeLabel={common('close')}
        isBusy={stop.isPending}
      >
        {t('stopText', { done: run?.processed ?? 0 })}
      </ConfirmModal>
    </>
  );
}
