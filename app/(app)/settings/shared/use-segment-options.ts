'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { usePausedText } from '#components/ui/use-paused-text.ts';
import { segmentOptionsQuery } from '#lib/segments/queries.ts';
import type { SegmentOption } from '#lib/segments/schemas.ts';

/**
 * The options of the Inclusion List menu: the first ones are there before it opens, opening asks anew, and so
 * does typing, a moment after the last key. While the server brings its copy up to date they follow it.
 */
export function useSegmentOptions() {
  const [asked, setAsked] = useState('');
  const [query, type] = usePausedText(asked, setAsked);
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
    setQuery: (text: string) => {
      type(text);
      // Emptying the field, which also opening does, shows the whole list at once.
      if (text.trim() === '') setAsked('');
    },
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
