import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { answersOf } from '#lib/core/answers.ts';
import { apiGet, apiSend } from '#lib/core/api-client.ts';
import { countSizes, segmentQuery } from '#lib/segments/queries.ts';
import type { ContactSync } from '#lib/sync/schemas.ts';
import type { Why } from './why-schemas.ts';

const answers = answersOf(() => import('./why-schemas.ts'));
const syncAnswers = answersOf(() => import('#lib/sync/schemas.ts'));

const staleMs = 30_000;
const minutesMs = 5 * 60_000;
const lookEveryMs = 700;
/** A worker that has not come to it by then goes on without anybody watching. */
const longestMs = 30_000;

export const whyKeys = {
  of: (id: string) => ['why', id] as const,
  stored: (id: string) => ['why-stored', id] as const,
};

/** Why a contact syncs or not, with what both systems say now. */
export function whyQuery(id: string) {
  return queryOptions({
    queryKey: whyKeys.of(id),
    queryFn: ({ signal }): Promise<Why> => apiGet(`/api/contacts/${id}/why`, answers('whySchema'), signal),
    staleTime: staleMs,
    retry: false,
  });
}

/**
 * How many people miss only one filter of a list, as far as HubSpot's search tells at once; else null. Reading
 * everybody for it is left to the editor.
 */
export function onlyMissQuery(listId: string, group: number, item: number) {
  return queryOptions({
    queryKey: ['only-miss', listId, group, item] as const,
    queryFn: async ({ client }): Promise<number | null> => {
      const { filterBranch } = await client.fetchQuery({ ...segmentQuery(listId), staleTime: staleMs });
      if (!filterBranch) return null;
      const { sizes } = await countSizes({ filterBranch });
      return sizes?.groups[group]?.filters[item]?.missOnly ?? null;
    },
    staleTime: minutesMs,
    retry: false,
  });
}

/** The same from what is stored, for the moment until both systems have answered. */
export function storedWhyQuery(id: string) {
  return queryOptions({
    queryKey: whyKeys.stored(id),
    queryFn: ({ signal }): Promise<Why> =>
      apiGet(`/api/contacts/${id}/why?read=stored`, answers('whySchema'), signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** *Sync now* of one contact; answers what became of it, or that it still waits. */
export function syncContactMutation(id: string) {
  return mutationOptions({
    mutationKey: ['contact-sync', id],
    mutationFn: () => syncAndWatch(id),
    onSettled: (_result, _error, _nothing, _context, { client }) =>
      client.invalidateQueries({ queryKey: whyKeys.of(id) }),
  });
}

/** Puts a conflict of one contact away, for everybody. */
export function dismissConflictMutation(id: string) {
  return mutationOptions({
    mutationKey: ['conflict-dismiss', id],
    mutationFn: (conflictId: string) =>
      apiSend(
        'POST',
        `/api/contacts/${id}/conflicts/${conflictId}/dismiss`,
        undefined,
        answers('conflictDismissedSchema'),
      ),
    onSettled: (_result, _error, _conflict, _context, { client }) =>
      client.invalidateQueries({ queryKey: whyKeys.of(id) }),
  });
}

async function syncAndWatch(id: string): Promise<ContactSync> {
  const path = `/api/contacts/${id}/sync`;
  const { since } = await apiSend('POST', path, undefined, syncAnswers('syncStartedSchema'));
  const until = Date.now() + longestMs;
  for (;;) {
    const state = await apiGet(`${path}?since=${since}`, syncAnswers('contactSyncSchema'));
    const isOver = state.outcome !== null || state.waiting?.for || Date.now() > until;
    if (isOver) return state;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}
