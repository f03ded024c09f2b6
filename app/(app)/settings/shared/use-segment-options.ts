'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { segmentOptionsQuery } from '#lib/segments/queries.ts';
import type { SegmentOption } from '#lib/segments/schemas.ts';

const pauseMs = 250;

/**
 * The options of the Inclusion List menu: the first ones are there before it opens, opening asks anew, and so
 * does typing, a moment after the last key. While the server brings its copy up to date they follow it.
 */
export function useSegmentOptions() {
  const [query, setQuery] = useState('');
  const asked = useDebounced(query.trim(), pauseMs);
  const { data, isFetching, isError, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(segmentOptionsQuery(asked));
  const options = useMemo(() => distinct(data?.pages.flatMap((page) => page.options) ?? []), [data]);
  const [first] = data?.pages ?? [];
  const isBehind = asked !== query.trim();
  const isFilling = first?.copy.isRefreshing === true && first.copy.completeAt === null;
  const isReady = first !== undefined && !isBehind && !(isFilling && options.length === 0);
  const onLoad = () => void (hasNextPage && fetchNextPage());
  return {
    query,
    setQuery,
    setOpen: (isOpen: boolean) => void (isOpen && refetch()),
    status: isError && !isFetching && !first ? 'error' : isReady ? 'ready' : 'loading',
    options,
    staticMatches: first?.staticMatches ?? [],
    copy: first ? { ...first.copy, isStale: first.stale } : null,
    retry: () => void refetch(),
    ...(hasNextPage || isFilling ? { loadMore: { isLoading: isFetchingNextPage || isFilling, onLoad } } : {}),
  } as const;
}

/** Between two parts the list may have grown, and one segment have moved from one to the other. */
function distinct(options: readonly SegmentOption[]): SegmentOption[] {
  return [...new Map(options.map((option) => [option.listId, option])).values()];
}

function useDebounced(value: string, ms: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    // Emptying the field, which also opening does, shows the whole list at once.
    const timer = setTimeout(() => setSettled(value), value === '' ? 0 : ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
