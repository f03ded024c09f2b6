import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { defaultLocale, type Locale } from '#lib/i18n/locales.ts';
import type { AuditPage, AuditQuery } from '../schemas.ts';
import { toFilter } from './audit-labels.ts';
import { findAudit, findAuditActors } from './audit-repository.ts';
import { namesMentioned, toEntryView } from './audit-view.ts';

/**
 * The App log and the audit log: who did what in this workspace, newest first, for any of its users. The
 * text of a search is also looked for in what the actions are called in `locale`.
 */
export async function listAudit(
  actor: Pick<Actor, 'workspaceId'>,
  query: AuditQuery,
  locale: Locale = defaultLocale,
): Promise<Result<AuditPage>> {
  const { workspaceId } = actor;
  const { page, pageSize } = query;
  const range = { skip: (page - 1) * pageSize, take: pageSize };
  const [{ rows, total }, people] = await Promise.all([
    findAudit(db(), workspaceId, await toFilter(query, locale), range),
    findAuditActors(db(), workspaceId),
  ]);
  const entries = rows.map(toEntryView);
  return ok({
    entries,
    total,
    actors: people.map(({ actorId, actor: name }) => ({ id: actorId ?? 'system', name })).sort(byName),
    segments: await namesMentioned(db(), workspaceId, entries),
  });
}

function byName(a: AuditPage['actors'][number], b: AuditPage['actors'][number]): number {
  if (a.id === 'system' || b.id === 'system') return a.id === 'system' ? 1 : -1;
  return (a.name ?? '').localeCompare(b.name ?? '');
}
