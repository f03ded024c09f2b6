import type { Property } from '../objects/types.ts';
import type { Operation } from './filter-types.ts';
import { monthNumber, resolveTimePoint, type TimeContext } from './time-points.ts';
import { dayStart, fromWall, toWall, type Unit, unitStart } from './zone.ts';

/** The operations over times: of a property's value or of its last change. */
export function matchesDate(context: TimeContext, property: Property, operation: Operation): boolean {
  const ofUpdate =
    operation.propertyParser === 'UPDATED_AT' || operation.operationType.endsWith('PROPERTY_UPDATED');
  const value = context.read(property.name, ofUpdate ? 'UPDATED_AT' : 'VALUE');
  if (value === undefined) return operation.includeObjectsWithNoValueSet;
  switch (operation.operationType) {
    case 'DATETIME':
      return atMoment(context.zone, value, operation);
    case 'DATE':
      return onDay(context.zone, value, operation);
    case 'RANGED_DATE':
      return inRange(context.zone, value, operation);
    case 'ROLLING_DATE_RANGE':
      return rolling(context, value, operation);
    case 'ROLLING_PROPERTY_UPDATED': {
      const since = dayStart(context.zone, context.now, -(operation.numberOfDays ?? 0));
      const updated = value >= since && value <= context.now;
      return updated === (operation.operator === 'UPDATED_IN_LAST_X_DAYS');
    }
    case 'CALENDAR_DATE':
      return inCalendar(context, value, operation);
    case 'COMPARATIVE_DATE':
    case 'COMPARATIVE_PROPERTY_UPDATED':
      return compared(context, value, operation, ofUpdate);
    case 'TIME_POINT':
      return toPoint(context, value, operation);
    default:
      return betweenPoints(context, value, operation);
  }
}

/** Is the given time a wall time written as if it were UTC? Then it is read in the account's zone. */
function converted(zone: string, ms: number, operation: Operation): number {
  return operation.requiresTimeZoneConversion ? fromWall(zone, toWall('UTC', ms)) : ms;
}

function atMoment(zone: string, value: number, operation: Operation): boolean {
  const moment = converted(zone, operation.timestamp ?? 0, operation);
  switch (operation.operator) {
    case 'IS_EQUAL_TO':
      return value === moment;
    case 'IS_NOT_EQUAL_TO':
      return value !== moment;
    case 'IS_BEFORE':
      return value < moment;
    case 'IS_AFTER':
      return value > moment;
    case 'IS_BEFORE_DATE':
      return value < dayStart(zone, moment);
    default:
      return value >= dayStart(zone, moment, 1);
  }
}

function onDay(zone: string, value: number, operation: Operation): boolean {
  const { year = 1970, month = 'JANUARY', day = 1 } = operation;
  const start = fromWall(zone, { year, month: monthNumber(month), day });
  const end = fromWall(zone, { year, month: monthNumber(month), day: day + 1 });
  switch (operation.operator) {
    case 'IS_EQUAL_TO':
      return value >= start && value < end;
    case 'IS_NOT_EQUAL_TO':
      return value < start || value >= end;
    case 'IS_BEFORE':
    case 'IS_BEFORE_DATE':
      return value < start;
    default:
      return value >= end;
  }
}

function inRange(zone: string, value: number, operation: Operation): boolean {
  const low = converted(zone, operation.lowerBound ?? 0, operation);
  const high = converted(zone, operation.upperBound ?? 0, operation);
  return (value >= low && value <= high) === (operation.operator === 'IS_BETWEEN');
}

function rolling({ now, zone }: TimeContext, value: number, operation: Operation): boolean {
  const days = operation.numberOfDays ?? 0;
  switch (operation.operator) {
    case 'IS_LESS_THAN_X_DAYS_AGO':
      return value >= dayStart(zone, now, -days) && value <= now;
    case 'IS_MORE_THAN_X_DAYS_AGO':
      return value < dayStart(zone, now, -days);
    // "In the next 5 days" is from now to the beginning of the fifth day after today.
    case 'IS_LESS_THAN_X_DAYS_FROM_NOW':
      return value >= now && value <= dayStart(zone, now, days);
    default:
      return value > dayStart(zone, now, days);
  }
}

function inCalendar({ now, zone }: TimeContext, value: number, operation: Operation): boolean {
  const unit = operation.timeUnit as Unit;
  const count = operation.timeUnitCount ?? 1;
  const first = operation.useFiscalYear ? monthNumber(operation.fiscalYearStart ?? 'JANUARY') || 1 : 1;
  const start = (units: number) => unitStart(zone, now, unit, units, first);
  switch (operation.operator) {
    case 'IN_THIS_TIME_UNIT':
      return value >= start(0) && value < start(1);
    case 'IN_THIS_TIME_UNIT_SO_FAR':
      return value >= start(0) && value <= now;
    case 'IN_LAST_TIME_UNIT':
      return value >= start(-count) && value < start(0);
    default:
      return value >= start(1) && value < start(1 + count);
  }
}

function compared(context: TimeContext, value: number, operation: Operation, ofUpdate: boolean): boolean {
  const name = operation.comparisonPropertyName ?? '';
  const fallback = operation.defaultComparisonValue;
  const other =
    context.read(name, ofUpdate ? 'UPDATED_AT' : 'VALUE') ?? (fallback ? momentFrom(fallback) : undefined);
  if (other === undefined) return operation.includeObjectsWithNoValueSet;
  return operation.operator === 'IS_BEFORE' ? value < other : value > other;
}

function momentFrom(text: string): number | undefined {
  const ms = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

function toPoint(context: TimeContext, value: number, operation: Operation): boolean {
  const point = operation.timePoint ? resolveTimePoint(operation.timePoint, context) : undefined;
  if (point === undefined) return operation.includeObjectsWithNoValueSet;
  if (value === point) return operation.endpointBehavior !== 'EXCLUSIVE';
  return operation.operator === 'IS_BEFORE' ? value < point : value > point;
}

function betweenPoints(context: TimeContext, value: number, operation: Operation): boolean {
  const { lowerBoundTimePoint, upperBoundTimePoint } = operation;
  const low = lowerBoundTimePoint ? resolveTimePoint(lowerBoundTimePoint, context) : undefined;
  const high = upperBoundTimePoint ? resolveTimePoint(upperBoundTimePoint, context) : undefined;
  if (low === undefined || high === undefined) return operation.includeObjectsWithNoValueSet;
  const aboveLow = operation.lowerBoundEndpointBehavior === 'EXCLUSIVE' ? value > low : value >= low;
  const belowHigh = operation.upperBoundEndpointBehavior === 'EXCLUSIVE' ? value < high : value <= high;
  return (aboveLow && belowHigh) === (operation.operator === 'IS_BETWEEN');
}
