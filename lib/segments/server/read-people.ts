import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, HubSpotPort, RelatedObject } from '#lib/crm/ports.ts';
import type { Needs, Person } from '../evaluate/evaluate.ts';
import { relatedObjects } from '../filter/related.ts';

/**
 * Contacts with all that the evaluator wants of them: blanks, memberships, companies and deals. What HubSpot
 * does not let us read stays away, so that it is undecided. Fails as HubSpot does.
 */
export async function readPeople(
  hubspot: HubSpotPort,
  contacts: readonly HubSpotContact[],
  needed: Needs,
  more: readonly string[] = [],
): Promise<Result<Person[]>> {
  if (contacts.length === 0) return ok([]);
  const ids = contacts.map(({ id }) => id);
  const lists = needed.lists ? await hubspot.memberships(ids) : null;
  if (lists && !lists.ok) return fail(crmFailureToFailure('HUBSPOT', lists.failure));
  const related = await readRelated(hubspot, ids, needed);
  if (!related.ok) return related;
  // Search leaves out what has no value: asked for and not there is blank.
  const blanks = Object.fromEntries([...more, ...needed.properties].map((name) => [name, null]));
  return ok(
    contacts.map(({ values }, index) => ({
      values: { ...blanks, ...values },
      lists: new Set(lists?.value[index]),
      related: related.value[index] ?? {},
    })),
  );
}

type RelatedOf = NonNullable<Person['related']>;

async function readRelated(hubspot: HubSpotPort, ids: string[], needed: Needs): Promise<Result<RelatedOf[]>> {
  const people: RelatedOf[] = ids.map(() => ({}));
  for (const object of relatedObjects) {
    const properties = needed.related[object];
    if (!properties) continue;
    const records = await hubspot.relatedRecords(ids, object, properties);
    if (!records.ok && !isForbidden(records.failure))
      return fail(crmFailureToFailure('HUBSPOT', records.failure));
    if (records.ok) addRecords(people, object, records.value, properties);
  }
  return ok(people);
}

type Records = Extract<Awaited<ReturnType<HubSpotPort['relatedRecords']>>, { ok: true }>['value'];

function addRecords(people: RelatedOf[], object: RelatedObject, found: Records, properties: string[]): void {
  const blanks = Object.fromEntries(properties.map((name) => [name, null]));
  for (const [index, person] of people.entries()) {
    person[object] = (found[index] ?? []).map(({ typeIds, values }) => ({
      typeIds,
      values: { ...blanks, ...values },
      lists: null,
    }));
  }
}

function isForbidden(
  failure: Extract<Awaited<ReturnType<HubSpotPort['relatedRecords']>>, { ok: false }>['failure'],
) {
  return failure.kind === 'rejected' && failure.category === 'permissions';
}
