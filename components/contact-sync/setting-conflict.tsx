'use client';

import { useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { SettingsKey, SettingsView } from '#lib/settings/schemas.ts';
import { useSettingWords } from './use-setting-words.ts';

export interface SettingConflictProps {
  settingsKey: SettingsKey;
  /** The settings as somebody else left them. */
  view: SettingsView;
  onKeep: () => void;
  onUseMine: () => void;
}

/** Somebody else changed this very setting meanwhile: theirs or mine. */
export function SettingConflict({ settingsKey, view, onKeep, onUseMine }: SettingConflictProps) {
  const t = useTranslations('settings');
  const { ago } = useTimes();
  const { segment } = view;
  const sayValue = useSettingWords().sayWith(segment ? { [segment.listId]: segment.name } : {});
  const change = view.changes[settingsKey];
  return (
    <Alert
      tone="caution"
      role="alert"
      actions={
        <>
          <Button variant="secondary" size="medium" onPress={onKeep}>
            {t('limit.keepTheirs')}
          </Button>
          <Button variant="secondary" size="medium" onPress={onUseMine}>
            {t('limit.useMine')}
          </Button>
        </>
      }
    >
      {t('rowConflict', {
        name: change?.by ?? '',
        value: sayValue(settingsKey, view.values[settingsKey]),
        when: change ? ago(change.at) : '',
      })}
    </Alert>
  );
}
