import { invalid } from '../http/errors.ts';
import type { ListEngine } from './engine.ts';
import type { Conversion, ListState } from './list-state.ts';
import { fromWall, toWall } from './zone.ts';

/** Turns a dynamic list into a static one that keeps its present members. */
function convertToStatic(engine: ListEngine, list: ListState) {
  const now = engine.portal.world.clock.now();
  const { filterBranch: _, ...rest } = list;
  engine.save({
    ...rest,
    processingType: 'MANUAL',
    processingStatus: 'COMPLETE',
    updatedAt: now,
    convertedAt: now,
  });
}

/** Converts every list whose time has come. */
export function convertDue(engine: ListEngine) {
  for (const list of engine.all()) {
    if (list.conversion && list.convertedAt === undefined && isDue(engine, list, list.conversion)) {
      convertToStatic(engine, list);
    }
  }
}

function isDue(engine: ListEngine, list: ListState, conversion: Conversion): boolean {
  const now = engine.portal.world.clock.now();
  const zone = engine.portal.account.timeZone;
  if (conversion.conversionType === 'CONVERSION_DATE') {
    const { year, month, day } = conversion;
    return now >= fromWall(zone, { year, month, day });
  }
  const active = Math.max(list.updatedAt, list.lastAddedAt ?? 0, list.lastRemovedAt ?? 0);
  const wall = toWall(zone, active);
  const { offset, timeUnit } = conversion;
  const months = timeUnit === 'MONTH' ? offset : 0;
  const days = timeUnit === 'DAY' ? offset : timeUnit === 'WEEK' ? 7 * offset : 0;
  return now >= fromWall(zone, { ...wall, month: wall.month + months, day: wall.day + days });
}

/** Checks the body of `PUT /{listId}/schedule-conversion`. */
export function parseConversion(engine: ListEngine, input: Record<string, unknown>): Conversion {
  if (input.conversionType === 'INACTIVITY') {
    const { timeUnit, offset } = input;
    if (timeUnit !== 'DAY' && timeUnit !== 'WEEK' && timeUnit !== 'MONTH') {
      throw invalid('timeUnit must be one of [DAY, WEEK, MONTH]');
    }
    if (!Number.isInteger(offset) || Number(offset) < 1)
      throw invalid('offset must be an integer, 1 or more');
    return { conversionType: 'INACTIVITY', timeUnit, offset: Number(offset) };
  }
  if (input.conversionType !== 'CONVERSION_DATE') {
    throw invalid('conversionType must be one of [CONVERSION_DATE, INACTIVITY]');
  }
  const [year, month, day] = [Number(input.year), Number(input.month), Number(input.day)];
  const at = new Date(Date.UTC(year, month - 1, day));
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day)
    throw invalid('the conversion date is no date');
  if (at.getTime() <= engine.portal.world.clock.now())
    throw invalid('the conversion date must be in the future');
  return { conversionType: 'CONVERSION_DATE', year, month, day };
}
