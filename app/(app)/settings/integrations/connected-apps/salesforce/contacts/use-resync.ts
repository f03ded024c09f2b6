'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { showToast } from '#components/ui/toast.tsx';
import { forecastQuery, runsQuery, startResyncMutation } from '#lib/sync/queries.ts';
import { isActive } from '#lib/sync/rules.ts';
import type { Run } from '#lib/sync/schemas.ts';

const activity = '/sync-activity';

/** The resync of the inclusion segment: asking with a forecast, starting, its progress, its end. */
export function useResync(isConnected: boolean) {
  const t = useTranslations('settings.resync');
  const router = useRouter();
  const [isAsking, setAsking] = useState(false);
  const { data } = useQuery({ ...runsQuery(), enabled: isConnected });
  const resyncs = data?.runs.filter(({ kind }) => kind === 'RESYNC');
  const active = resyncs?.find(isActive) ?? null;
  const forecast = useQuery({ ...forecastQuery(), enabled: isAsking });
  const { mutate, isPending } = useMutation({
    ...startResyncMutation(),
    onSuccess: () => setAsking(false),
    onError: (error) => {
      setAsking(false);
      showToast({ tone: 'danger', title: error.message });
    },
  });
  useEndToast(resyncs, () => router.push(activity));

  return {
    active,
    isAsking,
    isStarting: isPending,
    forecast: forecast.data ?? null,
    forecastError: forecast.error?.message ?? null,
    disabledReason: isConnected ? null : t('notConnected'),
    ask: () => setAsking(true),
    cancel: () => setAsking(false),
    start: () => mutate(forecast.data),
  };
}

export type Resync = ReturnType<typeof useResync>;

/** Tells once how a resync that was seen under way has ended. */
function useEndToast(runs: Run[] | undefined, onView: () => void): void {
  const t = useTranslations('settings.resync');
  const format = useFormatter();
  const watched = useRef(new Set<string>());
  useEffect(() => {
    for (const run of runs ?? []) {
      if (isActive(run)) watched.current.add(run.id);
      else if (watched.current.delete(run.id)) {
        const number = (value: number) => format.number(value);
        showToast({
          tone: run.status === 'DONE' ? (run.failed > 0 ? 'caution' : 'positive') : 'caution',
          title: run.status === 'DONE' ? t('done') : run.status === 'STOPPED' ? t('stopped') : t('failed'),
          text: t('doneText', {
            created: number(run.created),
            updated: number(run.updated),
            skipped: number(run.skipped),
            failed: number(run.failed),
          }),
          actions: [{ label: t('view'), onPress: onView }],
        });
      }
    }
  }, [runs, t, format, onView]);
}
