'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useSaveSetting } from '#app/(app)/settings/shared/use-save-setting.ts';
import { showToast } from '#components/ui/toast.tsx';
import { auditKey } from '#lib/activity/queries.ts';
import { ApiError } from '#lib/core/api-client.ts';
import { settingsQuery } from '#lib/settings/queries.ts';

/**
 * Whether syncing rests, and the switch for it. The tab below loads the settings; this only looks at what
 * it got, and asks by itself first when the switch is used before.
 */
export function usePause(isPausedAtFirst: boolean) {
  const t = useTranslations('connections.head');
  const client = useQueryClient();
  const { data } = useQuery({ ...settingsQuery(), enabled: false });
  const fail = (error: unknown) =>
    showToast({
      tone: 'danger',
      title: t('saveFailed'),
      ...(error instanceof ApiError ? { text: error.message } : {}),
    });
  const { state, save } = useSaveSetting({
    onSaved: ({ values }) => {
      void client.invalidateQueries({ queryKey: auditKey });
      showToast({ tone: 'positive', title: values.paused ? t('pausedToast') : t('resumedToast') });
    },
    onFailed: fail,
  });

  async function setPaused(value: boolean): Promise<void> {
    try {
      const view = data ?? (await client.fetchQuery(settingsQuery()));
      await save({ key: 'paused', value }, view);
    } catch (error) {
      fail(error);
    }
  }

  return {
    isPaused: data?.values.paused ?? isPausedAtFirst,
    isSaving: state === 'saving',
    setPaused: (value: boolean) => void setPaused(value),
  };
}
