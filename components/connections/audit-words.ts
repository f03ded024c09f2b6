'use client';

import { useTranslations } from 'next-intl';
import { z } from 'zod';
import { useSettingWords } from '#components/contact-sync/use-setting-words.ts';
import { useMappingWords } from '#components/history/use-mapping-words.ts';
import type { AuditEntryView } from '#lib/activity/schemas.ts';
import { settingsKeySchema } from '#lib/settings/schemas.ts';

/** An audit entry in words. With `to`, something went from `from` to it; without, `from` is all there is. */
export type AuditWords = { activity: string; from: string | null; to: string | null };

const accountSchema = z.object({
  account: z.string().optional(),
  username: z.string().optional(),
  sandbox: z.boolean().optional(),
});
const endedSchema = z.object({ erased: z.boolean() });
const segmentSchema = z.object({ name: z.string() });
const userSchema = z.object({ name: z.string(), role: z.enum(['admin', 'viewer']).optional() });
const runSchema = z.object({ segment: z.string().nullish() });

/** Says what was done, and what it was before. Actions that this version does not know stay general. */
export function useAuditWords(segments: Record<string, string>): (entry: AuditEntryView) => AuditWords {
  const t = useTranslations('connections');
  const settingWords = useSettingChangeWords(segments);
  const accountWords = useAccountWords();
  const userWords = useUserWords();
  const { nameMapping, sayMapping } = useMappingWords();
  const plain = (activity: string, from: string | null = null): AuditWords => ({ activity, from, to: null });
  const nameOf = (value: unknown) => segmentSchema.safeParse(value).data?.name ?? null;

  return (entry) => {
    const { action, oldValue, newValue } = entry;
    if (action.startsWith('settings.')) return settingWords(entry) ?? plain(t('activity.other'));
    if (action === 'mapping.propertyCreated') return plain(t('activity.propertyCreated'), nameOf(newValue));
    if (action.startsWith('mapping.')) {
      const mapping = nameMapping(newValue, oldValue);
      return { activity: mapping, from: sayMapping(oldValue), to: sayMapping(newValue) };
    }
    if (action.startsWith('user.')) return userWords(entry) ?? plain(t('activity.other'));
    if (action.startsWith('connection.')) return accountWords(entry) ?? plain(t('activity.other'));
    switch (action) {
      case 'segment.created':
        return plain(t('activity.segmentCreated'), nameOf(newValue));
      case 'segment.renamed':
        return { activity: t('activity.segmentRenamed'), from: textOf(oldValue), to: textOf(newValue) };
      case 'segment.filtersChanged':
        return plain(t('activity.segmentFilters'));
      case 'segment.restored':
        return plain(t('activity.segmentRestored'), nameOf(newValue));
      case 'segment.deleted':
        return plain(t('activity.segmentDeleted'), nameOf(oldValue));
      case 'run.resync_started':
        return plain(t('activity.resyncStarted'), runSchema.safeParse(newValue).data?.segment ?? null);
      case 'writing.confirmed':
        return plain(t('activity.writingConfirmed'));
      case 'writing.wentOn':
        return plain(t('activity.writingWentOn'));
      case 'run.stopped':
        return plain(t('activity.runStopped'));
      case 'run.resumed':
        return plain(t('activity.runResumed'));
      case 'contact.synced':
        return plain(t('activity.contactSynced'));
      case 'records.retried':
        return plain(t('activity.recordsRetried'));
      case 'import.counted':
        return plain(t('activity.importCounted'));
      case 'import.started':
        return plain(t('activity.importStarted'));
      case 'import.finished':
        return plain(t('activity.importFinished'));
      default:
        return plain(t('activity.other'));
    }
  };
}

function useUserWords(): (entry: AuditEntryView) => AuditWords | null {
  const t = useTranslations('connections');
  const roles = { admin: t('activity.roleAdmin'), viewer: t('activity.roleViewer') };
  const say = (value: unknown): string | null => {
    const { name, role } = userSchema.safeParse(value).data ?? {};
    return role && name ? t('activity.userIs', { name, role: roles[role] }) : (name ?? null);
  };
  return ({ action, oldValue, newValue }) => {
    if (action === 'user.role')
      return { activity: t('activity.userRole'), from: say(oldValue), to: say(newValue) };
    if (action === 'user.removed')
      return { activity: t('activity.userRemoved'), from: say(oldValue), to: null };
    return null;
  };
}

function useAccountWords(): (entry: AuditEntryView) => AuditWords | null {
  const t = useTranslations('connections');
  const who = (value: unknown, app: AuditEntryView['app']): string | null => {
    const { account, username, sandbox } = accountSchema.safeParse(value).data ?? {};
    if (app === 'hubspot') return account ? t('account', { id: account }) : null;
    const kind = sandbox === undefined ? null : sandbox ? t('sandbox') : t('production');
    return [username, kind].filter(Boolean).join(', ') || null;
  };
  return ({ action, app, oldValue, newValue }) => {
    const name = app === null ? '' : t(app);
    switch (action) {
      case 'connection.connected':
        return { activity: t('activity.connected'), from: who(newValue, app), to: null };
      case 'connection.reconnected':
        return { activity: t('activity.reconnected'), from: who(newValue, app), to: null };
      case 'connection.disconnected': {
        const isErased = endedSchema.safeParse(newValue).data?.erased ?? false;
        const from = isErased ? t('activity.erased') : who(oldValue, app);
        return { activity: t('activity.disconnected'), from, to: null };
      }
      case 'connection.expired':
        return { activity: t('activity.expired'), from: t('activity.newLogin', { app: name }), to: null };
      default:
        return null;
    }
  };
}

/** Names of settings as the App log says them; the keys of `connections.activity`. */
const settingActivities = {
  inclusionListId: 'inclusionList',
  salesforceChanges: 'salesforceChanges',
  hubspotCreates: 'hubspotCreates',
  salesforceDeletes: 'salesforceDeletes',
  apiAllocation: 'allocated',
  breakerShare: 'breakerShare',
  keepingDays: 'keepingDays',
} as const;

function useSettingChangeWords(
  segments: Record<string, string>,
): (entry: AuditEntryView) => AuditWords | null {
  const t = useTranslations('connections');
  const sayValue = useSettingWords().sayWith(segments);
  return ({ action, oldValue, newValue, cause }) => {
    const key = settingsKeySchema.safeParse(action.slice('settings.'.length)).data;
    // The first versions had an action of its own for this.
    const isUndone = action === 'settings.undo' || (key === 'inclusionListId' && cause.undone !== undefined);
    if (isUndone) {
      const say = (value: unknown) => sayValue('inclusionListId', value);
      return { activity: t('activity.undone'), from: say(oldValue), to: say(newValue) };
    }
    if (key === undefined) return null;
    if (key === 'paused') {
      const activity = newValue === true ? t('activity.paused') : t('activity.resumed');
      return { activity, from: null, to: null };
    }
    const activity = t(`activity.${settingActivities[key]}`);
    return { activity, from: sayValue(key, oldValue), to: sayValue(key, newValue) };
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
