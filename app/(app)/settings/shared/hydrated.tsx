import { dehydrate, HydrationBoundary, type QueryKey } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createQueryClient } from '#lib/core/query-client.ts';

/** Hands the browser what the server has already loaded, under the keys that the browser asks by. */
export function Hydrated(props: { data: readonly (readonly [QueryKey, unknown])[]; children: ReactNode }) {
  const client = createQueryClient();
  for (const [key, value] of props.data) client.setQueryData(key, value);
  return <HydrationBoundary state={dehydrate(client)}>{props.children}</HydrationBoundary>;
}
