import type { Condition } from './condition.ts';
import type { EditorItem, EditorModel, NewId } from './editor-model.ts';
import type { Filter } from './model.ts';

/** Steps of editing with HubSpot's own JSON, where more is kept than the editor shows. */

export function replaceJson(model: EditorModel, itemId: string, json: Filter): EditorModel {
  const replaced = (item: EditorItem) => (item.id === itemId ? { ...item, json } : item);
  return {
    ...model,
    groups: model.groups.map((group) => ({ ...group, items: group.items.map(replaced) })),
  };
}

/** Adds a filter to one group, or to every group that has one. */
export function addJson(model: EditorModel, groupId: string | null, json: Filter, newId: NewId): EditorModel {
  return {
    ...model,
    groups: model.groups.map((group) => {
      const isMeant = groupId === null ? group.items.some((item) => !item.isExclusion) : group.id === groupId;
      if (!isMeant) return group;
      const added: EditorItem = { id: newId(), json, isBranch: false, isExclusion: false };
      return { ...group, items: [...group.items, added] };
    }),
  };
}

const wanted = new Set(['choiceAny', 'textEquals', 'textContains', 'textStarts', 'textEnds']);
const unwanted = new Set(['choiceNone', 'textNotEquals']);

/**
 * The filter as it must be to let this value in (null: no value at all); null where that takes more than one
 * value more or less.
 */
export function lettingIn(condition: Condition, value: string | null): Condition | null {
  const { operator, values } = condition;
  if (condition.property === null) return null;
  const takesBlank = wanted.has(operator) || unwanted.has(operator) || operator === 'choiceAll';
  if (value === null) return takesBlank ? { ...condition, includeBlank: true } : null;
  if (wanted.has(operator)) {
    // Of several checked boxes each one is enough.
    const parts = operator === 'choiceAny' ? value.split(';') : [value];
    return { ...condition, values: [...new Set([...values, ...parts])] };
  }
  if (!unwanted.has(operator)) return null;
  const kept = values.filter((each) => !isIn(each, value, operator));
  return kept.length > 0 && kept.length < values.length ? { ...condition, values: kept } : null;
}

function isIn(each: string, value: string, operator: string): boolean {
  if (operator === 'choiceNone') return value.split(';').includes(each);
  return each.toLowerCase() === value.toLowerCase();
}
