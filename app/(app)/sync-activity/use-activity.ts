'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { outcomesQuery } from '#lib/activity/queries.ts';
import type { OutcomeQuery } from '#lib/activity/schemas.ts';

export type Filters = Omit<OutcomeQuery, 'page' | 'until'>;

const noFilters = {
  ...{ search: '', status: undefined, direction: undefined, trigger: undefined, run: undefined },
  ...{ result: undefined, reason: undefined, code: undefined },
};

/** Further down than this, somebody is reading: the rows then stay where they are. */
const topPx = 80;

/**
 * The list with its filters, pages and news. While it is live, new rows come in at the top; as soon as
 * somebody reads (an open row, a later page, further down) the list stands still and news are only counted.
 */
export function useActivity(initial: OutcomeQuery) {
  const [filters, setFilters] = useState<Filters>(filtersOf(initial));
  const [page, setPage] = useState(initial.page);
  const [until, setUntil] = useState<string>();
  const [isLive, setLive] = useState(true);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const list = useQuery(outcomesQuery({ ...filters, page, ...(until ? { until } : {}) }, isLive));
  const shownUntil = list.data?.until;

  const standStill = () => setUntil((former) => former ?? shownUntil);
  const showNewest = () => {
    setUntil(undefined);
    setPage(1);
    setOpen(new Set());
  };

  useEffect(() => {
    // The page's main part scrolls, not the window.
    const main = document.getElementById('main');
    const onScroll = () => {
      if (main && main.scrollTop > topPx) setUntil((former) => former ?? shownUntil);
    };
    main?.addEventListener('scroll', onScroll, { passive: true });
    return () => main?.removeEventListener('scroll', onScroll);
  }, [shownUntil]);

  const change = (changed: Partial<Filters>) => {
    const next = { ...filters, ...changed };
    setFilters(next);
    showNewest();
    rememberInAddress(next);
  };

  return {
    list,
    filters,
    change,
    isFiltered: Object.entries(filters).some(([key, value]) => key !== 'period' && Boolean(value)),
    clear: () => change({ ...noFilters, period: filters.period }),
    page,
    toPage: (wanted: number) => {
      standStill();
      setOpen(new Set());
      setPage(wanted);
    },
    isLive,
    setLive,
    newer: list.data?.newer ?? 0,
    waiting: list.data?.waiting ?? 0,
    showNewest,
    open,
    toggle: (id: string) => {
      standStill();
      const next = new Set(open);
      if (!next.delete(id)) next.add(id);
      setOpen(next);
    },
  };
}

export type Activity = ReturnType<typeof useActivity>;

function filtersOf({ page: _page, until: _until, ...filters }: OutcomeQuery): Filters {
  return filters;
}

/** A reload, a bookmark and a link to somebody else show the same list. */
function rememberInAddress(filters: Filters): void {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(filters)) {
    if (value && !(key === 'period' && value === 'day')) params.set(key, value);
  }
  const text = params.toString();
  window.history.replaceState(null, '', text ? `?${text}` : window.location.pathname);
}
