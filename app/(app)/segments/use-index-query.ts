'use client';

import { useEffect, useState } from 'react';
import { usePausedText } from '#components/ui/use-paused-text.ts';
import type { SegmentIndexQuery } from '#lib/segments/schemas.ts';

/** What is asked for, kept in the address; typing asks once the keys rest. */
export function useIndexQuery(start: SegmentIndexQuery, isForSalesforce: boolean) {
  const [query, setQuery] = useState(start);
  const set = (change: Partial<SegmentIndexQuery>) => setQuery((former) => ({ ...former, ...change }));
  const [typed, setTyped] = usePausedText(query.q, (q) => set({ q, page: 1 }));
  useEffect(() => {
    window.history.replaceState(null, '', addressOf(query, isForSalesforce));
  }, [query, isForSalesforce]);
  return { query, set, typed, setTyped };
}

const defaults = {
  view: 'all',
  sort: 'updated',
  direction: 'descending',
  page: 1,
  size: 25,
  q: '',
  createdBy: '',
};

/** The address of a view, without what goes without saying. */
export function addressOf(query: SegmentIndexQuery, isForSalesforce: boolean): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (defaults[key as keyof typeof defaults] !== value) params.set(key, String(value));
  }
  if (isForSalesforce) params.set('for', 'salesforce');
  return params.size === 0 ? '/segments' : `/segments?${params}`;
}
