import type { SearchFilter } from '#lib/crm/ports.ts';
import { calendarRange, pointInstant, rollingRange } from '../evaluate/dates.ts';
import type { Clock } from '../evaluate/evaluate.ts';
import { needsHistory } from '../evaluate/property.ts';
import type { PropertyType } from '../schemas.ts';
import { civilOf } from '../zoned-time.ts';
import type { Filter, FilterBranch } from './model.ts';
import { type Operation, type OperationOf, type PropertyFilter, readPropertyFilter } from './operations.ts';

/**
 * A segment's filters as HubSpot's search takes them. Only what search says exactly counts as exact: text is
 * compared without case by both, options with case, numbers and dates by value. Words (`CONTAINS_TOKEN`) are
 * no substrings, and a negative operator must not let blanks in, so such filters only narrow the search.
 */
export type Search = { groups: SearchFilter[][]; isExact: boolean };

/** What is known of a property: phone numbers are normalised by search, so they are never exact. */
export type SearchableProperty = { type: PropertyType; isPhone: boolean };
type Known = (name: string) => SearchableProperty | undefined;

type Said = { filters: SearchFilter[]; isExact: boolean };
const narrows = (filters: SearchFilter[]): Said => ({ filters, isExact: false });
const exactly = (...filters: SearchFilter[]): Said => ({ filters, isExact: true });
const nothing: Said = narrows([]);

export function toSearch(branch: FilterBranch, known: Known, clock: Clock): Search {
  const isPlain = branch.filterBranchType === 'OR' && (branch.filters ?? []).length === 0;
  const branches = branch.filterBranches ?? [];
  if (!isPlain || branches.some((group) => group.filterBranchType !== 'AND'))
    return { groups: [[]], isExact: false };
  const said = branches.map((group) => sayGroup(group, known, clock));
  return { groups: said.map(({ filters }) => filters), isExact: said.every(({ isExact }) => isExact) };
}

function sayGroup(group: FilterBranch, known: Known, clock: Clock): Said {
  const parts = (group.filters ?? []).map((filter) => sayFilter(filter, known, clock));
  const hasBranches = (group.filterBranches ?? []).length > 0;
  return {
    filters: parts.flatMap(({ filters }) => filters),
    isExact: !hasBranches && parts.length > 0 && parts.every(({ isExact }) => isExact),
  };
}

function sayFilter(filter: Filter, known: Known, clock: Clock): Said {
  const property = readPropertyFilter(filter);
  const info = property && known(property.property);
  if (!property || !info) return nothing;
  const has = { propertyName: property.property, operator: 'HAS_PROPERTY' };
  const { operation } = property;
  if (operation.operationType === 'ALL_PROPERTY') {
    const wantsValue = operation.operator === 'IS_KNOWN' || operation.operator === 'IS_NOT_BLANK';
    return exactly(wantsValue ? has : { ...has, operator: 'NOT_HAS_PROPERTY' });
  }
  // With blanks let in, a group would have to be said twice: it is read instead.
  if (operation.includeObjectsWithNoValueSet || needsHistory(operation)) return nothing;
  const said = info.isPhone ? null : sayValue(property, info.type, clock);
  return said ?? narrows([has]);
}

function sayValue({ property, operation }: PropertyFilter, type: PropertyType, clock: Clock): Said | null {
  const has = { propertyName: property, operator: 'HAS_PROPERTY' };
  const filter = (operator: string, value: string) => ({ propertyName: property, operator, value });
  const oneOf = (operator: string, values: string[]) => ({ propertyName: property, operator, values });
  switch (operation.operationType) {
    case 'STRING':
    case 'MULTISTRING': {
      if (type !== 'text') return null;
      const given = operation.operationType === 'STRING' ? [operation.value] : operation.values;
      const values = given.map((value) => value.toLowerCase());
      if (operation.operator === 'IS_EQUAL_TO') return exactly(oneOf('IN', values));
      return operation.operator === 'IS_NOT_EQUAL_TO' ? exactly(oneOf('NOT_IN', values), has) : null;
    }
    case 'ENUMERATION':
      if (type !== 'choice' && type !== 'owner') return null;
      if (operation.operator === 'IS_ANY_OF') return exactly(oneOf('IN', operation.values));
      return operation.operator === 'IS_NONE_OF' ? exactly(oneOf('NOT_IN', operation.values), has) : null;
    case 'BOOL': {
      const value = operation.operator === 'IS_EQUAL_TO' ? operation.value : !operation.value;
      return type === 'yesNo' ? exactly(filter('EQ', String(value))) : null;
    }
    case 'NUMBER':
      return type === 'number' ? sayNumber(operation, filter, has) : null;
    case 'NUMBER_RANGED':
      if (type !== 'number' || operation.operator !== 'IS_BETWEEN') return null;
      return exactly({
        ...filter('BETWEEN', String(operation.lowerBound)),
        highValue: String(operation.upperBound),
      });
    default:
      return type === 'date' || type === 'dateTime' ? sayTime(operation, type, filter, clock) : null;
  }
}

type Make = (operator: string, value: string) => SearchFilter;

const numberOperators: Partial<Record<OperationOf<'NUMBER'>['operator'], string>> = {
  IS_EQUAL_TO: 'EQ',
  IS_GREATER_THAN: 'GT',
  IS_GREATER_THAN_OR_EQUAL_TO: 'GTE',
  IS_LESS_THAN: 'LT',
  IS_LESS_THAN_OR_EQUAL_TO: 'LTE',
};

function sayNumber(operation: OperationOf<'NUMBER'>, filter: Make, has: SearchFilter): Said | null {
  const value = String(operation.value);
  if (operation.operator === 'IS_NOT_EQUAL_TO') return exactly(filter('NEQ', value), has);
  const operator = numberOperators[operation.operator];
  return operator ? exactly(filter(operator, value)) : null;
}

/** A range of instants with its first and last one, both inside. */
type Range = [number, number];

function sayTime(operation: Operation, type: 'date' | 'dateTime', filter: Make, clock: Clock): Said | null {
  const range = rangeOf(operation, clock);
  if (!range) return null;
  const [low, high] = range;
  const bounds: SearchFilter[] = [];
  const at = (instant: number) => String(type === 'date' ? utcDay(instant, clock.timeZone) : instant);
  if (Number.isFinite(low))
    bounds.push(filter('GTE', type === 'date' ? at(nextMidnight(low, clock)) : at(low)));
  if (Number.isFinite(high)) bounds.push(filter('LTE', at(high)));
  return exactly(...bounds);
}

/** The instants that an operation lets pass, first and last; null if they are no such range. */
export function rangeOf(operation: Operation, clock: Clock): Range | null {
  const open = (range: [number, number] | null): Range | null => range && [range[0], range[1] - 1];
  switch (operation.operationType) {
    case 'TIME_POINT': {
      const point = pointInstant(operation.timePoint, clock);
      if (point === null) return null;
      const step = operation.endpointBehavior === 'INCLUSIVE' ? 0 : 1;
      return operation.operator === 'IS_BEFORE' ? [-Infinity, point - step] : [point + step, Infinity];
    }
    case 'TIME_RANGED': {
      const low = pointInstant(operation.lowerBoundTimePoint, clock);
      const high = pointInstant(operation.upperBoundTimePoint, clock);
      if (low === null || high === null || operation.operator !== 'IS_BETWEEN') return null;
      const inner = (behavior: string) => (behavior === 'INCLUSIVE' ? 0 : 1);
      return [
        low + inner(operation.lowerBoundEndpointBehavior),
        high - inner(operation.upperBoundEndpointBehavior),
      ];
    }
    case 'ROLLING_DATE_RANGE':
      return open(rollingRange(operation, clock));
    case 'CALENDAR_DATE':
      return open(calendarRange(operation, clock));
    default:
      return null;
  }
}

/** A date property is midnight UTC of its day: the day of an instant in the account's zone, said so. */
function utcDay(instant: number, timeZone: string): number {
  const { year, month, day } = civilOf(instant, timeZone);
  return Date.UTC(year, month - 1, day);
}

/** The first midnight at or after an instant: a day counts from its start. */
function nextMidnight(instant: number, clock: Clock): number {
  const { hour, minute, second, millisecond } = civilOf(instant, clock.timeZone);
  return hour + minute + second + millisecond === 0 ? instant : instant + 86_400_000;
}

const limits = { groups: 5, perGroup: 6, all: 18, body: 2_800 };

/** Whether HubSpot takes a search of this size (5 groups, 6 filters each, 18 in all, 3,000 characters). */
export function fitsSearch(groups: SearchFilter[][]): boolean {
  return (
    groups.length <= limits.groups &&
    groups.every((group) => group.length <= limits.perGroup) &&
    groups.flat().length <= limits.all &&
    JSON.stringify(groups).length <= limits.body
  );
}

/**
 * The search that reads everybody who could match, with one more filter in each group: narrowed where that
 * fits HubSpot's limits, else everybody.
 */
export function narrowedSearch(groups: SearchFilter[][], added: SearchFilter): SearchFilter[][] {
  const narrowed = groups.map((group) => [...group.slice(0, limits.perGroup - 1), added]);
  return narrowed.length > 0 && fitsSearch(narrowed) ? narrowed : [[added]];
}
