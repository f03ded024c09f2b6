import type { ConditionOperator, Test } from './condition.ts';
import type { OperationOf, TimePoint } from './operations.ts';

/** How the editor shows a time point: before or after a day, or so many days back. */
export function readTimePoint(operation: OperationOf<'TIME_POINT'>): Test | null {
  const { timePoint, operator } = operation;
  if (operation.propertyParser !== 'VALUE' || operation.endpointBehavior !== 'EXCLUSIVE') return null;
  const ago = daysAgo(timePoint);
  if (ago !== null) return operator === 'IS_BEFORE' ? { operator: 'agoMore', values: [String(ago)] } : null;
  const at = dayOf(timePoint);
  if (operator === 'IS_BEFORE' && at?.edge === 'start') return { operator: 'dayBefore', values: [at.day] };
  return operator === 'IS_AFTER' && at?.edge === 'end' ? { operator: 'dayAfter', values: [at.day] } : null;
}

export function readTimeRange(operation: OperationOf<'TIME_RANGED'>): Test | null {
  const { lowerBoundTimePoint, upperBoundTimePoint, operator } = operation;
  const isPlain =
    operator === 'IS_BETWEEN' &&
    operation.propertyParser === 'VALUE' &&
    operation.lowerBoundEndpointBehavior === 'INCLUSIVE' &&
    operation.upperBoundEndpointBehavior === 'INCLUSIVE' &&
    lowerBoundTimePoint.zoneId === upperBoundTimePoint.zoneId;
  if (!isPlain) return null;
  const ago = daysAgo(lowerBoundTimePoint);
  if (ago !== null) return isNow(upperBoundTimePoint) ? { operator: 'agoLess', values: [String(ago)] } : null;
  const low = dayOf(lowerBoundTimePoint);
  const high = dayOf(upperBoundTimePoint);
  if (low?.edge !== 'start' || high?.edge !== 'end') return null;
  if (low.day === high.day) return { operator: 'dayIs', values: [low.day] };
  return { operator: 'dayBetween', values: [low.day, high.day] };
}

function dayOf(point: TimePoint): { day: string; edge: 'start' | 'end' } | null {
  if (point.timeType !== 'DATE') return null;
  const { hour = 0, minute = 0, second = 0, millisecond = 0 } = point;
  const clock = [hour, minute, second, millisecond].join(':');
  const edge = clock === '0:0:0:0' ? 'start' : clock === '23:59:59:999' ? 'end' : null;
  const pad = (value: number, length: number) => String(value).padStart(length, '0');
  return edge && { day: `${pad(point.year, 4)}-${pad(point.month, 2)}-${pad(point.day, 2)}`, edge };
}

/** The n of "today, n days back", at the start of that day; null for other points. */
function daysAgo(point: TimePoint): number | null {
  if (point.timeType !== 'INDEXED' || point.indexReference.referenceType !== 'TODAY') return null;
  const { hour = 0, minute = 0, second = 0, millisecond = 0 } = point.indexReference;
  if (hour || minute || second || millisecond) return null;
  const { days = 0, ...others } = point.offset ?? {};
  return days < 0 && Object.values(others).every((value) => !value) ? -days : null;
}

function isNow(point: TimePoint): boolean {
  if (point.timeType !== 'INDEXED' || point.indexReference.referenceType !== 'NOW') return false;
  return Object.values(point.offset ?? {}).every((value) => !value);
}

/** Writes a date condition as HubSpot's own screens do. */
export function writeTime(
  operator: ConditionOperator,
  [first = '', second = first]: string[],
  zoneId: string,
) {
  const start = (day: string) => datePoint(day, zoneId, [0, 0, 0, 0]);
  const end = (day: string) => datePoint(day, zoneId, [23, 59, 59, 999]);
  const today = {
    timeType: 'INDEXED',
    zoneId,
    indexReference: { referenceType: 'TODAY' },
    offset: { days: -Number(first) },
  };
  const now = { timeType: 'INDEXED', zoneId, indexReference: { referenceType: 'NOW' }, offset: {} };
  if (operator === 'dayBefore') return timePoint('IS_BEFORE', start(first));
  if (operator === 'dayAfter') return timePoint('IS_AFTER', end(first));
  if (operator === 'agoMore') return timePoint('IS_BEFORE', today);
  return operator === 'agoLess' ? timeRange(today, now) : timeRange(start(first), end(second));
}

function datePoint(day: string, zoneId: string, [hour, minute, second, millisecond]: number[]) {
  const [year, month, date] = day.split('-').map(Number);
  return { timeType: 'DATE', zoneId, year, month, day: date, hour, minute, second, millisecond };
}

function timePoint(operator: string, point: unknown) {
  return {
    operationType: 'TIME_POINT',
    operator,
    type: 'TIME_POINT',
    timePoint: point,
    endpointBehavior: 'EXCLUSIVE',
    propertyParser: 'VALUE',
  };
}

function timeRange(low: unknown, high: unknown) {
  return {
    operationType: 'TIME_RANGED',
    operator: 'IS_BETWEEN',
    type: 'TIME_RANGED',
    lowerBoundTimePoint: low,
    upperBoundTimePoint: high,
    lowerBoundEndpointBehavior: 'INCLUSIVE',
    upperBoundEndpointBehavior: 'INCLUSIVE',
    propertyParser: 'VALUE',
  };
}
