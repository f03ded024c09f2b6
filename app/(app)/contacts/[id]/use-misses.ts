'use client';

import { useQuery } from '@tanstack/react-query';
import { onlyMissQuery } from '#lib/insight/queries.ts';
import type { Why } from '#lib/insight/schemas.ts';

/** Who misses only the one criterion that a person misses; null where nobody is counted so. */
export function useMisses({ criteria, list }: Why): { count: number; href: string } | null {
  const group = list?.isMember === false ? (criteria?.findIndex(({ away }) => away === 1) ?? -1) : -1;
  const items = criteria?.[group]?.items ?? [];
  const item = items.findIndex(({ verdict }) => verdict === 'no');
  const counted = useQuery({
    ...onlyMissQuery(list?.listId ?? '', group, item),
    // Of a group's only filter everybody else is outside.
    enabled: items.length > 1 && item >= 0 && list?.canEdit === true,
  });
  if (!list || !counted.data) return null;
  return { count: counted.data, href: `/segments/${list.listId}/edit?misses=${group}.${item}` };
}
