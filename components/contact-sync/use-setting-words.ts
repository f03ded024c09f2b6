'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { SettingsKey } from '#lib/settings/schemas.ts';

export type SettingWords = { sayValue: (key: SettingsKey, value: unknown) => string };

/** A setting and its value in words. `sayWith` takes the names of segments by list id. */
export function useSettingWords() {
  const t = useTranslations('settings');
  const format = useFormatter();
  const number = (value: unknown) => format.number(Number(value));
  const say: Record<Exclude<SettingsKey, 'inclusionListId'>, (value: unknown) => string> = {
    salesforceChanges: (value) =>
      value === 'do_nothing' ? t('creating.doNothing') : t('creating.createContact'),
    hubspotCreates: (value) => (value === 'lead' ? t('creating.createLead') : t('creating.createContact')),
    salesforceDeletes: (value) =>
      value === 'do_nothing' ? t('deleting.doNothing') : t('deleting.deleteContact'),
    apiAllocation: (value) => (typeof value === 'number' ? number(value) : t('value.standard')),
    paused: (value) => (value === true ? t('value.paused') : t('value.running')),
    breakerShare: (value) => format.number(Number(value) / 100, { style: 'percent' }),
    keepingDays: (value) => t('value.days', { count: Number(value) }),
  };
  const segment = (value: unknown, names: Record<string, string>) =>
    typeof value === 'string' ? (names[value] ?? t('value.segment', { id: value })) : t('limit.all');
  return {
    nameOf: (key: SettingsKey) => t(`name.${key}`),
    sayWith:
      (segments: Record<string, string>): SettingWords['sayValue'] =>
      (key, value) =>
        key === 'inclusionListId' ? segment(value, segments) : say[key](value),
  };
}
