'use client';

import { useEffect, useRef, useState } from 'react';
import type { CountState } from '#components/segments/filter-numbers.tsx';
import { countSizes, lintFilters } from '#lib/segments/queries.ts';
import type { Lint, Sizes } from '#lib/segments/schemas.ts';
import type { Places } from './filter-places.ts';

const waitMs = 600;

export type Known = {
  /** What the numbers and findings are of: the filters as they are, or as they were a moment ago. */
  places: Places;
  sizes: Sizes | null;
  lints: readonly Lint[];
  state: CountState;
};

/**
 * Counts the sizes of the filters 600 ms after they changed, and looks what is wrong with them: at once, and
 * again when the numbers are there. An older answer never replaces a newer one.
 */
export function useSizes(places: Places | null, listId: string, round: number): Known | null {
  const [known, setKnown] = useState<Known | null>(null);
  const latest = useRef(places);
  latest.current = places;
  const json = places?.json ?? null;

  useEffect(() => {
    const now = latest.current;
    // A refresh counts the same filters again.
    void round;
    if (json === null || now === null) return setKnown(null);
    let isCurrent = true;
    setKnown((former) => (former ? { ...former, state: 'updating' } : null));
    const timer = setTimeout(() => {
      void countAndLint(now, listId, (next) => {
        if (isCurrent) setKnown((former) => ({ ...next, lints: next.lints ?? former?.lints ?? [] }));
        return isCurrent;
      });
    }, waitMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [json, listId, round]);

  // Equal filters may have been opened anew, with new rows.
  return known && places?.json === known.places.json ? { ...known, places } : known;
}

/** Answers whether the filters are still the same. */
type Tell = (known: Omit<Known, 'lints'> & { lints: readonly Lint[] | null }) => boolean;

async function countAndLint(places: Places, listId: string, tell: Tell): Promise<void> {
  const { filterBranch } = places;
  let lints: readonly Lint[] | null = null;
  let sizes: Sizes | null = null;
  const look = async (counted: Sizes | null) => {
    try {
      const answer = await lintFilters({ filterBranch, listId: listId || null, sizes: counted });
      lints = answer.lints;
    } catch {
      // Without an answer nothing is said of the filters; saving asks HubSpot itself.
    }
  };
  try {
    let answer = await countSizes({ filterBranch });
    sizes = answer.sizes;
    const isWhole = answer.cursor === null;
    await look(isWhole ? sizes : null);
    if (!tell({ places, sizes, lints, state: isWhole ? 'done' : 'reading' }) || isWhole) return;
    while (answer.cursor) {
      answer = await countSizes({ filterBranch, cursor: answer.cursor });
      if (answer.cursor && !tell({ places, sizes, lints, state: 'reading' })) return;
    }
    sizes = answer.sizes ?? sizes;
    await look(sizes);
    tell({ places, sizes, lints, state: answer.sizes ? 'done' : 'failed' });
  } catch {
    if (lints === null) await look(null);
    tell({ places, sizes, lints, state: 'failed' });
  }
}
