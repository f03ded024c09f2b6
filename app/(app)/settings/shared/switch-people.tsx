'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SwitchPeopleList } from '#components/contact-sync/switch-people-list.tsx';
import { usePausedText } from '#components/ui/use-paused-text.ts';
import { type SwitchOf, switchExportHref, switchPeopleQuery } from '#lib/insight/queries.ts';
import type { SwitchGroup, SwitchPeopleQuery } from '#lib/insight/schemas.ts';

export interface SwitchPeopleProps {
  of: SwitchOf;
  group: SwitchGroup;
  /** As the row says it. */
  counted: number;
}

/** Who one number of a switch stands for, of one that was made or of one that nobody has made yet. */
export function SwitchPeople({ of, group, counted }: SwitchPeopleProps) {
  const [query, setQuery] = useState<SwitchPeopleQuery>({ group, q: '', side: 'all', page: 1 });
  const change = (changed: Partial<SwitchPeopleQuery>) => setQuery((former) => ({ ...former, ...changed }));
  const [search, setSearch] = usePausedText(query.q, (q) => change({ q, page: 1 }));
  const asked = { ...query, group };
  const { data, error, refetch } = useQuery(switchPeopleQuery(of, asked));
  return (
    <SwitchPeopleList
      group={group}
      counted={counted}
      data={data ?? null}
      failure={data ? null : (error?.message ?? null)}
      onRetry={() => void refetch()}
      search={search}
      onSearch={setSearch}
      query={asked}
      onQuery={change}
      exportHref={switchExportHref(of, asked)}
    />
  );
}
