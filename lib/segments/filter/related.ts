import type { RelatedObject } from '#lib/crm/ports.ts';
import { type Condition, readCondition, writeCondition } from './condition.ts';
import type { Filter, FilterBranch } from './model.ts';

/** Contact to company and contact to deal, as HubSpot defines them. */
const associations: Record<RelatedObject, { objectTypeId: string; associationTypeId: number }> = {
  company: { objectTypeId: '0-2', associationTypeId: 279 },
  deal: { objectTypeId: '0-3', associationTypeId: 4 },
};

export const relatedObjects = ['company', 'deal'] as const satisfies readonly RelatedObject[];

export type Related = {
  object: RelatedObject;
  associationTypeId: number;
  /** What one associated record must meet, all at once. */
  filters: Filter[];
};

/**
 * A branch that asks for an associated company or deal; null for every other branch, for those that ask that
 * there be none, and for those with branches of their own.
 */
export function readRelated(branch: FilterBranch): Related | null {
  const { filterBranchType, filterBranchOperator = 'AND', filterBranches, filters } = branch;
  const { objectTypeId, associationTypeId, associationCategory = 'HUBSPOT_DEFINED', operator } = branch;
  const isPlain =
    filterBranchType === 'ASSOCIATION' &&
    filterBranchOperator === 'AND' &&
    (filterBranches ?? []).length === 0 &&
    operator === 'IN_LIST' &&
    associationCategory === 'HUBSPOT_DEFINED';
  const object = relatedObjects.find((name) => associations[name].objectTypeId === objectTypeId);
  if (!isPlain || !object || !filters || filters.length === 0) return null;
  return typeof associationTypeId === 'number' ? { object, associationTypeId, filters } : null;
}

/** How the editor shows a nested branch; null if it cannot show it without changing what it says. */
export function readRelatedCondition(branch: FilterBranch): Condition | null {
  const related = readRelated(branch);
  const [filter] = related?.filters ?? [];
  if (!related || !filter || related.filters.length !== 1) return null;
  if (related.associationTypeId !== associations[related.object].associationTypeId) return null;
  const condition = readCondition(filter);
  return condition && condition.property !== null ? { ...condition, object: related.object } : null;
}

/** HubSpot's JSON of a condition: a filter, or a branch around one where it is about an associated record. */
export function writeAny(
  condition: Condition,
  zoneId: string,
): { json: Filter | FilterBranch; isBranch: boolean } {
  const { object, ...own } = condition;
  const filter = writeCondition(own, zoneId);
  if (!object) return { json: filter, isBranch: false };
  const json: FilterBranch = {
    filterBranchType: 'ASSOCIATION',
    filterBranchOperator: 'AND',
    ...associations[object],
    associationCategory: 'HUBSPOT_DEFINED',
    operator: 'IN_LIST',
    filterBranches: [],
    filters: [filter],
  };
  return { json, isBranch: true };
}
