'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useSaveSetting } from '#app/(app)/settings/shared/use-save-setting.ts';
import { showToast } from '#components/ui/toast.tsx';
import { clearSuspensionMutation, healthKeys } from '#lib/insight/queries.ts';
import { settingsQuery } from '#lib/settings/queries.ts';
import type { SettingsPatch } from '#lib/settings/schemas.ts';

/** What can be done on Sync Health: change the allocation, resume, try again at once. */
export function useHealthActions() {
  const t = useTranslations('health');
  const client = useQueryClient();
  const fail = (error: Error) => showToast({ tone: 'danger', title: t('saveFailed'), text: error.message });
  const refresh = () => void client.invalidateQueries({ queryKey: healthKeys.all });
  const options = { onSaved: refresh, onFailed: fail };
  const allocation = useSaveSetting(options);
  const pause = useSaveSetting(options);
  const clear = useMutation({ ...clearSuspensionMutation(), onError: fail });

  async function save(
    with_: ReturnType<typeof useSaveSetting>,
    patch: Pick<SettingsPatch, 'key' | 'value'>,
  ): Promise<void> {
    try {
      await with_.save(patch, await client.fetchQuery(settingsQuery()));
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  return {
    allocate: (value: number) => void save(allocation, { key: 'apiAllocation', value }),
    saving: allocation.state,
    resume: () => void save(pause, { key: 'paused', value: false }),
    resuming: pause.state === 'saving',
    clear: () => clear.mutate(),
    clearing: clear.isPending,
  };
}
