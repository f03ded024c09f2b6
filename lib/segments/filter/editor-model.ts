import { type Condition, readCondition } from './condition.ts';
import { emptyGroup, type Filter, type FilterBranch } from './model.ts';
import { readInList } from './operations.ts';
import { readRelatedCondition, writeAny } from './related.ts';

/** One row of a group: a filter or a nested branch, kept as HubSpot's JSON. */
export type EditorItem = {
  id: string;
  json: Filter | FilterBranch;
  isBranch: boolean;
  /** Written into every group by the switch *Exclude contacts*, and shown there instead of in the group. */
  isExclusion: boolean;
};
export type EditorGroup = { id: string; items: EditorItem[]; origin: FilterBranch };
/** What the editor works on. `origin` keeps the keys that the editor does not show. */
export type EditorModel = { groups: EditorGroup[]; origin: FilterBranch };
export type NewId = () => string;

/**
 * Opens HubSpot's JSON for editing; null if it is not the OR of ANDs that HubSpot's list interface documents.
 * `fromEditor(toEditor(x))` is x, whatever the filters are.
 */
export function toEditor(branch: FilterBranch, newId: NewId): EditorModel | null {
  const groups = branch.filterBranches ?? [];
  const isRoot = branch.filterBranchType === 'OR' && (branch.filters ?? []).length === 0;
  if (!isRoot || groups.some((group) => group.filterBranchType !== 'AND')) return null;
  const excluded = excludedIn(groups);
  return {
    origin: branch,
    groups: groups.map((group) => ({ id: newId(), origin: group, items: itemsOf(group, excluded, newId) })),
  };
}

function itemsOf(group: FilterBranch, excluded: ReadonlySet<string>, newId: NewId): EditorItem[] {
  const seen = new Set<string>();
  const filters = (group.filters ?? []).map((json) => {
    const listId = exclusionOf(json);
    const isExclusion = listId !== null && excluded.has(listId) && !seen.has(listId);
    if (isExclusion) seen.add(listId);
    return { id: newId(), json, isBranch: false, isExclusion };
  });
  const branches = (group.filterBranches ?? []).map((json) => {
    return { id: newId(), json, isBranch: true, isExclusion: false };
  });
  return [...filters, ...branches];
}

/** The list id of a NOT_IN_LIST filter on a segment. */
export function exclusionOf(filter: Filter | FilterBranch): string | null {
  const read = readInList(filter);
  return read && !read.isMember ? read.listId : null;
}

function excludedIn(groups: FilterBranch[]): ReadonlySet<string> {
  const perGroup = groups.map((group) => {
    return new Set((group.filters ?? []).map(exclusionOf).filter((id) => id !== null));
  });
  const [first, ...others] = perGroup;
  return new Set([...(first ?? [])].filter((id) => others.every((set) => set.has(id))));
}

/** HubSpot's JSON of the edited model; what was not edited is exactly what was read. */
export function fromEditor(model: EditorModel): FilterBranch {
  return withList(model.origin, 'filterBranches', model.groups.map(fromGroup));
}

function fromGroup(group: EditorGroup): FilterBranch {
  const filters = group.items.filter((item) => !item.isBranch).map((item) => item.json);
  const branches = group.items.filter((item) => item.isBranch).map((item) => item.json);
  return withList(withList(group.origin, 'filters', filters), 'filterBranches', branches);
}

/** An empty list stays as the original wrote it: left out, null or []. */
function withList(origin: FilterBranch, key: 'filters' | 'filterBranches', list: unknown[]): FilterBranch {
  if (list.length === 0 && (origin[key] ?? []).length === 0) return origin;
  return { ...origin, [key]: list };
}

export function conditionOf(item: EditorItem): Condition | null {
  return item.isBranch ? readRelatedCondition(item.json as FilterBranch) : readCondition(item.json as Filter);
}

export function newItem(condition: Condition, zoneId: string, newId: NewId): EditorItem {
  return { id: newId(), ...writeAny(condition, zoneId), isExclusion: false };
}

export function newGroup(newId: NewId): EditorGroup {
  return { id: newId(), items: [], origin: emptyGroup() };
}
