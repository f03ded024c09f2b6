import type { ObjectStore } from '../objects/object-store.ts';
import type { Portal } from '../portal.ts';
import type { Branch, Filter } from './filter-types.ts';
import { asList, asObject, type Json, parseRefineBy, refuse } from './parse-parts.ts';
import { parseProperty } from './parse-property.ts';

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
