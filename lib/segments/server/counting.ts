import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, HubSpotPort, HubSpotProperty, SearchFilter } from '#lib/crm/ports.ts';
import { type Clock, needs, type Person } from '../evaluate/evaluate.ts';
import type { FilterBranch } from '../filter/model.ts';
import { narrowedSearch, type SearchableProperty } from '../filter/to-search.ts';
import { propertyType } from '../property-types.ts';
import type { WhoCursor } from '../sizes/schemas.ts';
import { openHubSpot } from './load-list.ts';
import { readPeople } from './read-people.ts';
import { findWorkspace } from './repository.ts';

const pageSize = 200;
const pagesPerCall = 5;

/** All that counting unsaved filters needs of an account. */
export type CountJob = {
  workspaceId: string;
  hubspot: HubSpotPort;
  filterBranch: FilterBranch;
  clock: Clock;
  properties: HubSpotProperty[];
  known: (name: string) => SearchableProperty | undefined;
  /** Numbers beside what a person asked for: that goes first. */
  isPatient: boolean;
};

export async function openCount(workspaceId: string, filterBranch: FilterBranch): Promise<Result<CountJob>> {
  const hubspot = await openHubSpot(workspaceId);
  if (!hubspot.ok) return hubspot;
  const [properties, workspace, at] = await Promise.all([
    hubspot.value.properties(),
    findWorkspace(db(), workspaceId),
    now(),
  ]);
  if (!properties.ok) return fail(crmFailureToFailure('HUBSPOT', properties.failure));
  const searchable = new Map(
    properties.value.flatMap((property) => {
      const type = propertyType(property);
      const isPhone = property.type === 'phone_number' || property.fieldType === 'phonenumber';
      return type === null ? [] : [[property.name, { type, isPhone }] as const];
    }),
  );
  return ok({
    workspaceId,
    hubspot: hubspot.value,
    filterBranch,
    clock: { now: at, timeZone: workspace.timeZone },
    properties: properties.value,
    known: (name) => searchable.get(name),
    isPatient: true,
  });
}

/** How many contacts each of these searches finds. */
export async function countSearches(
  { hubspot, isPatient }: CountJob,
  searches: SearchFilter[][][],
): Promise<Result<Map<string, number>>> {
  const answers = await Promise.all(
    searches.map((groups) => {
      const filterGroups = groups.map((filters) => ({ filters }));
      return hubspot.searchContacts({ filterGroups, properties: [], limit: 1, isPatient });
    }),
  );
  const totals = new Map<string, number>();
  for (const [index, answer] of answers.entries()) {
    if (!answer.ok) return fail(crmFailureToFailure('HUBSPOT', answer.failure));
    totals.set(JSON.stringify(searches[index]), answer.value.total);
  }
  return ok(totals);
}

export type ReadPart = {
  at: WhoCursor;
  isDone: boolean;
  /** False: HubSpot did not give the contacts in order, or fewer than it counted, so some were not seen. */
  isWhole: boolean;
};

/**
 * Reads the next 1,000 contacts upward by id, of those that `groups` finds, with what the filters look at.
 * Fails as HubSpot does.
 */
export async function readPart(
  job: CountJob,
  groups: SearchFilter[][],
  more: string[],
  from: WhoCursor,
  visit: (contact: HubSpotContact, person: Person) => void,
): Promise<Result<ReadPart>> {
  const wanted = needs(job.filterBranch);
  const properties = [...new Set([...more, ...wanted.properties])];
  let at = from;
  for (let page = 0; page < pagesPerCall; page++) {
    const higher = { propertyName: 'hs_object_id', operator: 'GT', value: at.afterId || '0' };
    const found = await job.hubspot.searchContacts({
      filterGroups: narrowedSearch(groups, higher).map((filters) => ({ filters })),
      properties,
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
      limit: pageSize,
      isPatient: job.isPatient,
    });
    if (!found.ok) return fail(crmFailureToFailure('HUBSPOT', found.failure));
    const { contacts, total } = found.value;
    if (!isAscending(contacts, at.afterId)) return ok({ at, isDone: true, isWhole: false });
    const people = await readPeople(job.hubspot, contacts, wanted, more);
    if (!people.ok) return people;
    for (const [index, person] of people.value.entries()) {
      const contact = contacts[index];
      if (contact) visit(contact, person);
    }
    at = {
      afterId: contacts.at(-1)?.id ?? at.afterId,
      read: at.read + contacts.length,
      toRead: at.toRead || total,
    };
    if (contacts.length === total) return ok({ at, isDone: true, isWhole: at.read >= at.toRead * 0.99 });
  }
  return ok({ at, isDone: false, isWhole: true });
}

/** The walk is only right if HubSpot sorts ids as numbers, which it does not promise. */
function isAscending(contacts: readonly HubSpotContact[], afterId: string): boolean {
  let former = BigInt(afterId || '0');
  return contacts.every(({ id }) => {
    const isHigher = BigInt(id) > former;
    former = BigInt(id);
    return isHigher;
  });
}
