import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, HubSpotPort, SearchFilter } from '#lib/crm/ports.ts';
import { type Clock, compile, needs } from '../evaluate/evaluate.ts';
import type { FilterBranch } from '../filter/model.ts';
import { fitsSearch, narrowedSearch, toSearch } from '../filter/to-search.ts';
import { propertyType } from '../property-types.ts';
import type { Preview, PreviewCursor, PreviewRequest } from '../schemas.ts';
import { openHubSpot } from './load-list.ts';
import { personProperties, toPeople } from './people.ts';
import { readPeople } from './read-people.ts';
import { findWorkspace } from './repository.ts';

const shown = 10;
const pageSize = 200;
const pagesPerCall = 5;

/**
 * How many contacts unsaved filters match, and who. Where HubSpot's search can say the filters exactly, it
 * counts; else contacts are read and evaluated here, 1,000 a call, and `cursor` asks for the next part. What
 * only HubSpot can evaluate is said so instead of a number.
 */
export async function previewSegment(actor: Actor, request: PreviewRequest): Promise<Result<Preview>> {
  const { workspaceId } = actor;
  const { filterBranch, page, cursor } = request;
  const hubspot = await openHubSpot(workspaceId);
  if (!hubspot.ok) return hubspot;
  const [of, properties, workspace, at] = await Promise.all([
    hubspot.value.countContacts(),
    hubspot.value.properties(),
    findWorkspace(db(), workspaceId),
    now(),
  ]);
  if (!of.ok) return fail(crmFailureToFailure('HUBSPOT', of.failure));
  if (!properties.ok) return fail(crmFailureToFailure('HUBSPOT', properties.failure));
  if (needs(filterBranch).onlyHubSpot) return ok({ kind: 'onlyHubSpot', of: of.value });
  const clock = { now: at, timeZone: workspace.timeZone };
  const known = new Map(
    properties.value.flatMap((property) => {
      const type = propertyType(property);
      const isPhone = property.type === 'phone_number' || property.fieldType === 'phonenumber';
      return type === null ? [] : [[property.name, { type, isPhone }] as const];
    }),
  );
  const search = toSearch(filterBranch, (name) => known.get(name), clock);
  const job = { workspaceId, hubspot: hubspot.value, filterBranch, clock, of: of.value };
  if (search.isExact && fitsSearch(search.groups)) return count(job, search.groups, page);
  return read(job, search.groups, cursor ?? { afterId: '', read: 0, matched: 0, toRead: 0 });
}

type Job = {
  workspaceId: string;
  hubspot: HubSpotPort;
  filterBranch: FilterBranch;
  clock: Clock;
  of: number;
};

async function count(job: Job, groups: SearchFilter[][], page: number): Promise<Result<Preview>> {
  const found = await job.hubspot.searchContacts({
    filterGroups: groups.map((filters) => ({ filters })),
    properties: personProperties,
    limit: shown,
    ...(page > 1 ? { after: String((page - 1) * shown) } : {}),
  });
  if (!found.ok) return fail(crmFailureToFailure('HUBSPOT', found.failure));
  const people = await toPeople(job.workspaceId, found.value.contacts);
  return ok({ kind: 'counted', count: found.value.total, of: job.of, people });
}

/** Walks the contacts that could match upward by id; each page begins after the highest id read. */
async function read(job: Job, groups: SearchFilter[][], from: PreviewCursor): Promise<Result<Preview>> {
  const { properties } = needs(job.filterBranch);
  const wanted = [...new Set([...personProperties, ...properties])];
  const matched: HubSpotContact[] = [];
  let at = from;
  for (let page = 0; page < pagesPerCall; page++) {
    const found = await job.hubspot.searchContacts({
      filterGroups: narrowedSearch(groups, idAfter(at.afterId)).map((filters) => ({ filters })),
      properties: wanted,
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
      limit: pageSize,
    });
    if (!found.ok) return fail(crmFailureToFailure('HUBSPOT', found.failure));
    const { contacts, total } = found.value;
    if (!isAscending(contacts, at.afterId)) return ok({ kind: 'onlyHubSpot', of: job.of });
    const hits = await matching(job, contacts);
    if (!hits.ok) return hits;
    if (hits.value === null) return ok({ kind: 'onlyHubSpot', of: job.of });
    matched.push(...hits.value);
    at = {
      afterId: contacts.at(-1)?.id ?? at.afterId,
      read: at.read + contacts.length,
      matched: at.matched + hits.value.length,
      toRead: at.toRead === 0 ? total : at.toRead,
    };
    if (contacts.length === total) return finish(job, at, matched);
  }
  return answer(job, at, matched, at);
}

function idAfter(id: string): SearchFilter {
  return { propertyName: 'hs_object_id', operator: 'GT', value: id || '0' };
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

/** Null if what only HubSpot can tell decides of one of them. */
async function matching(job: Job, contacts: HubSpotContact[]): Promise<Result<HubSpotContact[] | null>> {
  const people = await readPeople(job.hubspot, contacts, needs(job.filterBranch));
  if (!people.ok) return people;
  const decide = compile(job.filterBranch, job.clock);
  const verdicts = people.value.map((person) => decide(person));
  if (verdicts.includes('unknown')) return ok(null);
  return ok(contacts.filter((_, index) => verdicts[index] === 'yes'));
}

/** Fewer read than HubSpot first counted means that the walk missed some: then there is no number. */
function finish(job: Job, at: PreviewCursor, matched: HubSpotContact[]): Promise<Result<Preview>> {
  if (at.read < at.toRead * 0.99) return Promise.resolve(ok({ kind: 'onlyHubSpot', of: job.of }));
  return answer(job, at, matched, null);
}

async function answer(
  job: Job,
  at: PreviewCursor,
  matched: HubSpotContact[],
  cursor: PreviewCursor | null,
): Promise<Result<Preview>> {
  const people = await toPeople(job.workspaceId, matched);
  const { read, toRead } = at;
  return ok({ kind: 'reading', count: at.matched, read, toRead, of: job.of, people, cursor });
}
