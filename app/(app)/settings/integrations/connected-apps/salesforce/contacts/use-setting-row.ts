'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSaveSetting } from '#app/(app)/settings/shared/use-save-setting.ts';
import { showToast } from '#components/ui/toast.tsx';
import { settingsQuery } from '#lib/settings/queries.ts';
import type { SettingsKey, SettingsValues, SettingsView } from '#lib/settings/schemas.ts';

type RowKey = Exclude<SettingsKey, 'inclusionListId' | 'apiAllocation' | 'paused'>;

/** What a setting's row needs: the value as chosen, its saving, its failure, and whose choice holds. */
export function useSettingRow<K extends RowKey>(view: SettingsView, key: K) {
  const t = useTranslations('settings');
  const client = useQueryClient();
  const [pending, setPending] = useState<SettingsValues[K] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [conflict, setConflict] = useState<{ mine: SettingsValues[K]; theirs: SettingsView } | null>(null);
  const { state, save } = useSaveSetting({
    onSaved: () => setPending(null),
    onConflict: (theirs) => {
      setPending((mine) => {
        if (mine !== null) setConflict({ mine, theirs });
        return null;
      });
      client.setQueryData(settingsQuery().queryKey, theirs);
    },
    onFailed: (failure, isGone) => {
      setPending(null);
      const text = t('settingSaveFailed', { reason: failure.message });
      if (isGone) showToast({ tone: 'danger', title: text });
      else setError(text);
    },
  });
  const choose = (value: SettingsValues[K], seen: SettingsView) => {
    setError(null);
    setConflict(null);
    setPending(value);
    void save({ key, value } as Parameters<typeof save>[0], seen);
  };
  return {
    value: pending ?? view.values[key],
    saveState: state,
    isDisabled: !view.canEdit,
    ...(error ? { error } : {}),
    conflict: conflict && {
      settingsKey: key,
      view: conflict.theirs,
      onKeep: () => setConflict(null),
      onUseMine: () => choose(conflict.mine, conflict.theirs),
    },
    onChange: (value: SettingsValues[K]) => choose(value, view),
  };
}
