import type { Operation, TimePoint } from '../filter/operations.ts';
import {
  allItems,
  found,
  type LintContext,
  type LintItem,
  type LintMapping,
  number,
  propertyValue,
  text,
  whole,
} from './facts.ts';
import type { Lint, LintPath, LintValue } from './schemas.ts';

/** 9, 21 and 22: what the mapping of a property means for who is in. Told once for each property. */
export function mapped(context: LintContext): Lint[] {
  // Before Salesforce is connected nothing is mapped, and there is nothing to say of it.
  if (context.facts.mappings.length === 0) return [];
  const first = new Map<string, LintPath>();
  for (const { property, path } of allItems(context)) {
    const isKnown = property && context.facts.properties.has(property.property);
    if (isKnown && !first.has(property.property)) first.set(property.property, path);
  }
  return [...first].flatMap(([name, path]) => {
    const mappings = context.facts.mappings.filter(({ hubspotProperty }) => hubspotProperty === name);
    return mappingLint(name, path, mappings);
  });
}

/** Address and owner have rules of their own: an edit on either side moves the other. */
const ownRules = new Set(['email', 'hubspot_owner_id']);

function mappingLint(name: string, path: LintPath, mappings: LintMapping[]): Lint[] {
  const values = { property: propertyValue(name) };
  const action = (isMapped: boolean) => ({ kind: 'mapping' as const, property: name, isMapped });
  const live = mappings.filter(({ rule }) => rule !== 'DONT_SYNC');
  if (live.length === 0) return [found(21, 'notMapped', path, values, action(mappings.length > 0))];
  const fromSalesforce = live.filter(({ direction }) => direction !== 'TO_SALESFORCE');
  const isTwoWay = ({ rule, direction }: LintMapping) =>
    direction === 'BOTH' && (rule === 'TWO_WAY' || ownRules.has(name));
  if (fromSalesforce.some(isTwoWay)) return [found(22, 'twoWay', path, values, action(true))];
  return fromSalesforce.length > 0 ? [found(9, 'salesforceWrites', path, values, action(true))] : [];
}

/** 11 and 13: what is known of the past, and of what saving would do. */
export function movements({ facts }: LintContext): Lint[] {
  const { churn, breaker, isInclusion } = facts;
  const lints: Lint[] = [];
  if (churn && churn.count > 0) {
    const { count, property } = churn;
    const of: Record<string, LintValue> = property === null ? {} : { property: propertyValue(property) };
    const message = property === null ? 'inAndOutSomehow' : 'inAndOut';
    lints.push(found(11, message, whole, { count: number(count), ...of }, { kind: 'who' }));
  }
  if (breaker && isInclusion) {
    lints.push(found(13, 'breaker', whole, { percent: number(breaker.percent) }, { kind: 'who' }));
  }
  return lints;
}

/** 12: built on a segment that does not do what is expected of it. */
export function segmentStates(context: LintContext): Lint[] {
  return allItems(context).flatMap((item) => {
    if (!item.inList || item.inList.listId.trim() === '') return [];
    const { listId } = item.inList;
    const segment = context.facts.segments.get(listId);
    const message = segment ? stateMessage(segment) : 'segmentDeleted';
    if (!message) return [];
    const values = { segment: { kind: 'segment' as const, listId } };
    const action = segment ? { kind: 'open' as const, listId } : { kind: 'remove' as const, path: item.path };
    return [found(12, message, item.path, values, action, item.json)];
  });
}

function stateMessage({ state, kind }: { state: string; kind: string }): Lint['message'] | null {
  if (state === 'deleted') return 'segmentDeleted';
  if (kind === 'static') return 'segmentStatic';
  if (state === 'processing') return 'segmentProcessing';
  return state === 'failed' ? 'segmentFailed' : null;
}

/** 19: contacts leave by time alone. */
export function leavingByTime(context: LintContext): Lint[] {
  const item = allItems(context).find(({ property }) => property && moves(property.operation));
  if (!item) return [];
  const count = context.facts.sizes?.leavingSoon ?? null;
  if (count === 0) return [];
  if (count === null) return [found(19, 'leavesByTimeUncounted', item.path, {}, null, item.json)];
  return [found(19, 'leavesByTime', item.path, { count: number(count) }, { kind: 'who' }, item.json)];
}

/** Whether an operation lets other values pass tomorrow. */
export function moves(operation: Operation): boolean {
  switch (operation.operationType) {
    case 'ROLLING_DATE_RANGE':
    case 'ROLLING_PROPERTY_UPDATED':
    case 'CALENDAR_DATE':
      return true;
    default:
      return pointsOf(operation).some(({ timeType }) => timeType === 'INDEXED');
  }
}

function pointsOf(operation: Operation): TimePoint[] {
  if (operation.operationType === 'TIME_POINT') return [operation.timePoint];
  if (operation.operationType !== 'TIME_RANGED') return [];
  return [operation.lowerBoundTimePoint, operation.upperBoundTimePoint];
}

/** 20: who has been something stays so, and the group has no other filter to leave by. */
export function staysForever(context: LintContext): Lint[] {
  const hasEver = ({ property }: LintItem) => property?.operation.operator.startsWith('HAS_EVER_') === true;
  return context.groups
    .filter((group) => group.every(hasEver))
    .flatMap((group) => group.map(({ path, json }) => found(20, 'staysForever', path, {}, null, json)));
}

/** 23: what only HubSpot can evaluate. */
export function onlyHubSpot(context: LintContext): Lint[] {
  return allItems(context)
    .filter((item) => item.onlyHubSpot)
    .map(({ path, json }) => found(23, 'onlyHubSpot', path, {}, null, json));
}

/** 24: days of the account, not of the reader. Told once. */
export function accountDays(context: LintContext): Lint[] {
  const item = allItems(context).find(({ property }) => property && countsDays(property.operation));
  if (!item) return [];
  return [found(24, 'accountDays', item.path, { zone: text(context.facts.clock.timeZone) })];
}

function countsDays(operation: Operation): boolean {
  if (operation.operationType === 'CALENDAR_DATE' || operation.operationType === 'ROLLING_DATE_RANGE') {
    return true;
  }
  return pointsOf(operation).some((point) => {
    return point.timeType === 'INDEXED' && point.indexReference.referenceType !== 'NOW';
  });
}
