import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure, hubspotFor } from '#lib/connections/server/index.ts';
import { type CsvRows, csvFile } from '#lib/core/csv.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotPort } from '#lib/crm/ports.ts';
import type { ContactRow, ContactView } from '../contacts-schemas.ts';
import { findPeople } from './contacts-repository.ts';
import { scopeOf, withNames } from './list-contacts.ts';

const pieceSize = 500;
const columns = ['name', 'email', 'hubspotId', 'salesforceId', 'group', 'reason', 'since'];

/** A whole view as CSV. Fails as HubSpot does. */
export async function exportContacts(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  view: ContactView,
): Promise<Result<ReadableStream<Uint8Array>>> {
  const port = await hubspotFor(workspaceId);
  if (!port.ok) return fail(crmFailureToFailure('HUBSPOT', port.failure));
  return csvFile(columns, pieces(port.value, await scopeOf(workspaceId), view));
}

async function* pieces(
  hubspot: HubSpotPort,
  scope: Awaited<ReturnType<typeof scopeOf>>,
  view: ContactView,
): AsyncGenerator<Result<CsvRows>, void> {
  for (let skip = 0; ; skip += pieceSize) {
    const { rows } = await findPeople(db(), scope, {
      ...{ view, ids: null, search: '', found: [], skip, take: pieceSize },
      ...{ sort: 'since', direction: 'descending' },
    });
    const named = await withNames(hubspot, rows);
    if (!named.ok) return yield named;
    yield ok(named.value.map(cellsOf));
    if (rows.length < pieceSize) return;
  }
}

function cellsOf(row: ContactRow): string[] {
  const { name, email, id, recordId, state, event, code, reason, since } = row;
  return [name, email, id, recordId, state, event?.kind ?? code ?? reason, since].map((cell) => cell ?? '');
}
