'use client';

import { useQuery } from '@tanstack/react-query';
import type { FilterBranch } from '#lib/segments/filter/model.ts';
import { countEffect } from '#lib/segments/queries.ts';
import type { EffectAnswer } from '#lib/segments/schemas.ts';

export type Effect =
  | { kind: 'counting' }
  | { kind: 'failed'; retry: () => void }
  | { kind: 'counted'; start: number | null; stop: number | null; breakerPercent: number | null };

/** How many start and stop syncing when these filters are saved over those of a segment; null: not asked for. */
export function useEffectCount(listId: string | null, filterBranch: FilterBranch): Effect | null {
  const counted = useQuery({
    queryKey: ['segment-effect', listId, JSON.stringify(filterBranch)],
    queryFn: ({ signal }) => countAll(listId ?? '', filterBranch, signal),
    enabled: listId !== null,
    staleTime: 0,
    retry: false,
  });
  if (listId === null) return null;
  if (counted.isError && !counted.isFetching) return { kind: 'failed', retry: () => void counted.refetch() };
  if (!counted.data || counted.isFetching) return { kind: 'counting' };
  const { start, stop, breakerPercent } = counted.data;
  return { kind: 'counted', start, stop, breakerPercent };
}

async function countAll(
  listId: string,
  filterBranch: FilterBranch,
  signal: AbortSignal,
): Promise<EffectAnswer> {
  let answer = await countEffect(listId, { filterBranch });
  while (answer.cursor && !signal.aborted) {
    answer = await countEffect(listId, { filterBranch, cursor: answer.cursor });
  }
  return answer;
}
