import { countVisible } from '#lib/segments/filter/edit.ts';
import { conditionOf, type EditorItem, type EditorModel } from '#lib/segments/filter/editor-model.ts';
import type { FilterParts } from '#lib/segments/schemas.ts';
import type { PlacedLint } from './use-lints.ts';

export type RowProblem = 'missingProperty' | 'missingSegment';

/** Why a filter cannot be saved: what it is about is gone from HubSpot. */
export function problemOf(item: EditorItem, parts: FilterParts): RowProblem | null {
  const condition = conditionOf(item);
  if (!condition) return null;
  if (condition.property === null) {
    const segment = parts.segments.find(({ listId }) => listId === condition.values[0]);
    return segment && !segment.isDeleted ? null : 'missingSegment';
  }
  const properties = condition.object ? parts.related[condition.object] : parts.properties;
  // Without the right to read them it cannot be told whether it is gone.
  if (properties === null) return null;
  return properties.some(({ name }) => name === condition.property) ? null : 'missingProperty';
}

/** Filters that keep from saving: those whose subject is gone, and those with a finding that stops. */
export function countProblems(model: EditorModel, parts: FilterParts, lints: readonly PlacedLint[]): number {
  if (countVisible(model) === 0) return 0;
  const items = model.groups.flatMap((group) => group.items);
  const gone = items.filter((item) => problemOf(item, parts) !== null).map(({ id }) => id);
  const stopped = lints
    .filter(({ lint }) => lint.level === 'stop')
    .map(({ itemId, lint }) => itemId ?? lint.key);
  return new Set([...gone, ...stopped]).size;
}
