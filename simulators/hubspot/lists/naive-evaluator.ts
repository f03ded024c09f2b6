/**
 * A second evaluator of the filter language, for the tests alone: slow, plain, sharing nothing with the first one.
 * It knows a person as plain data and compares days as text.
 */
export interface Person {
  id: string;
  values: Record<string, string | undefined>;
  /** Every value each property ever had, newest first, with the time it was set. */
  past: Record<string, { value: string; at: number }[]>;
  types: Record<string, string>;
  lists: string[];
  companyRevenues: (number | undefined)[];
}

interface Setting {
  now: number;
  zone: string;
}

interface NaivePoint {
  timeType: string;
  year: number;
  month: number;
  day: number;
  hour?: number;
  indexReference: { referenceType: string };
  offset?: { days?: number; hours?: number };
}

interface NaiveOperation {
  operationType: string;
  operator: string;
  includeObjectsWithNoValueSet: boolean;
  value: string | number | boolean;
  values: string[];
  lowerBound: number;
  upperBound: number;
  timestamp: number;
  year: number;
  month: string;
  day: number;
  numberOfDays: number;
  timeUnit: string;
  timeUnitCount?: number;
  comparisonPropertyName: string;
  timePoint: NaivePoint;
  lowerBoundTimePoint: NaivePoint;
  upperBoundTimePoint: NaivePoint;
  endpointBehavior?: string;
  lowerBoundEndpointBehavior?: string;
  upperBoundEndpointBehavior?: string;
  propertyParser?: string;
}

interface NaiveFilter {
  filterType: string;
  property: string;
  operation: NaiveOperation;
  operator: string;
  listId: string;
  shouldAccept: boolean;
}

/** A branch as the JSON it is: which fields are there depends on its type. */
export interface NaiveBranch {
  filterBranchType: string;
  filterBranches: NaiveBranch[];
  filters: NaiveFilter[];
}

export function naiveMatch(person: Person, branch: NaiveBranch, setting: Setting): boolean {
  if (branch.filterBranchType === 'ASSOCIATION') {
    const wanted = branch.filters;
    const fits = (revenue: number | undefined) =>
      wanted.every((filter) =>
        naiveNumber(revenue === undefined ? undefined : String(revenue), filter.operation),
      );
    return person.companyRevenues.filter(fits).length > 0;
  }
  const answers: boolean[] = [];
  for (const filter of branch.filters) answers.push(naiveFilter(person, filter, setting));
  for (const inner of branch.filterBranches) answers.push(naiveMatch(person, inner, setting));
  const yes = answers.filter((answer) => answer).length;
  return branch.filterBranchType === 'OR' ? yes > 0 : yes === answers.length;
}

function naiveFilter(person: Person, filter: NaiveFilter, setting: Setting): boolean {
  if (filter.filterType === 'CONSTANT') return filter.shouldAccept;
  if (filter.filterType === 'IN_LIST') {
    const inside = person.lists.indexOf(filter.listId) >= 0;
    return filter.operator === 'IN_LIST' ? inside : !inside;
  }
  const { operation, property } = filter;
  const value = person.values[property];
  const empty: boolean = operation.includeObjectsWithNoValueSet;
  switch (operation.operationType) {
    case 'ALL_PROPERTY':
      return operation.operator === 'IS_KNOWN' || operation.operator === 'IS_NOT_BLANK' ? !!value : !value;
    case 'NUMBER':
    case 'NUMBER_RANGED':
      if (operation.operator.startsWith('HAS_')) break;
      return naiveNumber(value, operation);
  }
  if (operation.operator.startsWith('HAS_')) return naiveEver(person, property, operation);
  if (!value) return empty;
  if (operation.propertyParser === 'UPDATED_AT' || operation.operationType === 'ROLLING_PROPERTY_UPDATED') {
    const changed = person.past[property]?.[0]?.at;
    return changed === undefined ? empty : naiveTime(changed, operation, person, setting);
  }
  switch (operation.operationType) {
    case 'STRING':
      return naiveText(value, operation.operator, [String(operation.value)]);
    case 'MULTISTRING':
      return naiveText(value, operation.operator, operation.values);
    case 'COMPARATIVE_STRING': {
      const other = person.values[operation.comparisonPropertyName];
      if (!other) return empty;
      const same = value.localeCompare(other, 'en', { sensitivity: 'accent' }) === 0;
      return operation.operator === 'IS_EQUAL_TO' ? same : !same;
    }
    case 'BOOL':
      return operation.operator === 'IS_EQUAL_TO'
        ? value === `${operation.value}`
        : value !== `${operation.value}`;
    case 'ENUMERATION':
      return naiveOptions(value, operation.operator, operation.values);
    default:
      return naiveTime(moment(person, property, setting) ?? 0, operation, person, setting);
  }
}

function naiveText(value: string, operator: string, wanted: string[]): boolean {
  const text = value.toLowerCase();
  const list = wanted.map((each) => each.toLowerCase());
  const exactly = (phrase: string) => ` ${text} `.includes(` ${phrase} `);
  if (operator === 'IS_EQUAL_TO') return list.includes(text);
  if (operator === 'IS_NOT_EQUAL_TO') return !list.includes(text);
  if (operator === 'CONTAINS') return list.filter((each) => text.indexOf(each) >= 0).length > 0;
  if (operator === 'DOES_NOT_CONTAIN') return list.filter((each) => text.indexOf(each) >= 0).length === 0;
  if (operator === 'STARTS_WITH') return list.some((each) => text.slice(0, each.length) === each);
  if (operator === 'ENDS_WITH') return list.some((each) => text.slice(text.length - each.length) === each);
  if (operator === 'CONTAINS_EXACTLY') return list.some(exactly);
  if (operator === 'DOES_NOT_CONTAIN_EXACTLY') return !list.some(exactly);
  throw new Error(`The naive evaluator does not know ${operator}.`);
}

function naiveNumber(value: string | undefined, operation: NaiveOperation): boolean {
  if (!value) return operation.includeObjectsWithNoValueSet;
  const number = Number.parseFloat(value);
  const wanted = Number(operation.value);
  const inside = !(number < operation.lowerBound) && !(number > operation.upperBound);
  const answers: Record<string, boolean> = {
    IS_EQUAL_TO: number === wanted,
    IS_NOT_EQUAL_TO: number !== wanted,
    IS_GREATER_THAN: number > wanted,
    IS_GREATER_THAN_OR_EQUAL_TO: !(number < wanted),
    IS_LESS_THAN: number < wanted,
    IS_LESS_THAN_OR_EQUAL_TO: !(number > wanted),
    IS_BETWEEN: inside,
    IS_NOT_BETWEEN: !inside,
  };
  return answers[operation.operator] ?? false;
}

function naiveOptions(value: string, operator: string, wanted: string[]): boolean {
  const has = value.split(';');
  const common = [...new Set(wanted)].filter((each) => has.includes(each)).length;
  const distinct = new Set(wanted).size;
  const answers: Record<string, boolean> = {
    IS_ANY_OF: common > 0,
    IS_NONE_OF: common === 0,
    IS_EXACTLY: common === distinct && common === has.length,
    IS_NOT_EXACTLY: !(common === distinct && common === has.length),
    CONTAINS_ALL: common === distinct,
    DOES_NOT_CONTAIN_ALL: common !== distinct,
  };
  return answers[operator] ?? false;
}

function naiveEver(person: Person, property: string, operation: NaiveOperation): boolean {
  const had = (person.past[property] ?? []).map((each) => each.value).filter((value) => value !== '');
  if (had.length === 0) return operation.includeObjectsWithNoValueSet;
  const positive = operation.operator.replace('NEVER', 'EVER');
  const one = (value: string): boolean => {
    const lower = value.toLowerCase();
    const wanted = `${operation.value}`.toLowerCase();
    if (positive === 'HAS_EVER_BEEN_EQUAL_TO') {
      return operation.operationType === 'NUMBER' ? Number(value) === operation.value : lower === wanted;
    }
    if (positive === 'HAS_EVER_CONTAINED') return lower.includes(wanted);
    if (positive === 'HAS_EVER_BEEN_ANY_OF') return naiveOptions(value, 'IS_ANY_OF', operation.values);
    if (positive === 'HAS_EVER_BEEN_EXACTLY') return naiveOptions(value, 'IS_EXACTLY', operation.values);
    return naiveOptions(value, 'CONTAINS_ALL', operation.values);
  };
  const ever = had.map(one).includes(true);
  return positive === operation.operator ? ever : !ever;
}

/** The day that the zone's calendar shows, as YYYY-MM-DD. */
function dayOf(ms: number, zone: string): string {
  const calendar = calendars.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
  calendars.set(zone, calendar);
  return calendar.format(ms);
}

const calendars = new Map<string, Intl.DateTimeFormat>();
const starts = new Map<string, number>();

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The first moment of a day in the zone, found by trying every quarter of an hour. */
function firstMoment(day: string, zone: string): number {
  const known = starts.get(`${zone} ${day}`);
  if (known !== undefined) return known;
  let ms = Date.parse(day) - 15 * 3_600_000;
  while (dayOf(ms, zone) < day) ms += 900_000;
  starts.set(`${zone} ${day}`, ms);
  return ms;
}

function moment(person: Person, property: string, setting: Setting): number | undefined {
  const value = person.values[property];
  if (!value) return undefined;
  return person.types[property] === 'date' ? firstMoment(value, setting.zone) : Date.parse(value);
}

function unitOf(day: string, unit: string): string {
  const [year = '', month = ''] = day.split('-');
  if (unit === 'DAY') return day;
  if (unit === 'MONTH') return `${year}-${month}`;
  if (unit === 'YEAR') return year;
  if (unit === 'QUARTER') return `${year}-Q${Math.ceil(Number(month) / 3)}`;
  const monday = plusDays(day, -((new Date(day).getUTCDay() + 6) % 7));
  return `W${monday}`;
}

function neighbour(day: string, unit: string, step: number): string {
  // One day at a time until the unit is another one.
  let at = day;
  while (unitOf(at, unit) === unitOf(day, unit)) at = plusDays(at, step);
  return at;
}

function naiveCalendar(ms: number, operation: NaiveOperation, setting: Setting): boolean {
  const today = dayOf(setting.now, setting.zone);
  const day = dayOf(ms, setting.zone);
  const unit = operation.timeUnit;
  const same = unitOf(day, unit) === unitOf(today, unit);
  if (operation.operator === 'IN_THIS_TIME_UNIT') return same;
  if (operation.operator === 'IN_THIS_TIME_UNIT_SO_FAR') return same && ms <= setting.now;
  const step = operation.operator === 'IN_LAST_TIME_UNIT' ? -1 : 1;
  let at = today;
  for (let count = 0; count < (operation.timeUnitCount ?? 1); count += 1) {
    at = neighbour(at, unit, step);
    if (unitOf(day, unit) === unitOf(at, unit)) return true;
  }
  return false;
}

function naivePoint(point: NaivePoint, setting: Setting): number {
  if (point.timeType === 'DATE') {
    const day = `${point.year}-${String(point.month).padStart(2, '0')}-${String(point.day).padStart(2, '0')}`;
    return firstMoment(day, setting.zone) + (point.hour ?? 0) * 3_600_000;
  }
  const days = point.offset?.days ?? 0;
  if (point.indexReference.referenceType === 'TODAY') {
    return firstMoment(plusDays(dayOf(setting.now, setting.zone), days), setting.zone);
  }
  return setting.now + (point.offset?.hours ?? 0) * 3_600_000;
}

function naiveTime(ms: number, operation: NaiveOperation, person: Person, setting: Setting): boolean {
  const { operator } = operation;
  const day = dayOf(ms, setting.zone);
  const today = dayOf(setting.now, setting.zone);
  switch (operation.operationType) {
    case 'ROLLING_PROPERTY_UPDATED': {
      const recent = day >= plusDays(today, -operation.numberOfDays) && ms <= setting.now;
      return operator === 'UPDATED_IN_LAST_X_DAYS' ? recent : !recent;
    }
    case 'ROLLING_DATE_RANGE': {
      const { numberOfDays } = operation;
      if (operator === 'IS_LESS_THAN_X_DAYS_AGO')
        return day >= plusDays(today, -numberOfDays) && ms <= setting.now;
      if (operator === 'IS_MORE_THAN_X_DAYS_AGO') return day < plusDays(today, -numberOfDays);
      const end = firstMoment(plusDays(today, numberOfDays), setting.zone);
      return operator === 'IS_LESS_THAN_X_DAYS_FROM_NOW' ? ms >= setting.now && ms <= end : ms > end;
    }
    case 'CALENDAR_DATE':
      return naiveCalendar(ms, operation, setting);
    case 'DATETIME':
      return naiveAgainst(ms, day, operator, operation.timestamp, dayOf(operation.timestamp, setting.zone));
    case 'DATE': {
      const month = new Date(`1 ${operation.month} 2000 UTC`).getUTCMonth() + 1;
      const wanted = `${operation.year}-${String(month).padStart(2, '0')}-${String(operation.day).padStart(2, '0')}`;
      if (operator === 'IS_EQUAL_TO') return day === wanted;
      if (operator === 'IS_NOT_EQUAL_TO') return day !== wanted;
      return operator.startsWith('IS_BEFORE') ? day < wanted : day > wanted;
    }
    case 'RANGED_DATE': {
      const inside = ms >= operation.lowerBound && ms <= operation.upperBound;
      return operator === 'IS_BETWEEN' ? inside : !inside;
    }
    case 'COMPARATIVE_DATE': {
      const other = moment(person, operation.comparisonPropertyName, setting);
      if (other === undefined) return operation.includeObjectsWithNoValueSet;
      return operator === 'IS_BEFORE' ? ms < other : ms > other;
    }
    case 'TIME_POINT': {
      const point = naivePoint(operation.timePoint, setting);
      if (ms === point) return operation.endpointBehavior !== 'EXCLUSIVE';
      return operator === 'IS_BEFORE' ? ms < point : ms > point;
    }
    default: {
      const low = naivePoint(operation.lowerBoundTimePoint, setting);
      const high = naivePoint(operation.upperBoundTimePoint, setting);
      const above = operation.lowerBoundEndpointBehavior === 'EXCLUSIVE' ? ms > low : ms >= low;
      const below = operation.upperBoundEndpointBehavior === 'EXCLUSIVE' ? ms < high : ms <= high;
      return operator === 'IS_BETWEEN' ? above && below : !(above && below);
    }
  }
}

function naiveAgainst(ms: number, day: string, operator: string, point: number, pointDay: string): boolean {
  const answers: Record<string, boolean> = {
    IS_EQUAL_TO: ms === point,
    IS_NOT_EQUAL_TO: ms !== point,
    IS_BEFORE: ms < point,
    IS_AFTER: ms > point,
    IS_BEFORE_DATE: day < pointDay,
    IS_AFTER_DATE: day > pointDay,
  };
  return answers[operator] ?? false;
}
