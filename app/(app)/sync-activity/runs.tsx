'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { RunRow } from '#components/activity/run-row.tsx';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { VisuallyHidden } from '#components/ui/visually-hidden.tsx';
import { runsQuery, stopRunMutation } from '#lib/sync/queries.ts';
import { isActive, type Run } from '#lib/sync/schemas.ts';

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
      <VisuallyHidden>
        <span role="status">
          <News run={data?.runs[0]} />
        </span>
      </VisuallyHidden>
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

/** Said at the start, at each quarter and at the end, not at every contact. */
function News({ run }: { run: Run | undefined }) {
  const t = useTranslations('sync');
  const format = useFormatter();
  const watched = useRef<string>(undefined);
  const [text, setText] = useState('');
  const quarter = run?.total ? Math.floor((run.processed / run.total) * 4) : 0;
  const active = run ? isActive(run) : false;
  useEffect(() => {
    if (!run) return;
    if (active) {
      setText(quarter === 0 ? t('started') : t('startedProgress', { percent: format.number(quarter * 25) }));
      watched.current = run.id;
    } else if (watched.current === run.id) setText(t('ended'));
  }, [run, active, quarter, t, format]);
  return text;
}
