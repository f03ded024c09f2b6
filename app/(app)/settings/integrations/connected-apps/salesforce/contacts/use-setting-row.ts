'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSaveSetting } from '#app/(app)/settings/shared/use-save-setting.ts';
import { showToast } from '#components/ui/toast.tsx';
import { settingsQuery } from '#lib/settings/queries.ts';
import type { SettingsValues, SettingsView } from '#lib/settings/schemas.ts';

type RowKey = 'salesforceChanges' | 'hubspotCreates' | 'salesforceDeletes';

/** What a SettingRow of one key needs: the value as chosen, its saving, its failure. */
export function useSettingRow<K extends RowKey>(view: SettingsView, key: K) {
  const t = useTranslations('settings');
  const client = useQueryClient();
  const [pending, setPending] = useState<SettingsValues[K] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const { state, save } = useSaveSetting({
    onSaved: () => setPending(null),
    onConflict: (theirs) => {
      setPending(null);
      client.setQueryData(settingsQuery().queryKey, theirs);
      setError(t('settingConflict', { name: theirs.changedBy ?? '' }));
    },
    onFailed: (failure, isGone) => {
      setPending(null);
      const text = t('settingSaveFailed', { reason: failure.message });
      if (isGone) showToast({ tone: 'danger', title: text });
      else setError(text);
    },
  });
  return {
    value: pending ?? view.values[key],
    saveState: state,
    isDisabled: !view.canEdit,
    ...(error ? { error } : {}),
    onChange: (value: SettingsValues[K]) => {
      setError(null);
      setPending(value);
      void save({ key, value } as Parameters<typeof save>[0], view);
    },
  };
}
