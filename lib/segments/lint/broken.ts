import { pointInstant } from '../evaluate/dates.ts';
import { readCondition, writeCondition } from '../filter/condition.ts';
import { countFilters, type Filter, maxFilters } from '../filter/model.ts';
import type { Operation } from '../filter/operations.ts';
import { civilOf } from '../zoned-time.ts';
import {
  allItems,
  filterAt,
  found,
  type LintContext,
  type LintItem,
  number,
  propertyValue,
  text,
  whole,
} from './facts.ts';
import type { Lint, LintAction, LintValue } from './schemas.ts';

/** 1: what a filter is about is gone from HubSpot. */
export function gone(context: LintContext): Lint[] {
  return allItems(context).flatMap((item) => {
    const missing = item.reads.find((name) => !context.facts.properties.has(name));
    if (missing === undefined) return goneOptions(item, context);
    const action: LintAction = { kind: 'remove', path: item.path };
    return [found(1, 'propertyGone', item.path, { property: text(missing) }, action, item.json)];
  });
}

function goneOptions(item: LintItem, { facts }: LintContext): Lint[] {
  if (item.property?.operation.operationType !== 'ENUMERATION') return [];
  const { property: name, operation } = item.property;
  const property = facts.properties.get(name);
  if (!property || (property.type !== 'owner' && property.options.length === 0)) return [];
  const options = new Set(property.options.map(({ value }) => value));
  const written = new Set(property.options.map(({ value }) => value.toLowerCase()));
  const isGone = (value: string) => {
    if (property.type === 'owner') return !facts.ownerIds.has(value) && !options.has(value);
    // What differs only in case is a matter of spelling, told by 14.
    return !options.has(value) && !written.has(value.toLowerCase());
  };
  const missing = operation.values.filter(isGone);
  if (missing.length === 0) return [];
  const left = operation.values.filter((value) => !missing.includes(value));
  const action: LintAction =
    left.length === 0
      ? { kind: 'remove', path: item.path }
      : { kind: 'replace', path: item.path, filter: withOperation(item, { values: left }), word: 'remove' };
  const values = {
    property: propertyValue(name),
    value: { kind: 'options' as const, property: null, values: missing },
  };
  return [found(1, 'optionGone', item.path, values, action, item.json)];
}

/** The filter's own JSON with parts of its operation changed, whatever else stands in it. */
export function withOperation(item: LintItem, change: Record<string, unknown>): Filter {
  const json = item.json as Filter;
  return { ...json, operation: { ...(json.operation as Record<string, unknown>), ...change } };
}

/** 2: nothing to compare with, or a range upside down. */
export function senseless(context: LintContext): Lint[] {
  return allItems(context).flatMap((item) => {
    if (hasNoValue(item)) {
      return [found(2, 'noValue', item.path, { filter: filterAt(item.path) }, null, item.json)];
    }
    const operation = item.property?.operation;
    const swap = operation && upsideDown(item, operation, context);
    if (!swap) return [];
    const message = operation.operator === 'IS_NOT_BETWEEN' ? 'upsideDownNot' : 'upsideDown';
    const { low, high, action } = swap;
    const kind = text(low.kind === 'day' ? 'days' : 'numbers');
    return [found(2, message, item.path, { low, high, kind }, action, item.json)];
  });
}

function hasNoValue({ inList, property }: LintItem): boolean {
  if (inList) return inList.listId.trim() === '';
  const operation = property?.operation;
  if (!operation) return false;
  if ('values' in operation) return operation.values.every((value) => value.trim() === '');
  return operation.operationType === 'STRING' && operation.value.trim() === '';
}

type Swap = { low: LintValue; high: LintValue; action: LintAction | null };

function upsideDown(item: LintItem, operation: Operation, { facts }: LintContext): Swap | null {
  const dayOf = (instant: number): LintValue => {
    const { year, month, day } = civilOf(instant, facts.clock.timeZone);
    return { kind: 'day', day: new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10) };
  };
  const replaced = (filter: Filter): LintAction => {
    return { kind: 'replace', path: item.path, filter, word: 'swap' };
  };
  if (operation.operationType === 'NUMBER_RANGED' || operation.operationType === 'RANGED_DATE') {
    const { lowerBound, upperBound } = operation;
    if (lowerBound <= upperBound) return null;
    const filter = withOperation(item, { lowerBound: upperBound, upperBound: lowerBound });
    const isNumber = operation.operationType === 'NUMBER_RANGED';
    const shown = (bound: number) => (isNumber ? number(bound) : dayOf(bound));
    return { low: shown(lowerBound), high: shown(upperBound), action: replaced(filter) };
  }
  if (operation.operationType !== 'TIME_RANGED') return null;
  const { lowerBoundTimePoint: low, upperBoundTimePoint: high } = operation;
  const [from, to] = [pointInstant(low, facts.clock), pointInstant(high, facts.clock)];
  if (from === null || to === null || from <= to) return null;
  const condition = readCondition(item.json as Filter);
  const values = condition?.operator === 'dayBetween' ? condition.values.toReversed() : null;
  const action = condition && values ? replaced(writeCondition({ ...condition, values }, low.zoneId)) : null;
  return { low: dayOf(from), high: dayOf(to), action };
}

/** 3: a segment whose members would depend on themselves. */
export function selfReferring(context: LintContext): Lint[] {
  const { listId, references } = context.facts;
  if (listId === null) return [];
  return allItems(context).flatMap((item) => {
    if (!item.inList || !leadsTo(item.inList.listId, listId, references)) return [];
    if (item.inList.listId === listId) {
      return [found(3, 'itself', item.path, {}, { kind: 'remove', path: item.path }, item.json)];
    }
    const action: LintAction = { kind: 'open', listId: item.inList.listId };
    const values = { segment: { kind: 'segment' as const, listId: item.inList.listId } };
    return [found(3, 'builtOnItself', item.path, values, action, item.json)];
  });
}

function leadsTo(from: string, wanted: string, references: LintContext['facts']['references']): boolean {
  const seen = new Set<string>();
  const waiting = [from];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (at === wanted) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    waiting.push(...(references.get(at) ?? []));
  }
  return false;
}

/** 4: HubSpot's limit. */
export function tooMany({ branch }: LintContext): Lint[] {
  const count = countFilters(branch);
  if (count <= maxFilters) return [];
  return [found(4, 'tooMany', whole, { max: number(maxFilters), count: number(count - maxFilters) })];
}
