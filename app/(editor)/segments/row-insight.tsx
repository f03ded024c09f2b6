'use client';

import { FilterNumbers } from '#components/segments/filter-numbers.tsx';
import { LintLines, type ShownLint } from '#components/segments/lint-line.tsx';
import type { EditorGroup, EditorItem } from '#lib/segments/filter/editor-model.ts';
import { pathOf } from './filter-places.ts';
import type { RowProblem } from './problem-of.ts';
import type { Insight } from './use-insight.ts';

/** What is said under one filter. */
export function RowInsight(props: {
  insight: Insight;
  item: EditorItem;
  sentence: string;
  problem: RowProblem | null;
}) {
  const { insight, item, sentence, problem } = props;
  const { known } = insight;
  if (!known) return null;
  const path = pathOf(known.places, item.id);
  const size = path ? (known.sizes?.groups[path.group]?.filters[path.item] ?? null) : null;
  return (
    <>
      {path && (
        <FilterNumbers
          id={numbersId(item)}
          size={size}
          of={known.sizes?.of ?? 0}
          state={known.state}
          filter={sentence}
          onMisses={() => insight.showMisses(item.id)}
        />
      )}
      <div className="mt-1.5 empty:hidden">
        <LintLines id={lintsId(item)} lints={lintsOfItem(insight, item, problem)} />
      </div>
    </>
  );
}

const numbersId = ({ id }: EditorItem) => `${id}-numbers`;
const lintsId = ({ id }: EditorItem) => `${id}-lints`;
export const describedBy = (item: EditorItem) => `${numbersId(item)} ${lintsId(item)}`;

/** What the row says itself, in red, is not said twice. */
function lintsOfItem({ lints }: Insight, item: EditorItem, problem: RowProblem | null): ShownLint[] {
  return lints.filter(({ itemId, lint }) => {
    if (itemId !== item.id) return false;
    const says = lint.message === 'propertyGone' || lint.message === 'segmentDeleted';
    return problem === null || !says;
  });
}

export function lintsOfGroup({ lints }: Insight, group: EditorGroup): ShownLint[] {
  return lints.filter(({ groupId }) => groupId === group.id);
}

/** Findings about everything, or about what has no row. */
export function lintsOfAll({ lints }: Insight): ShownLint[] {
  return lints.filter(({ itemId, groupId }) => itemId === null && groupId === null);
}

/** The size of a group as it was last counted; null while there is none. */
export function groupSize({ known }: Insight, group: EditorGroup): number | null {
  const index = known?.places.groups.findIndex(({ id }) => id === group.id) ?? -1;
  return known?.sizes?.groups[index]?.size ?? null;
}
