import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, SearchFilter } from '#lib/crm/ports.ts';
import { compile, type Person } from '../evaluate/evaluate.ts';
import type { FilterBranch } from '../filter/model.ts';
import { toSearch } from '../filter/to-search.ts';
import { compileMove, eitherOf } from '../sizes/effect.ts';
import { missedFilter } from '../sizes/misses.ts';
import { compileInAWeek, type PlannedGroup, planCount } from '../sizes/plan.ts';
import type { FoundPerson, Who, WhoAnswer, WhoRequest } from '../sizes/schemas.ts';
import { type CountJob, openCount, readPart } from './counting.ts';
import { flappingSince } from './flapping.ts';
import { findFlapping } from './lint-repository.ts';
import { loadList, openHubSpot } from './load-list.ts';

type Found = Pick<FoundPerson, 'group' | 'item' | 'value'>;

/**
 * Who stands behind a number of the editor: contacts that miss only one filter, with the value that blocks
 * them, or that leave by time alone. Read in parts of 1,000; `cursor` asks for the next one.
 */
export async function findWho(actor: Actor, request: WhoRequest): Promise<Result<WhoAnswer>> {
  const { who } = request;
  if (who.kind === 'flapping') return flappingPeople(actor, who.listId);
  const opened = await openCount(actor.workspaceId, request.filterBranch);
  if (!opened.ok) return opened;
  const job = { ...opened.value, isPatient: false };
  if (who.kind === 'starting' || who.kind === 'stopping') return findMoving(actor, job, who, request.cursor);
  return read(job, judgeOf(job, who), whomToRead(job, who), request.cursor);
}

type Judge = (person: Person) => Found | null;

async function read(
  job: CountJob,
  judge: Judge,
  groups: SearchFilter[][],
  cursor: WhoRequest['cursor'],
): Promise<Result<WhoAnswer>> {
  const people: FoundPerson[] = [];
  const from = cursor ?? { afterId: '', read: 0, toRead: 0 };
  const names = ['firstname', 'lastname', 'email'];
  const part = await readPart(job, groups, names, from, (contact, person) => {
    const found = judge(person);
    if (found) people.push({ ...personOf(contact), ...found });
  });
  if (!part.ok) return part;
  const { at, isDone, isWhole } = part.value;
  return ok({ people, read: at.read, toRead: at.toRead, cursor: isDone ? null : at, isIncomplete: !isWhole });
}

/** Against the filters as they are saved now. */
async function findMoving(
  actor: Actor,
  job: CountJob,
  who: Extract<Who, { kind: 'starting' | 'stopping' }>,
  cursor: WhoRequest['cursor'],
): Promise<Result<WhoAnswer>> {
  const loaded = await loadList(job.hubspot, actor.workspaceId, who.listId);
  if (!loaded.ok) return loaded;
  const saved = loaded.value.filterBranch;
  if (!saved) return fail({ code: 'static_segment', values: { name: loaded.value.row.name } });
  const move = compileMove(saved, job.filterBranch, job.clock);
  const wanted = who.kind === 'starting' ? 'start' : 'stop';
  const from = who.kind === 'starting' ? job.filterBranch : saved;
  const { groups } = toSearch(from, job.known, job.clock);
  const judge: Judge = (person) => (move(person) === wanted ? nothing : null);
  return read({ ...job, filterBranch: eitherOf(saved, job.filterBranch) }, judge, groups, cursor);
}

const nothing: Found = { group: null, item: null, value: null };
/** Names of more are not read: they are the most restless. */
const shownFlapping = 500;

async function flappingPeople(actor: Actor, listId: string): Promise<Result<WhoAnswer>> {
  const hubspot = await openHubSpot(actor.workspaceId);
  if (!hubspot.ok) return hubspot;
  const flapping = await findFlapping(db(), await flappingSince(actor.workspaceId, listId));
  const ids = flapping.slice(0, shownFlapping).map(({ contactId }) => contactId);
  const contacts = await hubspot.value.readContacts(ids, ['firstname', 'lastname', 'email']);
  if (!contacts.ok) return fail(crmFailureToFailure('HUBSPOT', contacts.failure));
  const people = contacts.value.flatMap((contact) => (contact ? [{ ...personOf(contact), ...nothing }] : []));
  const count = flapping.length;
  return ok({ people, read: count, toRead: count, cursor: null, isIncomplete: count > shownFlapping });
}

function personOf({ id, values }: HubSpotContact) {
  const name = [values.firstname, values.lastname].filter(Boolean).join(' ');
  return { id, name, email: values.email ?? null };
}

type Computed = Extract<Who, { kind: 'misses' | 'leaving' }>;

function judgeOf(job: CountJob, who: Computed): Judge {
  const groups = planCount(job.filterBranch, job.clock) ?? [];
  const isIn = compile(job.filterBranch, job.clock);
  if (who.kind === 'leaving') {
    const isInThen = compileInAWeek(job.filterBranch, job.clock);
    return (person) => {
      const leaves = isIn(person) === 'yes' && isInThen(person) === 'no';
      return leaves ? nothing : null;
    };
  }
  return (person) => (isIn(person) === 'no' ? missOf(groups, person, who.filter) : null);
}

function missOf(
  groups: PlannedGroup[],
  person: Person,
  wanted: { group: number; item: number } | null,
): Found | null {
  for (const [index, group] of groups.entries()) {
    if (wanted && wanted.group !== index) continue;
    const verdicts = group.filters.map(({ decide }) => decide(person));
    const miss = missedFilter(group, verdicts);
    if (!miss?.isCertain || (wanted && wanted.item !== miss.item)) continue;
    const property = group.filters[miss.item]?.property ?? null;
    const value = property === null ? null : (person.values[property] ?? null);
    return { group: index, item: miss.item, value };
  }
  return null;
}

/** Those who could be meant: they pass every filter of a group but the one that is missed. */
function whomToRead(job: CountJob, who: Computed): SearchFilter[][] {
  const { filterBranch, known, clock } = job;
  if (who.kind === 'leaving') return toSearch(filterBranch, known, clock).groups;
  const branches = (filterBranch.filterBranches ?? []).flatMap((group, index) => {
    if (who.filter && who.filter.group !== index) return [];
    const filters = group.filters ?? [];
    const isMissed = (at: number) => !who.filter || who.filter.item === at;
    const without = filters.flatMap((_, at) => {
      return isMissed(at) ? [{ ...group, filters: filters.filter((__, other) => other !== at) }] : [];
    });
    // A nested branch that is missed is no filter of search anyway.
    const isBranch = (group.filterBranches ?? []).some((_, at) => isMissed(filters.length + at));
    return isBranch ? [...without, group] : without;
  });
  const root: FilterBranch = { filterBranchType: 'OR', filterBranches: branches };
  const { groups } = toSearch(root, known, clock);
  return groups.length > 0 ? groups : [[]];
}
