import { compile, compileFilter, compileParts } from '../evaluate/compile.ts';
import type { Clock } from '../evaluate/dates.ts';
import { needs } from '../evaluate/evaluate.ts';
import type { Decide } from '../evaluate/property.ts';
import { readCondition } from '../filter/condition.ts';
import { type EditorGroup, type EditorItem, toEditor } from '../filter/editor-model.ts';
import type { Filter, FilterBranch } from '../filter/model.ts';
import { readPropertyFilter } from '../filter/operations.ts';
import { valueKind } from '../property-types.ts';

/** Values of one filter that are counted one by one. */
const countedValues = 50;
export const weekMs = 7 * 86_400_000;

export type PlannedFilter = {
  decide: Decide;
  json: Filter | FilterBranch;
  isBranch: boolean;
  /** Written by *Exclude contacts*: nobody's closest miss. */
  isExclusion: boolean;
  isOnlyHubSpot: boolean;
  /** The property that a value of it blocks, null where it is no property's. */
  property: string | null;
  /** Blanks pass. */
  letsBlanksIn: boolean;
  values: { value: string; decide: Decide }[];
};
export type PlannedGroup = { filters: PlannedFilter[]; isOnlyHubSpot: boolean };

/** A segment's filters made ready for counting; null if they are no OR of ANDs. */
export function planCount(branch: FilterBranch, clock: Clock): PlannedGroup[] | null {
  let id = 0;
  const model = toEditor(branch, () => String(id++));
  return model ? model.groups.map((group) => planGroup(group, clock)) : null;
}

function planGroup(group: EditorGroup, clock: Clock): PlannedGroup {
  const deciders = compileParts(group.origin, clock);
  const filters = group.items.map((item, index) => planFilter(item, deciders[index], clock));
  return { filters, isOnlyHubSpot: filters.some(({ isOnlyHubSpot }) => isOnlyHubSpot) };
}

function planFilter(item: EditorItem, decide: Decide | undefined, clock: Clock): PlannedFilter {
  const { json, isBranch, isExclusion } = item;
  const property = isBranch ? null : readPropertyFilter(json);
  const alone: FilterBranch = isBranch
    ? (json as FilterBranch)
    : { filterBranchType: 'AND', filters: [json as Filter] };
  return {
    decide: decide ?? compile(alone, clock),
    json,
    isBranch,
    isExclusion,
    isOnlyHubSpot: needs(alone).onlyHubSpot,
    property: property?.property ?? null,
    letsBlanksIn: property?.operation.includeObjectsWithNoValueSet ?? false,
    values: isBranch ? [] : valuesOf(json as Filter, clock),
  };
}

/** Each value of a filter that wants any of several, as a filter of its own. */
function valuesOf(filter: Filter, clock: Clock): PlannedFilter['values'] {
  const condition = readCondition(filter);
  const kind = condition && valueKind(condition.operator);
  const isPositive = condition && !/Not|None|Ever/.test(condition.operator);
  if (!condition || !isPositive || (kind !== 'options' && kind !== 'texts')) return [];
  return condition.values.slice(0, countedValues).map((value) => {
    const operation = { ...(filter.operation as Record<string, unknown>), values: [value], value };
    const alone = { ...filter, operation: { ...operation, includeObjectsWithNoValueSet: false } };
    return { value, decide: compileFilter(alone, clock) };
  });
}

/** Whether the same filters let fewer in when only the date is another. */
export function compileInAWeek(branch: FilterBranch, clock: Clock): Decide {
  return compile(branch, { ...clock, now: new Date(clock.now.getTime() + weekMs) });
}
