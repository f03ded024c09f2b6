import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { type CsvRows, csvFile } from '#lib/core/csv.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { Locale } from '#lib/i18n/locales.ts';
import type { AuditEntryView, AuditQuery } from '../schemas.ts';
import { actionLabels, toFilter } from './audit-labels.ts';
import { type AuditFilter, findAudit } from './audit-repository.ts';
import { namesMentioned, toEntryView } from './audit-view.ts';

const pieceSize = 500;
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

/** The whole log with these filters as CSV. */
export async function exportAudit(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  query: AuditQuery,
  locale: Locale,
): Promise<Result<ReadableStream<Uint8Array>>> {
  const filter = { ...(await toFilter(query, locale)), until: await now() };
  return csvFile(columns, pieces(workspaceId, filter, await actionLabels(locale)));
}

async function* pieces(
  workspaceId: string,
  filter: AuditFilter,
  labelOf: (action: string) => string,
): AsyncGenerator<Result<CsvRows>, void> {
  for (let skip = 0; ; skip += pieceSize) {
    const { rows } = await findAudit(db(), workspaceId, filter, { skip, take: pieceSize });
    const entries = rows.map(toEntryView);
    const segments = await namesMentioned(db(), workspaceId, entries);
    yield ok(entries.map((entry) => cellsOf(entry, segments, labelOf)));
    if (rows.length < pieceSize) return;
  }
}

function cellsOf(
  entry: AuditEntryView,
  segments: Record<string, string>,
  labelOf: (action: string) => string,
): CsvRows[number] {
  const { at, actor, action, app, oldValue, newValue, version, cause } = entry;
  const old = textOf(entry, oldValue, segments);
  const made = textOf(entry, newValue, segments);
  const { undone, restored, via } = cause;
  return [at, actor ?? 'Segbridge', labelOf(action), action, app, old, made, version, undone, restored, via];
}

function textOf({ action }: AuditEntryView, value: unknown, segments: Record<string, string>): string {
  if (value === null) return '';
  if (typeof value !== 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value);
  return action === 'settings.inclusionListId' ? (segments[value] ?? value) : value;
}
