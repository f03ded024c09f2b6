'use client';

import { useTranslations } from 'next-intl';
import { type SettingWords, useSettingWords } from '#components/contact-sync/use-setting-words.ts';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { Blocked, SettingsAsOf, SettingsKey } from '#lib/settings/schemas.ts';
import { segmentNamesOf } from './segment-names.ts';
import { useMappingWords } from './use-mapping-words.ts';

/** One thing that is not as it was. `blocked`: why it cannot come back. */
export type Difference = {
  /** The setting's key, or the mapping's id. */
  id: string;
  key: SettingsKey | null;
  name: string;
  now: string;
  former: string;
  blocked: string | null;
};

/** What is different today, in words: settings in the order of the page, then mappings. */
export function useDifferences(): (view: SettingsAsOf | null) => Difference[] {
  const t = useTranslations('history');
  const { nameOf, sayWith } = useSettingWords();
  const { nameMapping, sayMapping } = useMappingWords();
  const reasonOf = useBlockedWords();
  return (view) => {
    if (!view) return [];
    const sayValue: SettingWords['sayValue'] = sayWith(segmentNamesOf(view));
    const settings = view.differs.map((key) => {
      const blocked = view.blocked.find((each) => each.key === key);
      return {
        id: key,
        key,
        name: nameOf(key),
        now: sayValue(key, view.now.values[key]),
        former: sayValue(key, view.former.values[key]),
        blocked: blocked ? reasonOf(blocked) : null,
      };
    });
    const mappings = view.mappings
      .filter(({ isDifferent }) => isDifferent)
      .map(({ id, now, former, gone }) => ({
        id,
        key: null,
        name: nameMapping(former, now),
        now: sayMapping(now),
        former: sayMapping(former),
        blocked: gone ? t('mapping.gone', { name: gone.name }) : null,
      }));
    return [...settings, ...mappings];
  };
}

function useBlockedWords(): (blocked: Blocked) => string {
  const t = useTranslations('history');
  const times = useTimes();
  return ({ reason, at }) => {
    if (reason === 'static') return t('restore.static');
    if (reason === 'unknown') return t('restore.unknown');
    return at ? t('restore.deletedOn', { when: times.short(at) }) : t('restore.deleted');
  };
}
