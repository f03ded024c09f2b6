import { type Condition, type ConditionOperator, readCondition } from './condition.ts';
import type { Filter, FilterBranch } from './model.ts';
import { type Operation, readPropertyFilter, type TimePoint } from './operations.ts';

/** A value in a sentence; the reader's language, labels and names are put in when it is shown. */
export type PhraseValue =
  | { kind: 'text'; text: string }
  | { kind: 'option'; property: string; value: string }
  | { kind: 'segment'; listId: string }
  | { kind: 'number'; value: number }
  | { kind: 'day'; day: string }
  | { kind: 'instant'; at: number }
  | { kind: 'days'; count: number }
  | { kind: 'property'; name: string }
  | { kind: 'unit'; unit: string; count: number }
  | { kind: 'fromToday'; days: number }
  | { kind: 'now' }
  | { kind: 'movingDate' };

export type PhraseObject = 'contact' | 'company' | 'deal' | 'ticket' | 'other';

/** One filter as a sentence: whose, what, how, with which values. */
export type Phrase = {
  object: PhraseObject;
  /** A property by name, or a kind of filter by HubSpot's own type. */
  subject: { kind: 'property'; name: string } | { kind: 'filter'; type: string };
  /** The editor's operator, or HubSpot's own word for those that it does not offer. */
  operator: ConditionOperator | { hubspot: string } | null;
  values: PhraseValue[];
  includeBlank: boolean;
};

const objects: Record<string, PhraseObject> = {
  '0-1': 'contact',
  '0-2': 'company',
  '0-3': 'deal',
  '0-5': 'ticket',
};

/** The sentences of one row: one for a filter, one per filter of a branch about an associated record. */
export function describeItem(item: { json: Filter | FilterBranch; isBranch: boolean }): Phrase[] {
  return item.isBranch
    ? describeBranch(item.json as FilterBranch)
    : [describeFilter(item.json as Filter, 'contact')];
}

function describeBranch(branch: FilterBranch): Phrase[] {
  const filters = branch.filters ?? [];
  const object =
    typeof branch.objectTypeId === 'string' ? (objects[branch.objectTypeId] ?? 'other') : 'other';
  const isAbout =
    branch.filterBranchType === 'ASSOCIATION' || branch.filterBranchType === 'PROPERTY_ASSOCIATION';
  const isWhole = branch.operator !== 'NOT_IN_LIST' && (branch.filterBranches ?? []).length === 0;
  if (isAbout && isWhole && filters.length > 0)
    return filters.map((filter) => describeFilter(filter, object));
  return [kindOf(branch.filterBranchType, object, branch.operator)];
}

function kindOf(type: string, object: PhraseObject, operator: unknown): Phrase {
  return {
    object,
    subject: { kind: 'filter', type },
    operator: typeof operator === 'string' ? { hubspot: operator } : null,
    values: [],
    includeBlank: false,
  };
}

export function describeFilter(filter: Filter, object: PhraseObject): Phrase {
  const condition = readCondition(filter);
  if (condition) return describeCondition(condition, object);
  const known = readPropertyFilter(filter);
  if (!known) return kindOf(filter.filterType, object, filter.operator);
  return {
    object,
    subject: { kind: 'property', name: known.property },
    operator: { hubspot: known.operation.operator },
    values: operationValues(known.property, known.operation),
    includeBlank: known.operation.includeObjectsWithNoValueSet,
  };
}

export function describeCondition(condition: Condition, object: PhraseObject = 'contact'): Phrase {
  const { property, operator, includeBlank } = condition;
  const subject =
    property === null
      ? ({ kind: 'filter', type: 'IN_LIST' } as const)
      : ({ kind: 'property', name: property } as const);
  return { object, subject, operator, values: conditionValues(condition), includeBlank };
}

function conditionValues({ property, operator, values }: Condition): PhraseValue[] {
  return values.map((value): PhraseValue => {
    if (property === null) return { kind: 'segment', listId: value };
    if (operator.startsWith('choice')) return { kind: 'option', property, value };
    if (operator.startsWith('number')) return { kind: 'number', value: Number(value) };
    if (operator.startsWith('day')) return { kind: 'day', day: value };
    if (operator.startsWith('ago')) return { kind: 'days', count: Number(value) };
    return { kind: 'text', text: value };
  });
}

function operationValues(property: string, operation: Operation): PhraseValue[] {
  switch (operation.operationType) {
    case 'ALL_PROPERTY':
      return [];
    case 'STRING':
      return [{ kind: 'text', text: operation.value }];
    case 'MULTISTRING':
      return operation.values.map((text) => ({ kind: 'text', text }));
    case 'ENUMERATION':
      return operation.values.map((value) => ({ kind: 'option', property, value }));
    case 'NUMBER':
      return [{ kind: 'number', value: operation.value }];
    case 'NUMBER_RANGED':
      return [operation.lowerBound, operation.upperBound].map((value) => ({ kind: 'number', value }));
    case 'BOOL':
      return [{ kind: 'option', property, value: String(operation.value) }];
    case 'DATETIME':
      return [{ kind: 'instant', at: operation.timestamp }];
    case 'DATE':
      return [{ kind: 'text', text: `${operation.day} ${operation.month.toLowerCase()} ${operation.year}` }];
    case 'RANGED_DATE':
      return [operation.lowerBound, operation.upperBound].map((at) => ({ kind: 'instant', at }));
    case 'ROLLING_DATE_RANGE':
    case 'ROLLING_PROPERTY_UPDATED':
      return [{ kind: 'days', count: operation.numberOfDays }];
    case 'CALENDAR_DATE':
      return [{ kind: 'unit', unit: operation.timeUnit, count: operation.timeUnitCount ?? 1 }];
    case 'COMPARATIVE_DATE':
    case 'COMPARATIVE_PROPERTY_UPDATED':
    case 'COMPARATIVE_STRING':
      return [{ kind: 'property', name: operation.comparisonPropertyName }];
    case 'TIME_POINT':
      return [pointValue(operation.timePoint)];
    case 'TIME_RANGED':
      return [pointValue(operation.lowerBoundTimePoint), pointValue(operation.upperBoundTimePoint)];
  }
}

function pointValue(point: TimePoint): PhraseValue {
  if (point.timeType === 'PROPERTY_REFERENCED') return { kind: 'property', name: point.property };
  if (point.timeType === 'DATE') {
    const [year, month, day] = [point.year, point.month, point.day].map((part) =>
      String(part).padStart(2, '0'),
    );
    return { kind: 'day', day: `${year}-${month}-${day}` };
  }
  const { days = 0, ...others } = point.offset ?? {};
  const isDaysAlone = Object.values(others).every((value) => !value);
  const { referenceType } = point.indexReference;
  if (referenceType === 'NOW' && days === 0 && isDaysAlone) return { kind: 'now' };
  return referenceType === 'TODAY' && isDaysAlone ? { kind: 'fromToday', days } : { kind: 'movingDate' };
}
