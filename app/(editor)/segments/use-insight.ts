'use client';

import { useMemo, useRef, useState } from 'react';
import type { PassingTab, PreviewTab } from '#components/segments/preview-tabs.tsx';
import type { useFilterWords } from '#components/segments/use-filter-words.ts';
import { hasMisses, itemAt, placesOf } from './filter-places.ts';
import type { Filters } from './use-filters.ts';
import { useLints } from './use-lints.ts';
import type { OpenFilter } from './use-open-filter.ts';
import { useSizes } from './use-sizes.ts';

const markMs = 1_500;

/** What stands under the filters and behind the second tab: sizes, findings, closest misses. */
export function useInsight(options: {
  filters: Filters;
  words: ReturnType<typeof useFilterWords>;
  open: OpenFilter;
  listId: string;
  misses: { group: number; item: number } | undefined;
  /** Brings the preview into view, where the two panes take turns. */
  onPreview: () => void;
  onFilters: () => void;
}) {
  const { filters, words, open, listId, misses, onPreview, onFilters } = options;
  const { model, isOpaque } = filters;
  const places = useMemo(() => (isOpaque ? null : placesOf(model)), [model, isOpaque]);
  const [round, setRound] = useState(0);
  const [view, setView] = useState<{ tab: PreviewTab; itemId: string | null }>(() => {
    const item = misses && places && itemAt(places, misses);
    return item ? { tab: 'misses', itemId: item.id } : closed;
  });
  const known = useHeld(useSizes(places, listId, round), open.at !== null);

  const look = (tab: PreviewTab, itemId: string | null) => {
    setView({ tab, itemId });
    onPreview();
  };
  const lints = useLints({
    known,
    listId,
    filters,
    words,
    onShow: (itemIds) => {
      onFilters();
      showRows(itemIds);
      const [first] = itemIds;
      if (first) open.focusItem(first);
    },
    onWho: (tab) => look(tab, null),
    onChange: open.close,
  });
  const canMiss = places !== null && hasMisses(places);
  const isShown = view.tab === 'contacts' || (view.tab === 'misses' ? canMiss : places !== null);
  return {
    listId,
    places,
    known,
    lints,
    canMiss,
    view: isShown ? view : closed,
    setTab: (tab: PreviewTab) => setView({ tab, itemId: null }),
    showWho: (tab: PassingTab) => look(tab, null),
    showMisses: (itemId: string | null) => look('misses', itemId),
    onItem: (itemId: string | null) => setView((former) => ({ ...former, itemId })),
    recount: () => setRound((former) => former + 1),
  };
}

/** While a filter is being edited nothing may move under the hand: what is counted meanwhile waits. */
function useHeld<T>(value: T, isHeld: boolean): T {
  const held = useRef(value);
  if (!isHeld) held.current = value;
  return held.current;
}

const closed = { tab: 'contacts' as PreviewTab, itemId: null };

export type Insight = ReturnType<typeof useInsight>;

/** Lights rows up for a moment. */
function showRows(itemIds: readonly string[]): void {
  const colour = getComputedStyle(document.documentElement).getPropertyValue('--color-highlight');
  for (const id of itemIds) {
    document.getElementById(id)?.animate([{ backgroundColor: colour }, {}], { duration: markMs });
  }
}
