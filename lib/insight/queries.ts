import { keepPreviousData, mutationOptions, queryOptions } from '@tanstack/react-query';
import { answersOf } from '#lib/core/answers.ts';
import { apiGet, apiSend } from '#lib/core/api-client.ts';
import { isActive } from '#lib/sync/rules.ts';
import type { ErrorQuery } from './schemas.ts';

const answers = answersOf(() => import('./schemas.ts'));

const minuteMs = 60_000;

/** Keys of everything about Sync Health. */
export const healthKeys = { all: ['health'] as const, summary: ['health', 'summary'] as const };

/** Calls, errors and pauses; asked again every 15 seconds while the page is visible. */
export function healthQuery() {
  return queryOptions({
    queryKey: healthKeys.summary,
    queryFn: ({ signal }) => apiGet('/api/sync-health', answers('healthSchema'), signal),
    refetchInterval: 15_000,
  });
}

/** One page of people with errors; the former page stays while the next one comes. */
export function errorsQuery(query: ErrorQuery) {
  return queryOptions({
    queryKey: [...healthKeys.all, 'errors', query],
    queryFn: ({ signal }) =>
      apiGet(`/api/sync-health/errors?${paramsOf(query)}`, answers('errorPageSchema'), signal),
    placeholderData: keepPreviousData,
  });
}

/** Where all errors, or those of one category, are had as CSV. */
export function errorExportHref(query: Partial<ErrorQuery> = {}): string {
  const params = paramsOf(query).toString();
  return `/api/sync-health/errors/export${params ? `?${params}` : ''}`;
}

function paramsOf(query: Partial<ErrorQuery>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') params.set(key, String(value));
  }
  return params;
}

/** The receipt of a run; asked every second while it is under way, and later until the next check is done. */
export function receiptQuery(id: string) {
  return queryOptions({
    queryKey: ['receipt', id],
    queryFn: ({ signal }) => apiGet(`/api/runs/${id}`, answers('receiptSchema'), signal),
    refetchInterval: ({ state }) => {
      if (!state.data) return false;
      if (isActive(state.data)) return 1_000;
      return state.data.proofs.some(({ state: proof }) => proof === 'open') ? minuteMs : false;
    },
  });
}

const noticesKey = ['notices'] as const;

/** The bell; asked every minute. */
export function noticesQuery() {
  return queryOptions({
    queryKey: noticesKey,
    queryFn: ({ signal }) => apiGet('/api/notices', answers('noticeListSchema'), signal),
    refetchInterval: minuteMs,
  });
}

/** Marks the notices up to a moment as read, for the one who reads. */
export function readNoticesMutation() {
  return mutationOptions({
    mutationKey: ['notices', 'read'],
    mutationFn: (until: string) =>
      apiSend('POST', '/api/notices/read', { until }, answers('noticeListSchema')),
    onSuccess: (list, _until, _result, { client }) => client.setQueryData(noticesKey, list),
  });
}

/** Tries people again, by the outcomes that failed. */
export function retryMutation() {
  return mutationOptions({
    mutationKey: ['activity', 'retry'],
    mutationFn: (outcomeIds: string[]) =>
      apiSend('POST', '/api/activity/retry', { outcomeIds }, answers('retriedSchema')),
    onSuccess: (_retried, _ids, _result, { client }) =>
      client.invalidateQueries({ queryKey: healthKeys.all }),
  });
}

/** Tries one person again, by the outcome that failed. */
export function retryOneMutation() {
  return mutationOptions({
    mutationKey: ['activity', 'retry-one'],
    mutationFn: (outcomeId: string) =>
      apiSend('POST', '/api/activity/retry', { outcomeIds: [outcomeId] }, answers('retriedSchema')),
  });
}

/** Lets everything that waits for Salesforce try again at once. */
export function clearSuspensionMutation() {
  return mutationOptions({
    mutationKey: ['health', 'clear'],
    mutationFn: () => apiSend('POST', '/api/sync-health/clear', undefined, answers('healthSchema')),
    onSuccess: (health, _nothing, _result, { client }) => client.setQueryData(healthKeys.summary, health),
  });
}

export { contactsExportHref, contactsQuery, searchContactNames } from './contacts-queries.ts';
export {
  confirmHoldMutation,
  countedEffectQuery,
  holdsQuery,
  letSwitchMutation,
  type SwitchOf,
  switchEffectsQuery,
  switchExportHref,
  switchForecastQuery,
  switchPeopleQuery,
  switchQuery,
} from './switch-queries.ts';
export {
  dismissConflictMutation,
  onlyMissQuery,
  storedWhyQuery,
  syncContactMutation,
  whyQuery,
} from './why-queries.ts';
