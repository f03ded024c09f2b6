'use client';

import { useCallback, useEffect, useState } from 'react';
import type { PreviewState } from '#components/segments/preview-pane.tsx';
import type { FilterBranch } from '#lib/segments/filter/model.ts';
import { previewSegment } from '#lib/segments/queries.ts';
import type { Person, Preview } from '#lib/segments/schemas.ts';

const waitMs = 600;
const slowMs = 5_000;
const rows = 10;
const lastPage = 900;
const peopleKept = 5_000;

type Shown = PreviewState & { all?: readonly Person[] };

/** Counts and lists who matches, 600 ms after the filters changed; an older answer never replaces a newer. */
export function usePreview(branch: FilterBranch | null) {
  const [shown, setShown] = useState<Shown>({ kind: 'noFilters' });
  const [round, setRound] = useState(0);
  const json = branch && JSON.stringify(branch);

  useEffect(() => {
    if (json === null) return setShown({ kind: 'noFilters' });
    // A refresh repeats the same filters.
    void round;
    let isCurrent = true;
    const filterBranch: FilterBranch = JSON.parse(json);
    setShown((former) => ({ kind: 'updating', former: numbersOf(former), isSlow: false }));
    const slow = setTimeout(
      () => setShown((former) => ('isSlow' in former ? { ...former, isSlow: true } : former)),
      slowMs + waitMs,
    );
    const start = setTimeout(async () => {
      try {
        await count(filterBranch, (next) => isCurrent && setShown(next));
      } catch {
        if (isCurrent) setShown({ kind: 'failed' });
      } finally {
        clearTimeout(slow);
      }
    }, waitMs);
    return () => {
      isCurrent = false;
      clearTimeout(start);
      clearTimeout(slow);
    };
  }, [json, round]);

  const toPage = useCallback(
    async (page: number) => {
      if (shown.kind !== 'counted' || json === null) return;
      if (shown.all) return setShown({ ...shown, page, people: pageOf(shown.all, page) });
      setShown({ ...shown, isPaging: true });
      try {
        const answer = await previewSegment({ filterBranch: JSON.parse(json), page });
        if (answer.kind === 'counted')
          setShown((former) =>
            former.kind === 'counted' ? { ...former, people: answer.people, page, isPaging: false } : former,
          );
      } catch {
        setShown({ kind: 'failed' });
      }
    },
    [shown, json],
  );

  return { state: shown as PreviewState, toPage, refresh: () => setRound((former) => former + 1) };
}

function numbersOf(state: PreviewState): { count: number; of: number } | null {
  if (state.kind === 'updating') return state.former;
  return state.kind === 'counted' || state.kind === 'reading' ? { count: state.count, of: state.of } : null;
}

function pageOf(people: readonly Person[], page: number): readonly Person[] {
  return people.slice((page - 1) * rows, page * rows);
}

/** Asks until there is a whole answer; a count by reading comes in parts. */
async function count(filterBranch: FilterBranch, show: (state: Shown) => unknown): Promise<void> {
  const people: Person[] = [];
  let answer: Preview = await previewSegment({ filterBranch });
  let isSlow = false;
  const began = performance.now();
  while (answer.kind === 'reading') {
    people.push(...answer.people.slice(0, peopleKept - people.length));
    const { count, of, read, toRead, cursor } = answer;
    if (cursor === null) {
      const pageCount = Math.max(1, Math.ceil(Math.min(count, people.length) / rows));
      show({
        kind: 'counted',
        count,
        of,
        all: people,
        people: pageOf(people, 1),
        page: 1,
        pageCount,
        isPaging: false,
      });
      return;
    }
    isSlow = performance.now() - began > slowMs;
    if (show({ kind: 'reading', count, of, read, toRead, isSlow }) === false) return;
    answer = await previewSegment({ filterBranch, cursor });
  }
  if (answer.kind === 'onlyHubSpot') show({ kind: 'onlyHubSpot' });
  else {
    const pageCount = Math.min(lastPage, Math.max(1, Math.ceil(answer.count / rows)));
    show({
      kind: 'counted',
      count: answer.count,
      of: answer.of,
      people: answer.people,
      page: 1,
      pageCount,
      isPaging: false,
    });
  }
}
