'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { z } from 'zod';
import type { AuditEntryView } from '#lib/activity/schemas.ts';

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
  const settingWords = useSettingWords(segments);
  const accountWords = useAccountWords();
  const userWords = useUserWords();
  const plain = (activity: string, from: string | null = null): AuditWords => ({ activity, from, to: null });
  const nameOf = (value: unknown) => segmentSchema.safeParse(value).data?.name ?? null;

  return (entry) => {
    const { action, oldValue, newValue } = entry;
    if (action.startsWith('settings.')) return settingWords(entry) ?? plain(t('activity.other'));
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
      case 'run.stopped':
        return plain(t('activity.runStopped'));
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

function useSettingWords(segments: Record<string, string>): (entry: AuditEntryView) => AuditWords | null {
  const t = useTranslations('connections');
  const settings = useTranslations('settings');
  const format = useFormatter();
  const segment = (value: unknown): string => {
    if (typeof value !== 'string') return settings('limit.all');
    return segments[value] ?? t('activity.segmentId', { id: value });
  };
  const amount = (value: unknown) =>
    typeof value === 'number' ? format.number(value) : t('activity.standard');
  const share = (value: unknown) => format.number(Number(value) / 100, { style: 'percent' });
  const days = (value: unknown) => t('activity.days', { count: Number(value) });
  const created = (value: unknown) =>
    value === 'lead' ? settings('creating.createLead') : settings('creating.createContact');
  const changed = (value: unknown) =>
    value === 'do_nothing' ? settings('creating.doNothing') : settings('creating.createContact');
  const deleted = (value: unknown) =>
    value === 'do_nothing' ? settings('deleting.doNothing') : settings('deleting.deleteContact');

  return ({ action, oldValue, newValue }) => {
    const fromTo = (activity: string, say: (value: unknown) => string): AuditWords => ({
      activity,
      from: say(oldValue),
      to: say(newValue),
    });
    switch (action) {
      case 'settings.inclusionListId':
        return fromTo(t('activity.inclusionList'), segment);
      case 'settings.undo':
        return fromTo(t('activity.undone'), segment);
      case 'settings.salesforceChanges':
        return fromTo(t('activity.salesforceChanges'), changed);
      case 'settings.hubspotCreates':
        return fromTo(t('activity.hubspotCreates'), created);
      case 'settings.salesforceDeletes':
        return fromTo(t('activity.salesforceDeletes'), deleted);
      case 'settings.apiAllocation':
        return fromTo(t('activity.allocated'), amount);
      case 'settings.breakerShare':
        return fromTo(t('activity.breakerShare'), share);
      case 'settings.keepingDays':
        return fromTo(t('activity.keepingDays'), days);
      case 'settings.paused':
        return {
          activity: newValue === true ? t('activity.paused') : t('activity.resumed'),
          from: null,
          to: null,
        };
      default:
        return null;
    }
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
