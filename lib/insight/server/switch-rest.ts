import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotPort } from '#lib/crm/ports.ts';
import type { SwitchCounts } from '../switch-schemas.ts';
import * as repository from './switch-repository.ts';

/** The most that HubSpot's search answers at once. */
const pageSize = 200;

const sides = ['start', 'stop', 'both', 'neither'] as const;
type Side = (typeof sides)[number];

/**
 * The people of a change whom nothing is stored of, so that they are known by number alone: with "all contacts"
 * on one side those who start or stop, otherwise those in neither list.
 */
export type Rest = { group: Side; people: number };

/** Who is left over in the groups of a row; null: nobody. */
export async function restOf(
  people: repository.People,
  gates: { from: string | null; to: string | null },
  counts: SwitchCounts | null,
  groups: readonly string[],
): Promise<Rest | null> {
  const { from, to } = gates;
  const group = from === null ? (to === null ? 'both' : 'stop') : to === null ? 'start' : 'neither';
  if (!counts || !groups.includes(group)) return null;
  const left = counts[group] - (await repository.countPeopleIn(db(), people, [group]));
  return left > 0 ? { group, people: left } : null;
}

type RestPage = { ids: string[]; after: string | null };

/**
 * The next of those of whom nothing is stored, by ascending contact id: one search, which may hold none of
 * them. Fails as HubSpot does.
 */
export async function readRest(
  hubspot: HubSpotPort,
  people: repository.People,
  after: string,
): Promise<Result<RestPage>> {
  const page = await hubspot.searchContacts({
    filterGroups: [{ filters: [{ propertyName: 'hs_object_id', operator: 'GT', value: after }] }],
    properties: ['hs_object_id'],
    sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
    limit: pageSize,
  });
  if (!page.ok) return fail(crmFailureToFailure('HUBSPOT', page.failure));
  const ids = page.value.contacts.map(({ id }) => id);
  const last = ids.at(-1);
  // HubSpot does not promise to sort ids as numbers; the walk must not begin anew.
  const goesOn = page.value.after !== null && last !== undefined && BigInt(last) > BigInt(after);
  return ok({ ids: await withoutStored(people, ids), after: goesOn ? last : null });
}

/** Those of them who are on no side by what is stored. */
export async function withoutStored(people: repository.People, ids: string[]): Promise<string[]> {
  const stored = await repository.findAmong(db(), people, sides, ids);
  const known = new Set(stored.map(({ contactId }) => contactId));
  return ids.filter((id) => !known.has(id));
}

/** `count` of the rest after the first `skip` of them; at most so many are looked for. Fails as HubSpot does. */
export async function cutOfRest(
  hubspot: HubSpotPort,
  people: repository.People,
  skip: number,
  count: number,
): Promise<Result<string[]>> {
  const ids: string[] = [];
  for (let after: string | null = '0'; after !== null && ids.length < skip + count; ) {
    const page: Result<RestPage> = await readRest(hubspot, people, after);
    if (!page.ok) return page;
    ids.push(...page.value.ids);
    after = page.value.after;
  }
  return ok(ids.slice(skip, skip + count));
}
