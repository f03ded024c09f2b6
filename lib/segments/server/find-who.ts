import type { Actor } from '#lib/auth/actor.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, SearchFilter } from '#lib/crm/ports.ts';
import { compile, type Person } from '../evaluate/evaluate.ts';
import type { FilterBranch } from '../filter/model.ts';
import { toSearch } from '../filter/to-search.ts';
import { missedFilter } from '../sizes/misses.ts';
import { compileInAWeek, type PlannedGroup, planCount } from '../sizes/plan.ts';
import type { FoundPerson, Who, WhoAnswer, WhoRequest } from '../sizes/schemas.ts';
import { type CountJob, openCount, readPart } from './counting.ts';

type Found = Pick<FoundPerson, 'group' | 'item' | 'value'>;

/**
 * Who stands behind a number of the editor: contacts that miss only one filter, with the value that blocks
 * them, or that leave by time alone. Read in parts of 1,000; `cursor` asks for the next one.
 */
export async function findWho(actor: Actor, request: WhoRequest): Promise<Result<WhoAnswer>> {
  const opened = await openCount(actor.workspaceId, request.filterBranch);
  if (!opened.ok) return opened;
  const job = opened.value;
  const people: FoundPerson[] = [];
  const judge = judgeOf(job, request.who);
  const from = request.cursor ?? { afterId: '', read: 0, toRead: 0 };
  const names = ['firstname', 'lastname', 'email'];
  const part = await readPart(job, whomToRead(job, request.who), names, from, (contact, person) => {
    const found = judge(person);
    if (found) people.push({ ...personOf(contact), ...found });
  });
  if (!part.ok) return part;
  const { at, isDone, isWhole } = part.value;
  const { read, toRead } = at;
  return ok({ people, read, toRead, cursor: isDone ? null : at, isIncomplete: !isWhole });
}

function personOf({ id, values }: HubSpotContact) {
  const name = [values.firstname, values.lastname].filter(Boolean).join(' ');
  return { id, name, email: values.email ?? null };
}

function judgeOf(job: CountJob, who: Who): (person: Person) => Found | null {
  const groups = planCount(job.filterBranch, job.clock) ?? [];
  const isIn = compile(job.filterBranch, job.clock);
  if (who.kind === 'leaving') {
    const isInThen = compileInAWeek(job.filterBranch, job.clock);
    return (person) => {
      const leaves = isIn(person) === 'yes' && isInThen(person) === 'no';
      return leaves ? { group: null, item: null, value: null } : null;
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
function whomToRead(job: CountJob, who: Who): SearchFilter[][] {
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
