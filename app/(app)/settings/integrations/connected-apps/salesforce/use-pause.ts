'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useCallback, useSyncExternalStore } from 'react';
import { useSaveSetting } from '#app/(app)/settings/shared/use-save-setting.ts';
import { showToast } from '#components/ui/toast.tsx';
import { auditKey } from '#lib/activity/queries.ts';
import { ApiError } from '#lib/core/api-client.ts';
import { settingsQuery } from '#lib/settings/queries.ts';
import type { SettingsView } from '#lib/settings/schemas.ts';

/** Whether syncing rests, and the switch for it. */
export function usePause(isPausedAtFirst: boolean) {
  const t = useTranslations('connections.head');
  const client = useQueryClient();
  const view = useLoadedSettings();
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
      await save({ key: 'paused', value }, view ?? (await client.fetchQuery(settingsQuery())));
    } catch (error) {
      fail(error);
    }
  }

  return {
    isPaused: view?.values.paused ?? isPausedAtFirst,
    isSaving: state === 'saving',
    setPaused: (value: boolean) => void setPaused(value),
  };
}

/**
 * The settings as the tab below has loaded them, if it has. An observer of its own would stand in the cache
 * before the tab's data arrives, and keep it from the tab's first rendering.
 */
function useLoadedSettings(): SettingsView | undefined {
  const client = useQueryClient();
  const { queryKey } = settingsQuery();
  const subscribe = useCallback(
    (listener: () => void) => client.getQueryCache().subscribe(listener),
    [client],
  );
  return useSyncExternalStore(
    subscribe,
    () => client.getQueryData(queryKey),
    () => undefined,
  );
}
