'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { segmentOptionsQuery } from '#lib/segments/queries.ts';

const pauseMs = 250;

/** The options of the Inclusion List menu: asked when it opens, and a moment after the last key. */
export function useSegmentOptions() {
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const asked = useDebounced(query.trim(), pauseMs);
  const { data, isFetching, isError, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery({
      ...segmentOptionsQuery(asked),
      enabled: isOpen,
    });
  const isBehind = asked !== query.trim();
  const status = isError && !isFetching ? 'error' : data && !isBehind ? 'ready' : 'loading';
  return {
    query,
    setQuery,
    setOpen,
    status: status as 'ready' | 'loading' | 'error',
    options: data?.pages.flatMap((page) => page.options) ?? [],
    staticMatches: data?.pages[0]?.staticMatches ?? [],
    retry: () => void refetch(),
    ...(hasNextPage
      ? { loadMore: { isLoading: isFetchingNextPage, onLoad: () => void fetchNextPage() } }
      : {}),
  };
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
