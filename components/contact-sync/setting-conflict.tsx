'use client';

import { useTranslations } from 'next-intl';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { SettingsKey, SettingsView } from '#lib/settings/schemas.ts';
import { TheirsOrMine } from './theirs-or-mine.tsx';
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
  const text = t('rowConflict', {
    name: change?.by ?? '',
    value: sayValue(settingsKey, view.values[settingsKey]),
    when: change ? ago(change.at) : '',
  });
  return <TheirsOrMine text={text} onKeep={onKeep} onUseMine={onUseMine} />;
}
