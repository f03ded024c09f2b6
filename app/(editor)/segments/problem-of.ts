import { countVisible } from '#lib/segments/filter/edit.ts';
import { conditionOf, type EditorItem, type EditorModel } from '#lib/segments/filter/editor-model.ts';
import type { FilterParts } from '#lib/segments/schemas.ts';

export type RowProblem = 'missingProperty' | 'missingSegment';

/** Why a filter cannot be saved: what it is about is gone from HubSpot. */
export function problemOf(item: EditorItem, parts: FilterParts): RowProblem | null {
  const condition = conditionOf(item);
  if (!condition) return null;
  if (condition.property === null) {
    const segment = parts.segments.find(({ listId }) => listId === condition.values[0]);
    return segment && !segment.isDeleted ? null : 'missingSegment';
  }
  return parts.properties.some(({ name }) => name === condition.property) ? null : 'missingProperty';
}

export function countProblems(model: EditorModel, parts: FilterParts): number {
  if (countVisible(model) === 0) return 0;
  return model.groups.flatMap((group) => group.items).filter((item) => problemOf(item, parts) !== null)
    .length;
}
