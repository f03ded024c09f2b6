import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { evaluate, explain, needs } from '../evaluate/evaluate.ts';
import type { Person, TestContact, TestResult } from '../schemas.ts';
import { openHubSpot } from './load-list.ts';
import { personProperties, toPeople } from './people.ts';
import { readPeople } from './read-people.ts';
import { findWorkspace } from './repository.ts';

/** The first contacts that HubSpot finds for a name or an address. */
export async function findPeople(actor: Actor, q: string): Promise<Result<{ people: Person[] }>> {
  const hubspot = await openHubSpot(actor.workspaceId);
  if (!hubspot.ok) return hubspot;
  const found = await hubspot.value.searchContacts({
    query: q,
    filterGroups: [],
    properties: personProperties,
    limit: 8,
  });
  if (!found.ok) return fail(crmFailureToFailure('HUBSPOT', found.failure));
  return ok({ people: await toPeople(actor.workspaceId, found.value.contacts) });
}

/** Which groups and filters of unsaved filters a contact meets now. Fails with `not_found`. */
export async function testContact(actor: Actor, input: TestContact): Promise<Result<TestResult>> {
  const { contactId, filterBranch } = input;
  const hubspot = await openHubSpot(actor.workspaceId);
  if (!hubspot.ok) return hubspot;
  const needed = needs(filterBranch);
  const read = await hubspot.value.readContacts([contactId], needed.properties);
  if (!read.ok) return fail(crmFailureToFailure('HUBSPOT', read.failure));
  const [contact] = read.value;
  if (!contact) return fail({ code: 'not_found' });
  const people = await readPeople(hubspot.value, [contact], needed);
  if (!people.ok) return people;
  const [person] = people.value;
  if (!person) return fail({ code: 'not_found' });
  const { timeZone } = await findWorkspace(db(), actor.workspaceId);
  const clock = { now: await now(), timeZone };
  return ok({
    verdict: evaluate(filterBranch, person, clock),
    groups: explain(filterBranch, person, clock),
  });
}
