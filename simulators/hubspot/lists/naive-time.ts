import type { NaiveOperation, NaivePoint, Person, Setting } from './naive-types.ts';

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

export function moment(person: Person, property: string, setting: Setting): number | undefined {
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

export function naiveTime(ms: number, operation: NaiveOperation, person: Person, setting: Setting): boolean {
  const { operator } = operation;
  const day = dayOf(ms, setting.zone);
  switch (operation.operationType) {
    case 'ROLLING_PROPERTY_UPDATED':
    case 'ROLLING_DATE_RANGE':
      return naiveRolling(ms, day, operation, setting);
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

function naiveRolling(ms: number, day: string, operation: NaiveOperation, setting: Setting): boolean {
  const { operator, numberOfDays } = operation;
  const today = dayOf(setting.now, setting.zone);
  if (operation.operationType === 'ROLLING_PROPERTY_UPDATED') {
    const recent = day >= plusDays(today, -numberOfDays) && ms <= setting.now;
    return operator === 'UPDATED_IN_LAST_X_DAYS' ? recent : !recent;
  }
  if (operator === 'IS_LESS_THAN_X_DAYS_AGO')
    return day >= plusDays(today, -numberOfDays) && ms <= setting.now;
  if (operator === 'IS_MORE_THAN_X_DAYS_AGO') return day < plusDays(today, -numberOfDays);
  const end = firstMoment(plusDays(today, numberOfDays), setting.zone);
  return operator === 'IS_LESS_THAN_X_DAYS_FROM_NOW' ? ms >= setting.now && ms <= end : ms > end;
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
