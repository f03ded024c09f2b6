import type { HubSpotPort, PropertyHistory } from '#lib/crm/ports.ts';
import { evaluateFilter, explain, needs, type Person } from '#lib/segments/evaluate/evaluate.ts';
import { type FilterBranch, filterBranchSchema } from '#lib/segments/filter/model.ts';
import { readPropertyFilter } from '#lib/segments/filter/operations.ts';
import type { Through } from './store.ts';

/** A segment's criteria, with the clock by which their days are read. */
export type Criteria = { branch: FilterBranch; clock: Parameters<typeof explain>[2] };

/** Criteria as our own reading knows them; null where they are no OR of groups. */
export function readCriteria(filterBranch: unknown, clock: Criteria['clock']): Criteria | null {
  const branch = filterBranchSchema.safeParse(filterBranch);
  if (!branch.success) return null;
  const { filterBranchType, filters } = branch.data;
  return filterBranchType === 'OR' && (filters ?? []).length === 0 ? { branch: branch.data, clock } : null;
}

/**
 * Through which criterion each of these contacts came in or went out, by what HubSpot's history shows of the
 * properties that the criteria look at. It only explains: of whom nothing can be read or told there is no entry.
 */
export async function throughOf(
  hubspot: Pick<HubSpotPort, 'readHistory'>,
  criteria: Criteria | null,
  contactIds: string[],
  way: 'in' | 'out',
): Promise<Map<string, Through>> {
  const found = new Map<string, Through>();
  const properties = criteria ? needs(criteria.branch).properties : [];
  if (!criteria || properties.length === 0 || contactIds.length === 0) return found;
  const histories = await hubspot.readHistory(contactIds, properties);
  if (!histories.ok) return found;
  for (const [position, id] of contactIds.entries()) {
    const history = histories.value[position];
    const through = history ? crossing(criteria, properties, history, way) : null;
    if (through) found.set(id, through);
  }
  return found;
}

type Place = Through & { changedAt: number; hasTurned: boolean };

/**
 * The criterion that turned last: met now and not by the former value, or the other way round. Where none has
 * turned (days went by), the one whose property changed last. Pure.
 */
export function crossing(
  criteria: Criteria,
  properties: readonly string[],
  history: PropertyHistory,
  way: 'in' | 'out',
): Through | null {
  const values = Object.fromEntries(properties.map((name) => [name, history[name]?.[0]?.value ?? null]));
  const places = placesOf(criteria, { values, lists: null }, history, way);
  const [last] = places.toSorted(
    (a, b) => Number(b.hasTurned) - Number(a.hasTurned) || b.changedAt - a.changedAt,
  );
  if (!last) return null;
  const { property, value, group } = last;
  return { property, value, group };
}

/** Filters that are met in groups that are met, or that are missed. */
function placesOf(
  { branch, clock }: Criteria,
  person: Person,
  history: PropertyHistory,
  way: 'in' | 'out',
): Place[] {
  const wanted = way === 'in' ? 'yes' : 'no';
  const explained = explain(branch, person, clock);
  return (branch.filterBranches ?? []).flatMap((inner, group) => {
    if (way === 'in' && explained[group]?.verdict === 'no') return [];
    return (inner.filters ?? []).flatMap((filter, at): Place[] => {
      const property = readPropertyFilter(filter)?.property;
      if (property === undefined || explained[group]?.parts[at] !== wanted) return [];
      const [newest, former] = history[property] ?? [];
      const before = { ...person, values: { ...person.values, [property]: former?.value ?? null } };
      const verdict = evaluateFilter(filter, before, clock);
      const value = newest?.value ?? null;
      const changedAt = newest?.at.getTime() ?? 0;
      return [{ property, value, group, changedAt, hasTurned: verdict !== wanted && verdict !== 'unknown' }];
    });
  });
}
