'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { settingsPaths } from '#components/connections/app-identity.ts';
import { showToast } from '#components/ui/toast.tsx';
import { auditKey } from '#lib/activity/queries.ts';
import { ApiError } from '#lib/core/api-client.ts';
import { segmentKeys } from '#lib/segments/queries.ts';
import { settingsQuery, updateSettingMutation } from '#lib/settings/queries.ts';
import { type SettingsPatch, type SettingsValues, settingsViewSchema } from '#lib/settings/schemas.ts';
import type { Choices } from './use-choices.ts';

/** The limit first: nothing else may hold without it. */
const order = [
  'inclusionListId',
  'salesforceChanges',
  'hubspotCreates',
  'salesforceDeletes',
  'paused',
] as const;

/**
 * Saves what was chosen, key by key and only what differs, then goes to the Contacts tab. If one fails, those
 * before it hold, and the next try goes on from there.
 */
export function useBegin({ view, rules, limit }: Choices) {
  const t = useTranslations('connections');
  const client = useQueryClient();
  const router = useRouter();
  const update = useMutation(updateSettingMutation());
  const { queryKey } = settingsQuery();

  async function saveAll(): Promise<void> {
    const wanted = { ...rules, inclusionListId: limit.listId, paused: false };
    let seen = view;
    for (const key of order) {
      if (seen.values[key] === wanted[key]) continue;
      seen = await update.mutateAsync(patchOf(key, wanted[key], seen.version));
      client.setQueryData(queryKey, seen);
    }
  }

  const { mutate, isPending, error } = useMutation({
    mutationKey: ['connections', 'begin'],
    mutationFn: saveAll,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: auditKey });
      void client.invalidateQueries({ queryKey: segmentKeys.all });
      showToast({ tone: 'positive', title: t('wizard.begunToast'), text: t('wizard.begunText') });
      router.push(settingsPaths.salesforce);
    },
    onError: (failure) => {
      if (!(failure instanceof ApiError)) return;
      const newer = settingsViewSchema.safeParse(failure.problem.current);
      if (newer.success) client.setQueryData(queryKey, newer.data);
    },
  });

  return {
    begin: () => mutate(),
    isSaving: isPending,
    error: error === null ? null : error instanceof ApiError ? error.message : t('unreachable'),
  };
}

function patchOf<K extends (typeof order)[number]>(
  key: K,
  value: SettingsValues[K],
  version: number,
): SettingsPatch {
  return { key, value, version } as SettingsPatch;
}
