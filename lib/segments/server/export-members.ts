import type { Actor } from '#lib/auth/actor.ts';
import { type CsvRows, csvFile } from '#lib/core/csv.ts';
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
 * All members of a segment as CSV, 250 at a time. A value that HubSpot does not give is said to be hidden. Fails
 * as `listMembers`.
 */
export async function exportMembers(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  listId: string,
): Promise<Result<ReadableStream<Uint8Array>>> {
  const hubspot = await openHubSpot(workspaceId);
  if (!hubspot.ok) return hubspot;
  return csvFile(columns, pieces(hubspot.value, workspaceId, listId));
}

async function* pieces(
  hubspot: HubSpotPort,
  workspaceId: string,
  listId: string,
): AsyncGenerator<Result<CsvRows>, void> {
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<HubSpotPort['members']>> = await hubspot.members(listId, after);
    if (!page.ok) return yield fail(memberFailure(page.failure));
    const contacts = await hubspot.readContacts(page.value.ids, properties);
    if (!contacts.ok) return yield fail(memberFailure(contacts.failure));
    const linked = await linkedRecords(db(), workspaceId, page.value.ids);
    const shown = contacts.value.filter((contact) => contact !== null);
    yield ok(shown.map((contact) => [...cellsOf(contact), linked.get(contact.id) ?? '']));
    after = page.value.after;
  } while (after !== null);
}

/** HubSpot answers a property that was asked for and is empty with null; one that it keeps back, not at all. */
export function cellsOf({ id, values }: Pick<HubSpotContact, 'id' | 'values'>): string[] {
  return [id, ...properties.map((name) => (values[name] === undefined ? hidden : (values[name] ?? '')))];
}
