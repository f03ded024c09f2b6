import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotPort } from '#lib/crm/ports.ts';
import type { Members, MembersQuery } from '../schemas.ts';
import { openHubSpot } from './load-list.ts';
import { personProperties, toPeople } from './people.ts';

const searched = 100;

/**
 * Who is in a segment, by record id, a page of at most 250; with `q`, the members among HubSpot's first 100
 * hits for it. Fails with `deleted_segment`, or as the connection or HubSpot does.
 */
export async function listMembers(
  actor: Actor,
  listId: string,
  query: MembersQuery,
): Promise<Result<Members>> {
  const hubspot = await openHubSpot(actor.workspaceId);
  if (!hubspot.ok) return hubspot;
  if (query.q !== '') return searchMembers(actor, hubspot.value, listId, query.q);
  const page = await hubspot.value.members(listId, query.after ?? null);
  if (!page.ok) {
    const isGone = page.failure.kind === 'notFound';
    return fail(isGone ? { code: 'deleted_segment' } : crmFailureToFailure('HUBSPOT', page.failure));
  }
  const contacts = await hubspot.value.readContacts(page.value.ids, personProperties);
  if (!contacts.ok) return fail(crmFailureToFailure('HUBSPOT', contacts.failure));
  const people = await toPeople(
    actor.workspaceId,
    contacts.value.filter((contact) => contact !== null),
  );
  return ok({ people, after: page.value.after });
}

async function searchMembers(
  actor: Actor,
  hubspot: HubSpotPort,
  listId: string,
  q: string,
): Promise<Result<Members>> {
  const found = await hubspot.searchContacts({
    query: q,
    filterGroups: [],
    properties: personProperties,
    limit: searched,
  });
  if (!found.ok) return fail(crmFailureToFailure('HUBSPOT', found.failure));
  const { contacts } = found.value;
  const lists =
    contacts.length === 0 ? ok([]) : await hubspot.memberships(contacts.map((contact) => contact.id));
  if (!lists.ok) return fail(crmFailureToFailure('HUBSPOT', lists.failure));
  const members = contacts.filter((_, index) => lists.value[index]?.includes(listId));
  return ok({ people: await toPeople(actor.workspaceId, members), after: null });
}
