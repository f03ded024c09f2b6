'use client';

import { useTranslations } from 'next-intl';
import { useAuditWords } from '#components/connections/audit-words.ts';
import { useSettingWords } from '#components/contact-sync/use-setting-words.ts';
import type { AuditEntryView } from '#lib/activity/schemas.ts';
import { settingsKeySchema } from '#lib/settings/schemas.ts';
import { useMappingWords } from './use-mapping-words.ts';

/** An audit entry as the audit log says it: what, before and after, and why if not by choice. */
export type HistoryWords = { what: string; old: string | null; made: string | null; cause: string | null };

const mappingActions: ReadonlySet<string> = new Set([
  'mapping.created',
  'mapping.changed',
  'mapping.deleted',
  'mapping.restored',
]);

export function useHistoryWords(segments: Record<string, string>): (entry: AuditEntryView) => HistoryWords {
  const t = useTranslations('history');
  const { nameOf, sayWith } = useSettingWords();
  const sayValue = sayWith(segments);
  const { nameMapping, sayMapping } = useMappingWords();
  const auditWords = useAuditWords(segments);

  function causeOf({ cause, actor }: AuditEntryView): string | null {
    if (cause.restored !== undefined) return t('cause.restored', { version: cause.restored });
    if (cause.undone === undefined) return null;
    return t('cause.undone', { name: actor ?? t('segbridge'), seconds: cause.seconds ?? 0 });
  }

  return (entry) => {
    const cause = causeOf(entry);
    const key = settingsKeySchema.safeParse(entry.action.slice('settings.'.length)).data;
    if (key !== undefined) {
      const { oldValue, newValue } = entry;
      return { what: nameOf(key), old: sayValue(key, oldValue), made: sayValue(key, newValue), cause };
    }
    if (mappingActions.has(entry.action)) {
      const { oldValue, newValue } = entry;
      const what = nameMapping(newValue, oldValue);
      return { what, old: sayMapping(oldValue), made: sayMapping(newValue), cause };
    }
    const { activity, from, to } = auditWords(entry);
    return to === null
      ? { what: activity, old: null, made: from, cause }
      : { what: activity, old: from, made: to, cause };
  };
}
