import { now } from '#lib/core/clock.ts';
import { loadMessages } from '#lib/i18n/load-messages.ts';
import type { Locale } from '#lib/i18n/locales.ts';
import { auditPeriodMs } from '../rules.ts';
import type { AuditQuery } from '../schemas.ts';
import { type AuditFilter, withoutMarks } from './audit-repository.ts';

/** What each action is called: keys of `connections.activity`. */
const labelKeys: Record<string, string> = {
  'settings.inclusionListId': 'inclusionList',
  'settings.undo': 'undone',
  'settings.salesforceChanges': 'salesforceChanges',
  'settings.hubspotCreates': 'hubspotCreates',
  'settings.salesforceDeletes': 'salesforceDeletes',
  'settings.apiAllocation': 'allocated',
  'settings.breakerShare': 'breakerShare',
  'settings.keepingDays': 'keepingDays',
  'settings.paused': 'paused',
  'connection.connected': 'connected',
  'connection.reconnected': 'reconnected',
  'connection.disconnected': 'disconnected',
  'connection.expired': 'expired',
  'segment.created': 'segmentCreated',
  'segment.renamed': 'segmentRenamed',
  'segment.filtersChanged': 'segmentFilters',
  'segment.restored': 'segmentRestored',
  'segment.deleted': 'segmentDeleted',
  'run.resync_started': 'resyncStarted',
  'import.counted': 'importCounted',
  'import.started': 'importStarted',
  'import.finished': 'importFinished',
  'run.stopped': 'runStopped',
  'run.resumed': 'runResumed',
  'contact.synced': 'contactSynced',
  'records.retried': 'recordsRetried',
  'mapping.propertyCreated': 'propertyCreated',
  'writing.confirmed': 'writingConfirmed',
  'writing.wentOn': 'writingWentOn',
  'user.role': 'userRole',
  'user.removed': 'userRemoved',
};

/** An action in a language; actions that this version does not know stay as they are. */
export async function actionLabels(locale: Locale): Promise<(action: string) => string> {
  const { connections } = (await loadMessages(locale)) as {
    connections: { activity: Record<string, string> };
  };
  return (action) => connections.activity[labelKeys[action] ?? ''] ?? action;
}

/** A query as the repository takes it: the period as a time, the text with the actions it names. */
export async function toFilter(query: AuditQuery, locale: Locale): Promise<AuditFilter> {
  const { search, period, page: _page, pageSize: _size, ...rest } = query;
  const length = period ? auditPeriodMs[period] : null;
  const from = length === null ? null : new Date((await now()).getTime() - length);
  if (!search) return { ...rest, from, until: null, search: null };
  const labelOf = await actionLabels(locale);
  const wanted = withoutMarks(search);
  const actions = Object.keys(labelKeys).filter((action) => withoutMarks(labelOf(action)).includes(wanted));
  return { ...rest, from, until: null, search: { text: search, actions } };
}
