import { stringify } from 'csv-stringify/sync';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { Locale } from '#lib/i18n/locales.ts';
import type { AuditEntryView, AuditQuery } from '../schemas.ts';
import { actionLabels, toFilter } from './audit-labels.ts';
import { findAudit } from './audit-repository.ts';
import { namesMentioned, toEntryView } from './audit-view.ts';

/** A spreadsheet takes more, but nobody reads it. */
const mostRows = 10_000;
const columns = [
  'time',
  'who',
  'what',
  'action',
  'app',
  'old',
  'new',
  'version',
  'undoes',
  'restores',
  'from',
];

/** The whole log with these filters as CSV (UTF-8 with a mark, as spreadsheets want it). */
export async function exportAudit(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  query: AuditQuery,
  locale: Locale,
): Promise<Result<string>> {
  const filter = await toFilter(query, locale);
  const { rows } = await findAudit(db(), workspaceId, filter, { skip: 0, take: mostRows });
  const entries = rows.map(toEntryView);
  const [segments, labelOf] = await Promise.all([
    namesMentioned(db(), workspaceId, entries),
    actionLabels(locale),
  ]);
  const cells = entries.map((entry) => {
    const { at, actor, action, app, oldValue, newValue, version, cause } = entry;
    const old = textOf(entry, oldValue, segments);
    const made = textOf(entry, newValue, segments);
    const { undone, restored, via } = cause;
    return [
      at,
      actor ?? 'Segbridge',
      labelOf(action),
      action,
      app,
      old,
      made,
      version,
      undone,
      restored,
      via,
    ];
  });
  // `escape_formulas`: no cell may be run as a formula by the spreadsheet that opens it.
  const csv = stringify([columns, ...cells], { escape_formulas: true, record_delimiter: 'windows' });
  return ok(`\uFEFF${csv}`);
}

function textOf({ action }: AuditEntryView, value: unknown, segments: Record<string, string>): string {
  if (value === null) return '';
  if (typeof value !== 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value);
  return action === 'settings.inclusionListId' ? (segments[value] ?? value) : value;
}
