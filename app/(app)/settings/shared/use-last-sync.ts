'use client';

import { useQuery } from '@tanstack/react-query';
import { runsQuery } from '#lib/sync/queries.ts';

/** When a sync last came to its end, among the latest ones. Follows along while the app is connected. */
export function useLastSync(isConnected: boolean): string | null {
  const { data } = useQuery({ ...runsQuery(), enabled: isConnected });
  const ends = (data?.runs ?? []).flatMap(({ status, finishedAt }) =>
    status === 'DONE' && finishedAt !== null ? [finishedAt] : [],
  );
  return ends.sort().at(-1) ?? null;
}
