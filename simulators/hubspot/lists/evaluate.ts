import type { ObjectStore } from '../objects/object-store.ts';
import type { CrmRecord } from '../objects/types.ts';
import type { Portal } from '../portal.ts';
import { type Activity, matchesActivity } from './activities.ts';
import type { Branch, Filter } from './filter-types.ts';
import { matchesProperty } from './property-operation.ts';

export interface EvaluationContext {
  portal: Portal;
  now: number;
  zone: string;
  /** Is this record a member of another list? */
  isMember(listId: string, recordId: string): boolean;
}

/** Does a record belong to a list with these filters? */
export function matchesBranch(
  context: EvaluationContext,
  store: ObjectStore,
  record: CrmRecord,
  branch: Branch,
): boolean {
  const filter = (each: Filter) => matchesFilter(context, store, record, each);
  const nested = (each: Branch) => accepts(context, store, record, each);
  const any = () => branch.filters.some(filter) || branch.filterBranches.some(nested);
  const all = () => branch.filters.every(filter) && branch.filterBranches.every(nested);
  switch (branch.filterBranchType) {
    case 'NOT_ALL':
      return !all();
    case 'NOT_ANY':
      return !any();
    case 'RESTRICTED':
      // What its filters say is hidden from API users; such a branch accepts nobody here.
      return false;
    default:
      return branch.filterBranchOperator === 'OR' ? any() : all();
  }
}

function accepts(context: EvaluationContext, store: ObjectStore, record: CrmRecord, branch: Branch): boolean {
  switch (branch.filterBranchType) {
    case 'ASSOCIATION':
      return acceptsAssociated(context, store, record, branch);
    case 'PROPERTY_ASSOCIATION': {
      const other = context.portal.objects(branch.objectTypeId ?? '');
      const id = store.value(record, branch.propertyWithObjectId ?? '');
      const found = id === undefined ? undefined : other.find(id);
      const accepted = found !== undefined && passesAll(context, other, found, branch);
      return accepted === (branch.operator !== 'NOT_IN_LIST');
    }
    case 'UNIFIED_EVENTS':
      return matchesActivity(activitiesOf(context.portal, record.id), branch, context.now);
    default:
      return matchesBranch(context, store, record, branch);
  }
}

function acceptsAssociated(
  context: EvaluationContext,
  store: ObjectStore,
  record: CrmRecord,
  branch: Branch,
): boolean {
  const other = context.portal.objects(branch.objectTypeId ?? '');
  const accepted = context.portal.associations
    .of(store.type.id, record.id, other.type.id)
    .filter(({ links }) => branch.associationTypeId === undefined || links.includes(branch.associationTypeId))
    .some(({ toId }) => {
      const found = other.find(toId);
      return (
        found !== undefined && found.archivedAt === undefined && passesAll(context, other, found, branch)
      );
    });
  return accepted === (branch.operator !== 'NOT_IN_LIST');
}

function passesAll(
  context: EvaluationContext,
  store: ObjectStore,
  record: CrmRecord,
  branch: Branch,
): boolean {
  return (
    branch.filters.every((filter) => matchesFilter(context, store, record, filter)) &&
    branch.filterBranches.every((each) => accepts(context, store, record, each))
  );
}

function matchesFilter(
  context: EvaluationContext,
  store: ObjectStore,
  record: CrmRecord,
  filter: Filter,
): boolean {
  switch (filter.filterType) {
    case 'PROPERTY':
      if (!filter.operation) return false;
      return matchesProperty(
        { store, record, now: context.now, zone: context.zone },
        filter.property ?? '',
        filter.operation,
      );
    case 'IN_LIST':
      return inList(context, record.id, filter);
    case 'CONSTANT':
      return filter.shouldAccept === true;
    case 'ASSOCIATION':
    case 'PROPERTY_ASSOCIATION':
    case 'NUM_ASSOCIATIONS':
      return associatedCount(context, store, record, filter);
    default:
      return matchesActivity(activitiesOf(context.portal, record.id), filter, context.now);
  }
}

function inList(context: EvaluationContext, recordId: string, filter: Filter): boolean {
  const special = filter.metadata?.inListType;
  const member = special
    ? activitiesOf(context.portal, recordId).some(
        (activity) => activity.filterType === special && activity.id === filter.metadata?.id,
      )
    : context.isMember(filter.listId ?? '', recordId);
  return member === (filter.operator !== 'NOT_IN_LIST');
}

/** How many associated records there are (in a list, if one is named), against the bounds of the filter. */
function associatedCount(
  context: EvaluationContext,
  store: ObjectStore,
  record: CrmRecord,
  filter: Filter,
): boolean {
  const { associations } = context.portal;
  const ids =
    filter.filterType === 'PROPERTY_ASSOCIATION'
      ? [store.value(record, filter.propertyWithObjectId ?? '')].filter((id) => id !== undefined)
      : associations
          .of(store.type.id, record.id, associations.type(filter.associationTypeId ?? 0)?.toTypeId ?? '')
          .filter(({ links }) => links.includes(filter.associationTypeId ?? 0))
          .map(({ toId }) => toId);
  const counted = filter.listId ? ids.filter((id) => context.isMember(filter.listId ?? '', id)) : ids;
  const { minOccurrences = 1, maxOccurrences = Number.POSITIVE_INFINITY } = filter.coalescingRefineBy ?? {};
  const within = counted.length >= minOccurrences && counted.length <= maxOccurrences;
  return within === (filter.operator !== 'NOT_IN_LIST');
}

function activitiesOf(portal: Portal, recordId: string): readonly Activity[] {
  return portal.collection<Activity[]>('activities').get(recordId) ?? [];
}
