import { type ApiError, invalid } from '../http/errors.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Portal } from '../portal.ts';
import {
  type Branch,
  type Filter,
  MONTHS,
  type Operation,
  operationRules,
  type RefineBy,
} from './filter-types.ts';

type Json = Record<string, unknown>;

const FILTER_TYPES: Readonly<Record<string, readonly string[]>> = {
  PROPERTY: ['property', 'operation'],
  IN_LIST: ['operator'],
  ASSOCIATION: ['associationTypeId', 'associationCategory', 'operator', 'coalescingRefineBy'],
  PROPERTY_ASSOCIATION: ['propertyWithObjectId', 'operator', 'coalescingRefineBy'],
  NUM_ASSOCIATIONS: ['associationTypeId', 'associationCategory', 'coalescingRefineBy'],
  CONSTANT: ['shouldAccept'],
  FORM_SUBMISSION: ['operator'],
  FORM_SUBMISSION_ON_PAGE: ['pageId', 'operator'],
  EMAIL_SUBSCRIPTION: ['subscriptionIds', 'acceptedStatuses'],
  COMMUNICATION_SUBSCRIPTION: ['subscriptionIds', 'acceptedOptStates', 'channel', 'subscriptionType'],
  EMAIL_EVENT: ['appId', 'emailId', 'level', 'operator'],
  PAGE_VIEW: ['pageUrl', 'operator'],
  EVENT: ['eventId', 'operator'],
  CTA: ['ctaName', 'operator'],
  INTEGRATION_EVENT: ['eventTypeId', 'filterLines'],
  UNIFIED_EVENTS: ['filterLines'],
  PRIVACY: ['privacyName', 'operator'],
  SURVEY_MONKEY: ['surveyId', 'operator'],
  SURVEY_MONKEY_VALUE: ['surveyId', 'surveyQuestion', 'operator', 'valueComparison'],
  WEBINAR: ['operator'],
  ADS_TIME: ['pruningRefineBy'],
  ADS_SEARCH: ['searchTerms', 'entityType', 'adNetwork', 'searchTermType', 'operator'],
  CAMPAIGN_INFLUENCED: ['campaignId'],
};
const PRUNING = [
  'ABSOLUTE_COMPARATIVE',
  'ABSOLUTE_RANGED',
  'RELATIVE_COMPARATIVE',
  'RELATIVE_RANGED',
  'ALL_HISTORY',
];
const COALESCING = ['NUM_OCCURRENCES', 'SET_OCCURRENCES'];
const TIME_UNITS = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'];

function refuse(message: string): ApiError {
  return invalid(`Invalid filter branch: ${message}`, { subCategory: 'ListError.INVALID_FILTER_BRANCH' });
}

/** Checks a root branch as the API does and fills in what a request may leave out. */
export function parseRoot(portal: Portal, objectTypeId: string, input: unknown): Branch {
  const root = asObject(input, 'filterBranch');
  if (root.filterBranchType !== 'OR') throw refuse('the root filter branch must be of type OR');
  if (Array.isArray(root.filters) && root.filters.length > 0)
    throw refuse('an OR branch cannot have filters');
  const branches = asList(root.filterBranches, 'filterBranches');
  if (branches.length === 0) throw refuse('an OR branch must have one or more AND branches');
  const store = portal.objects(objectTypeId);
  return {
    ...{ filterBranchType: 'OR', filterBranchOperator: 'OR', filters: [] },
    filterBranches: branches.map((branch) =>
      parseUnderRoot(portal, store, asObject(branch, 'filterBranches')),
    ),
  };
}

function parseUnderRoot(portal: Portal, store: ObjectStore, input: Json): Branch {
  if (input.filterBranchType !== 'AND') throw refuse('only AND branches can be placed under the root');
  const branch = common(portal, store, input);
  for (const each of branch.filterBranches) {
    if (!['UNIFIED_EVENTS', 'ASSOCIATION', 'PROPERTY_ASSOCIATION'].includes(each.filterBranchType)) {
      throw refuse(`an AND branch cannot hold a branch of type ${each.filterBranchType}`);
    }
  }
  return branch;
}

function common(portal: Portal, store: ObjectStore, input: Json): Branch {
  const type = String(input.filterBranchType);
  const operator = type === 'OR' ? 'OR' : 'AND';
  if (
    input.filterBranchOperator !== undefined &&
    !['AND', 'OR'].includes(String(input.filterBranchOperator))
  ) {
    throw refuse('filterBranchOperator must be AND or OR');
  }
  return {
    ...{ filterBranchType: type, filterBranchOperator: String(input.filterBranchOperator ?? operator) },
    filterBranches: asList(input.filterBranches, 'filterBranches').map((each) =>
      parseNested(portal, store, each),
    ),
    filters: asList(input.filters, 'filters').map((each) => parseFilter(portal, store, each)),
  };
}

function parseNested(portal: Portal, store: ObjectStore, input: unknown): Branch {
  const branch = asObject(input, 'filterBranches');
  switch (branch.filterBranchType) {
    case 'ASSOCIATION':
    case 'PROPERTY_ASSOCIATION':
      return parseAssociation(portal, store, branch);
    case 'UNIFIED_EVENTS':
      return parseEvents(branch);
    default:
      throw refuse(`a branch of type ${branch.filterBranchType} cannot be placed here`);
  }
}

function parseAssociation(portal: Portal, store: ObjectStore, input: Json): Branch {
  const objectTypeId = String(input.objectTypeId ?? '');
  if (!portal.hasType(objectTypeId)) throw refuse(`objectTypeId ${objectTypeId} does not exist`);
  if (!['IN_LIST', 'NOT_IN_LIST'].includes(String(input.operator))) throw refuse('operator must be IN_LIST');
  const branch = common(portal, portal.objects(objectTypeId), input);
  if (branch.filters.length === 0) throw refuse('an ASSOCIATION branch must have one or more filters');
  if (branch.filterBranches.length > 0 && objectTypeId !== '0-8') {
    throw refuse('an ASSOCIATION branch cannot have sub-branches');
  }
  const operator = String(input.operator);
  if (input.filterBranchType === 'PROPERTY_ASSOCIATION') {
    const name = String(input.propertyWithObjectId ?? '');
    if (!store.property(name)) throw refuse(`property ${name} does not exist`);
    return { ...branch, operator, objectTypeId, propertyWithObjectId: name };
  }
  const typeId = Number(input.associationTypeId);
  const known = portal.associations.types(store.type.id, objectTypeId).some((type) => type.typeId === typeId);
  if (!known) throw refuse(`association type ${input.associationTypeId} does not exist`);
  const associationCategory = String(input.associationCategory ?? 'HUBSPOT_DEFINED');
  return { ...branch, operator, objectTypeId, associationTypeId: typeId, associationCategory };
}

function parseEvents(input: Json): Branch {
  const operator = String(input.operator);
  if (!['HAS_COMPLETED', 'HAS_NOT_COMPLETED'].includes(operator)) {
    throw refuse('operator must be HAS_COMPLETED or HAS_NOT_COMPLETED');
  }
  if (typeof input.eventTypeId !== 'string') throw refuse('eventTypeId is required');
  if (asList(input.filterBranches, 'filterBranches').length > 0) {
    throw refuse('a UNIFIED_EVENTS branch cannot have sub-branches');
  }
  const filters = asList(input.filters, 'filters').map((each) => asObject(each, 'filters'));
  if (filters.some((filter) => filter.filterType !== 'PROPERTY')) {
    throw refuse('a UNIFIED_EVENTS branch holds PROPERTY filters only');
  }
  return {
    ...{ filterBranchType: 'UNIFIED_EVENTS', filterBranchOperator: 'AND', filterBranches: [] },
    ...{ filters: filters as unknown as Filter[], operator, eventTypeId: input.eventTypeId },
    ...parseRefineBy(input),
  };
}

function parseFilter(portal: Portal, store: ObjectStore, input: unknown): Filter {
  const filter = asObject(input, 'filters');
  const filterType = String(filter.filterType);
  const required = FILTER_TYPES[filterType];
  if (!required) throw refuse(`filterType ${filterType} is not supported`);
  const missing = required.find((name) => filter[name] === undefined || filter[name] === null);
  if (missing) throw refuse(`${missing} is required for a filter of type ${filterType}`);
  if (filterType === 'PROPERTY') return parseProperty(store, filter);
  if (filterType === 'IN_LIST') checkInList(portal, filter);
  if (
    filterType.startsWith('FORM_SUBMISSION') &&
    !['FILLED_OUT', 'NOT_FILLED_OUT'].includes(String(filter.operator))
  ) {
    throw refuse('operator must be FILLED_OUT or NOT_FILLED_OUT');
  }
  return { ...filter, filterType, ...parseRefineBy(filter) };
}

function checkInList(portal: Portal, filter: Json) {
  if (!['IN_LIST', 'NOT_IN_LIST'].includes(String(filter.operator))) {
    throw refuse('operator must be IN_LIST or NOT_IN_LIST');
  }
  if (filter.metadata !== undefined) return;
  if (typeof filter.listId !== 'string' || !portal.lists.get(filter.listId)) {
    throw refuse(`list ${filter.listId} does not exist`);
  }
}

function parseProperty(store: ObjectStore, filter: Json): Filter {
  const name = String(filter.property).toLowerCase();
  const property = store.property(name);
  if (!property) throw refuse(`property ${filter.property} does not exist`);
  const operation = asObject(filter.operation, 'operation');
  const type = String(operation.operationType ?? operation.type);
  const rule = operationRules[type];
  if (!rule) throw refuse(`operationType ${type} is not supported`);
  if (!rule.operators.includes(String(operation.operator))) {
    throw refuse(`operator ${operation.operator} is not one of [${rule.operators.join(', ')}] for ${type}`);
  }
  const ofUpdate = operation.propertyParser === 'UPDATED_AT';
  const timed = type === 'TIME_POINT' || type === 'TIME_RANGED';
  const on = timed && !ofUpdate ? ['date', 'datetime'] : rule.on;
  if (on && !on.includes(property.type)) {
    throw refuse(`operationType ${type} cannot be used on property ${name} of type ${property.type}`);
  }
  for (const [field, kind] of Object.entries(rule.required)) checkKind(type, field, kind, operation[field]);
  checkDetails(store, type, operation);
  const includeObjectsWithNoValueSet = operation.includeObjectsWithNoValueSet === true;
  return {
    ...{ filterType: 'PROPERTY', property: name },
    operation: { ...operation, operationType: type, includeObjectsWithNoValueSet } as unknown as Operation,
    ...parseRefineBy(filter),
  };
}

function checkKind(type: string, field: string, kind: string, value: unknown) {
  const strings = Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string');
  const fits =
    kind === 'strings'
      ? strings
      : kind === 'object'
        ? typeof value === 'object' && value !== null
        : typeof value === kind;
  if (!fits)
    throw refuse(
      `${field} is required for ${type} and must be ${kind === 'strings' ? 'a list of strings' : `a ${kind}`}`,
    );
}

function checkDetails(store: ObjectStore, type: string, operation: Json) {
  if (type === 'DATE' && !MONTHS.includes(String(operation.month).toUpperCase())) {
    throw refuse(`month ${operation.month} is not the name of a month`);
  }
  if (type === 'CALENDAR_DATE' && !TIME_UNITS.includes(String(operation.timeUnit))) {
    throw refuse(`timeUnit ${operation.timeUnit} is not one of [${TIME_UNITS.join(', ')}]`);
  }
  const other = operation.comparisonPropertyName;
  if (other !== undefined && !store.property(String(other))) throw refuse(`property ${other} does not exist`);
  for (const field of ['timePoint', 'lowerBoundTimePoint', 'upperBoundTimePoint']) {
    if (operation[field] !== undefined) checkTimePoint(asObject(operation[field], field));
  }
}

function checkTimePoint(point: Json) {
  if (!['DATE', 'INDEXED', 'PROPERTY_REFERENCED'].includes(String(point.timeType))) {
    throw refuse(`timeType ${point.timeType} is not one of [DATE, INDEXED, PROPERTY_REFERENCED]`);
  }
  if (point.timeType === 'INDEXED' && typeof point.indexReference !== 'object') {
    throw refuse('indexReference is required for an INDEXED time point');
  }
  if (point.zoneId === undefined) return;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: String(point.zoneId) });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refuse(`zoneId ${point.zoneId} is not a time zone`);
  }
}

/** One refinement at most for each filter. */
function parseRefineBy(input: Json): { pruningRefineBy?: RefineBy; coalescingRefineBy?: RefineBy } {
  const { pruningRefineBy: pruning, coalescingRefineBy: coalescing } = input;
  if (pruning && coalescing) throw refuse('a filter can have one refine-by at most');
  if (pruning) checkRefineBy(asObject(pruning, 'pruningRefineBy'), PRUNING);
  if (coalescing) checkRefineBy(asObject(coalescing, 'coalescingRefineBy'), COALESCING);
  return {
    ...(pruning ? { pruningRefineBy: pruning as RefineBy } : {}),
    ...(coalescing ? { coalescingRefineBy: coalescing as RefineBy } : {}),
  };
}

function checkRefineBy(refineBy: Json, allowed: string[]) {
  if (!allowed.includes(String(refineBy.type))) {
    throw refuse(`refine-by type ${refineBy.type} is not one of [${allowed.join(', ')}]`);
  }
}

function asObject(value: unknown, name: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw refuse(`${name} must be an object`);
}

function asList(value: unknown, name: string): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw refuse(`${name} must be a list`);
  return value;
}
