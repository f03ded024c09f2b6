import type { Condition } from './condition.ts';
import {
  type EditorGroup,
  type EditorItem,
  type EditorModel,
  exclusionOf,
  type NewId,
  newGroup,
  newItem,
} from './editor-model.ts';
import { writeAny } from './related.ts';

/** Steps of editing: each answers a new model and leaves the given one alone. */

const inGroup = (
  model: EditorModel,
  groupId: string,
  change: (group: EditorGroup) => EditorGroup,
): EditorModel => ({
  ...model,
  groups: model.groups.map((group) => (group.id === groupId ? change(group) : group)),
});

const after = <T>(list: T[], index: number, added: T): T[] => list.toSpliced(index + 1, 0, added);

export function addFilter(
  model: EditorModel,
  groupId: string,
  condition: Condition,
  zoneId: string,
  newId: NewId,
): EditorModel {
  return inGroup(model, groupId, (group) => ({
    ...group,
    items: [...group.items, newItem(condition, zoneId, newId)],
  }));
}

export function replaceFilter(
  model: EditorModel,
  groupId: string,
  itemId: string,
  condition: Condition,
  zoneId: string,
): EditorModel {
  return inGroup(model, groupId, (group) => ({
    ...group,
    items: group.items.map((item) =>
      item.id === itemId ? { ...item, ...writeAny(condition, zoneId) } : item,
    ),
  }));
}

export function duplicateFilter(
  model: EditorModel,
  groupId: string,
  itemId: string,
  newId: NewId,
): EditorModel {
  return inGroup(model, groupId, (group) => {
    const index = group.items.findIndex((item) => item.id === itemId);
    const item = group.items[index];
    return item ? { ...group, items: after(group.items, index, { ...item, id: newId() }) } : group;
  });
}

/** The last filter deleted leaves the group empty. */
export function deleteFilter(model: EditorModel, groupId: string, itemId: string): EditorModel {
  return inGroup(model, groupId, (group) => ({
    ...group,
    items: group.items.filter((item) => item.id !== itemId),
  }));
}

/** A new group has the same exclusions as the others. */
export function addGroup(model: EditorModel, newId: NewId): EditorModel {
  const exclusions = (model.groups[0]?.items ?? []).filter((item) => item.isExclusion);
  const group = newGroup(newId);
  const items = exclusions.map((item) => ({ ...item, id: newId() }));
  return { ...model, groups: [...model.groups, { ...group, items }] };
}

export function duplicateGroup(model: EditorModel, groupId: string, newId: NewId): EditorModel {
  const index = model.groups.findIndex((group) => group.id === groupId);
  const group = model.groups[index];
  if (!group) return model;
  const copy = { ...group, id: newId(), items: group.items.map((item) => ({ ...item, id: newId() })) };
  return { ...model, groups: after(model.groups, index, copy) };
}

/** The last group cannot be deleted, only emptied. */
export function deleteGroup(model: EditorModel, groupId: string): EditorModel {
  if (model.groups.length === 1) return inGroup(model, groupId, (group) => ({ ...group, items: [] }));
  return { ...model, groups: model.groups.filter((group) => group.id !== groupId) };
}

export function clearAll(model: EditorModel, newId: NewId): EditorModel {
  return { ...model, groups: [newGroup(newId)] };
}

/** List ids that the switch *Exclude contacts* leaves out. */
export function exclusions(model: EditorModel): string[] {
  const items = model.groups[0]?.items ?? [];
  return items.filter((item) => item.isExclusion).flatMap((item) => exclusionOf(item.json) ?? []);
}

/** Writes NOT_IN_LIST of exactly these lists into every group. */
export function setExclusions(model: EditorModel, listIds: string[], newId: NewId): EditorModel {
  const written = (group: EditorGroup): EditorItem[] =>
    listIds.map((listId) => {
      const known = group.items.find((item) => item.isExclusion && exclusionOf(item.json) === listId);
      const json = { filterType: 'IN_LIST', listId, operator: 'NOT_IN_LIST' };
      return known ?? { id: newId(), json, isBranch: false, isExclusion: true };
    });
  return {
    ...model,
    groups: model.groups.map((group) => ({
      ...group,
      items: [...group.items.filter((item) => !item.isExclusion), ...written(group)],
    })),
  };
}

/** Filters that a person put into groups; exclusions do not count. */
export function visibleItems(group: EditorGroup): EditorItem[] {
  return group.items.filter((item) => !item.isExclusion);
}

export function countVisible(model: EditorModel): number {
  return model.groups.reduce((sum, group) => sum + visibleItems(group).length, 0);
}

/** Groups without a filter of their own are not saved: an empty AND would let everybody in. */
export function withoutEmptyGroups(model: EditorModel): EditorModel {
  return { ...model, groups: model.groups.filter((group) => visibleItems(group).length > 0) };
}
