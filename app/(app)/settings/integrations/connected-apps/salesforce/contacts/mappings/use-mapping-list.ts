'use client';

import { useState } from 'react';
import { fieldNames, type MappingRow, type MappingStatus } from '#components/mappings/mapping-rows.ts';
import { contains } from '#components/ui/match.ts';
import type { MappingView } from '#lib/mappings/schemas.ts';

const pageSize = 25;

/** Search, filters and pages of the mappings. */
export function useMappingList(rows: readonly MappingRow[]) {
  const [search, setSearch] = useState('');
  const [rule, setRule] = useState<MappingView['rule'] | 'all'>('all');
  const [status, setStatus] = useState<MappingStatus | 'all'>('all');
  const [page, setPage] = useState(1);
  const found = rows.filter(
    (row) =>
      (rule === 'all' || row.mapping.rule === rule) &&
      (status === 'all' || row.status === status) &&
      [row.name, row.mapping.hubspotProperty, fieldNames(row.mapping)].some((text) => contains(text, search)),
  );
  const pageCount = Math.max(1, Math.ceil(found.length / pageSize));
  const shownPage = Math.min(page, pageCount);
  const from = (shownPage - 1) * pageSize;
  /** Another question starts at its first page. */
  const anew =
    <T>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setPage(1);
    };
  return {
    ...{ search, rule, status, pageCount, setPage },
    setSearch: anew(setSearch),
    setRule: anew(setRule),
    setStatus: anew(setStatus),
    clear: () => {
      setSearch('');
      setRule('all');
      setStatus('all');
      setPage(1);
    },
    page: shownPage,
    total: found.length,
    from: from + 1,
    shown: found.slice(from, from + pageSize),
  };
}

export type MappingList = ReturnType<typeof useMappingList>;
