import { stringify } from 'csv-stringify/sync';
import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure, hubspotFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { ContactRow, ContactView } from '../contacts-schemas.ts';
import { findPeople } from './contacts-repository.ts';
import { scopeOf, withNames } from './list-contacts.ts';

const pieceSize = 500;
const columns = ['name', 'email', 'hubspotId', 'salesforceId', 'group', 'reason', 'since'];

/** A whole view as CSV (UTF-8 with a mark, as spreadsheets want it), piece by piece. Fails as HubSpot does. */
export async function exportContacts(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  view: ContactView,
): Promise<Result<ReadableStream<Uint8Array>>> {
  const port = await hubspotFor(workspaceId);
  if (!port.ok) return fail(crmFailureToFailure('HUBSPOT', port.failure));
  const scope = await scopeOf(workspaceId);
  const encoder = new TextEncoder();
  let skip = 0;
  return ok(
    new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode(`\uFEFF${csv([columns])}`)),
      async pull(controller) {
        const { rows } = await findPeople(db(), scope, {
          ...{ view, ids: null, search: '', found: [], skip, take: pieceSize },
          ...{ sort: 'since', direction: 'descending' },
        });
        const named = await withNames(port.value, rows);
        if (!named.ok) return controller.error(new Error(`The export broke off: ${named.failure.code}.`));
        if (named.value.length > 0) controller.enqueue(encoder.encode(csv(named.value.map(cellsOf))));
        skip += pieceSize;
        if (rows.length < pieceSize) controller.close();
      },
    }),
  );
}

function cellsOf(row: ContactRow): string[] {
  const { name, email, id, recordId, state, event, code, reason, since } = row;
  return [name, email, id, recordId, state, event?.kind ?? code ?? reason, since].map((cell) => cell ?? '');
}

/** `escape_formulas`: no cell may be run as a formula by the spreadsheet that opens it. */
function csv(rows: string[][]): string {
  return stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
}
