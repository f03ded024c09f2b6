import { stringify } from 'csv-stringify/sync';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, HubSpotPort } from '#lib/crm/ports.ts';
import { memberFailure } from './list-members.ts';
import { openHubSpot } from './load-list.ts';
import { linkedRecords } from './repository.ts';

const properties = ['firstname', 'lastname', 'email', 'lifecyclestage', 'country'];
const columns = ['hubspotId', 'firstName', 'lastName', 'email', 'lifecycleStage', 'country', 'salesforce'];
const hidden = 'Hidden by HubSpot';

/**
 * All members of a segment as CSV (UTF-8 with a mark, as spreadsheets want it), 250 at a time. A value that
 * HubSpot does not give is said to be hidden. Fails as `listMembers` before the first row; a failure later
 * breaks the file off.
 */
export async function exportMembers(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  listId: string,
): Promise<Result<ReadableStream<Uint8Array>>> {
  const opened = await openHubSpot(workspaceId);
  if (!opened.ok) return opened;
  const hubspot = opened.value;
  const first = await readPage(hubspot, workspaceId, listId, null);
  if (!first.ok) return first;
  const encoder = new TextEncoder();
  let next: Page | null = first.value;
  return ok(
    new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode(`\uFEFF${csv([columns])}`)),
      async pull(controller) {
        if (next === null) return controller.close();
        controller.enqueue(encoder.encode(csv(next.rows)));
        if (next.after === null) {
          next = null;
          return;
        }
        const page = await readPage(hubspot, workspaceId, listId, next.after);
        if (!page.ok) return controller.error(new Error(`The export broke off: ${page.failure.code}.`));
        next = page.value;
      },
    }),
  );
}

type Page = { rows: string[][]; after: string | null };

async function readPage(
  hubspot: HubSpotPort,
  workspaceId: string,
  listId: string,
  after: string | null,
): Promise<Result<Page>> {
  const page = await hubspot.members(listId, after);
  if (!page.ok) return fail(memberFailure(page.failure));
  const contacts = await hubspot.readContacts(page.value.ids, properties);
  if (!contacts.ok) return fail(memberFailure(contacts.failure));
  const linked = await linkedRecords(db(), workspaceId, page.value.ids);
  const rows = contacts.value
    .filter((contact) => contact !== null)
    .map((contact) => [...cellsOf(contact), linked.get(contact.id) ?? '']);
  return ok({ rows, after: page.value.after });
}

/** HubSpot answers a property that was asked for and is empty with null; one that it keeps back, not at all. */
export function cellsOf({ id, values }: Pick<HubSpotContact, 'id' | 'values'>): string[] {
  return [id, ...properties.map((name) => (values[name] === undefined ? hidden : (values[name] ?? '')))];
}

/** `escape_formulas`: no cell may be run as a formula by the spreadsheet that opens it. */
function csv(rows: string[][]): string {
  return stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
}
