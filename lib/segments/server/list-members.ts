import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { CrmFailure } from '#lib/crm/failure.ts';
import type { HubSpotContact, HubSpotPort, SearchFilter } from '#lib/crm/ports.ts';
import { fitsSearch, toSearch } from '../filter/to-search.ts';
import { fold } from '../rules.ts';
import type { Members, MembersQuery, memberSorts } from '../schemas.ts';
import { openCount } from './counting.ts';
import { loadList, openHubSpot } from './load-list.ts';
import { personProperties, toPeople } from './people.ts';
import type { SegmentRow } from './repository.ts';

const pageSize = 200;
/** HubSpot's search gives no more. */
const searchLimit = 10_000;
/** Hits of a search that are looked at for members, where search cannot say the filters. */
const searched = 1_000;
/** Members read as a whole to sort them here. */
const sortedHere = 2_500;

type Sort = (typeof memberSorts)[number];
const sortedBy: Record<Sort, string> = { name: 'firstname', email: 'email', country: 'country' };

/**
 * Who is in a segment, a page of at most 250. In HubSpot's order of ids; sorted or searched for by HubSpot's
 * search where that says the filters exactly and all is processed, else members are read and sorted here up
 * to 2,500, and a search looks at HubSpot's first 1,000 hits. Fails with `deleted_segment`, or as the
 * connection or HubSpot does.
 */
export async function listMembers(
  actor: Actor,
  listId: string,
  query: MembersQuery,
): Promise<Result<Members>> {
  const opened = await openHubSpot(actor.workspaceId);
  if (!opened.ok) return opened;
  const loaded = await loadList(opened.value, actor.workspaceId, listId);
  if (!loaded.ok) return loaded;
  const groups = await exactSearch(actor.workspaceId, loaded.value);
  if (!groups.ok) return groups;
  const { row } = loaded.value;
  const canSort = groups.value !== null ? (row.size ?? 0) <= searchLimit : (row.size ?? 0) <= sortedHere;
  const view: View = { actor, hubspot: opened.value, listId, query, row, canSort };
  const isPlain = query.q === '' && query.sort === undefined;
  if (isPlain) return byId(view);
  if (groups.value) return bySearch(view, groups.value);
  return query.q === '' ? sortedMembers(view) : amongHits(view);
}

type View = {
  actor: Actor;
  hubspot: HubSpotPort;
  listId: string;
  query: MembersQuery;
  row: SegmentRow;
  canSort: boolean;
};
type Loaded = Extract<Awaited<ReturnType<typeof loadList>>, { ok: true }>['value'];

/** The filters as search says them; null where it cannot, or while HubSpot is still finding members. */
async function exactSearch(workspaceId: string, loaded: Loaded): Promise<Result<SearchFilter[][] | null>> {
  const { row, filterBranch } = loaded;
  if (!filterBranch || row.processingType !== 'DYNAMIC' || row.processingStatus !== 'COMPLETE')
    return ok(null);
  const count = await openCount(workspaceId, filterBranch);
  if (!count.ok) return count;
  const said = toSearch(filterBranch, count.value.known, count.value.clock);
  return ok(said.isExact && fitsSearch(said.groups) ? said.groups : null);
}

async function byId(view: View): Promise<Result<Members>> {
  const { hubspot, listId, query, row } = view;
  const page = await hubspot.members(listId, query.after ?? null);
  if (!page.ok) return fail(memberFailure(page.failure));
  const contacts = await hubspot.readContacts(page.value.ids, personProperties);
  if (!contacts.ok) return fail(memberFailure(contacts.failure));
  const found = contacts.value.filter((contact) => contact !== null);
  return answer(view, found, { after: page.value.after, total: row.size });
}

async function bySearch(view: View, groups: SearchFilter[][]): Promise<Result<Members>> {
  const { query, hubspot } = view;
  const found = await hubspot.searchContacts({
    ...(query.q === '' ? {} : { query: query.q }),
    filterGroups: groups.map((filters) => ({ filters })),
    properties: personProperties,
    sorts: [sortOf(query)],
    limit: pageSize,
    ...(query.after ? { after: query.after } : {}),
  });
  if (!found.ok) return fail(memberFailure(found.failure));
  const { contacts, after, total } = found.value;
  return answer(view, contacts, { after: Number(after) < searchLimit ? after : null, total });
}

function sortOf({ sort, direction }: MembersQuery) {
  if (!sort) return { propertyName: 'hs_object_id', direction: 'ASCENDING' as const };
  const way = direction === 'descending' ? ('DESCENDING' as const) : ('ASCENDING' as const);
  return { propertyName: sortedBy[sort], direction: way };
}

async function sortedMembers(view: View): Promise<Result<Members>> {
  const { hubspot, listId, query } = view;
  const all: HubSpotContact[] = [];
  for (let after: string | null = null; all.length <= sortedHere; ) {
    const page: Awaited<ReturnType<HubSpotPort['members']>> = await hubspot.members(listId, after);
    if (!page.ok) return fail(memberFailure(page.failure));
    const contacts = await hubspot.readContacts(page.value.ids, personProperties);
    if (!contacts.ok) return fail(memberFailure(contacts.failure));
    all.push(...contacts.value.filter((contact) => contact !== null));
    after = page.value.after;
    if (after === null) break;
  }
  const people = sortPeople(all, query);
  const from = Number(query.after ?? 0) || 0;
  const until = from + pageSize;
  const after = until < people.length ? String(until) : null;
  return answer(view, people.slice(from, until), { after, total: people.length });
}

/** Blanks last, in either direction, as HubSpot's search has them. */
function sortPeople(contacts: HubSpotContact[], { sort, direction }: MembersQuery): HubSpotContact[] {
  if (!sort) return contacts;
  const sign = direction === 'descending' ? -1 : 1;
  const keyOf = ({ values }: HubSpotContact) => fold(values[sortedBy[sort]] ?? '');
  return contacts.toSorted((a, b) => {
    const [one, other] = [keyOf(a), keyOf(b)];
    if (one === '' || other === '') return Number(one === '') - Number(other === '');
    return sign * one.localeCompare(other, 'en');
  });
}

async function amongHits(view: View): Promise<Result<Members>> {
  const { hubspot, listId, query } = view;
  const members: HubSpotContact[] = [];
  let isIncomplete = false;
  for (let after: string | null = null, read = 0; ; ) {
    const found: Awaited<ReturnType<HubSpotPort['searchContacts']>> = await hubspot.searchContacts({
      query: query.q,
      filterGroups: [],
      properties: personProperties,
      limit: pageSize,
      ...(after ? { after } : {}),
    });
    if (!found.ok) return fail(memberFailure(found.failure));
    const { contacts } = found.value;
    const lists = contacts.length === 0 ? ok([]) : await hubspot.memberships(contacts.map(({ id }) => id));
    if (!lists.ok) return fail(memberFailure(lists.failure));
    members.push(...contacts.filter((_, index) => lists.value[index]?.includes(listId)));
    read += contacts.length;
    after = found.value.after;
    isIncomplete = after !== null && read >= searched;
    if (after === null || isIncomplete) break;
  }
  return answer(view, sortPeople(members, query), { after: null, total: members.length, isIncomplete });
}

async function answer(
  { actor, canSort }: View,
  contacts: HubSpotContact[],
  more: Pick<Members, 'after' | 'total'> & Partial<Pick<Members, 'isIncomplete'>>,
): Promise<Result<Members>> {
  const people = await toPeople(actor.workspaceId, contacts);
  return ok({ isIncomplete: false, ...more, people, canSort });
}

export function memberFailure(failure: CrmFailure) {
  return failure.kind === 'notFound'
    ? ({ code: 'deleted_segment' } as const)
    : crmFailureToFailure('HUBSPOT', failure);
}
