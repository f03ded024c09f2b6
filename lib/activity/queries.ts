import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answersOf } from '#lib/core/answers.ts';
import { apiGet } from '#lib/core/api-client.ts';
import type { AuditQuery, OutcomeQuery } from './schemas.ts';

const answers = answersOf(() => import('./schemas.ts'));

/** Key of everything about the App log. */
export const auditKey = ['audit'] as const;

/** One page of the App log; the former page stays while the next one comes. */
export function auditQuery(query: AuditQuery) {
  return queryOptions({
    queryKey: [...auditKey, query],
    queryFn: ({ signal }) => apiGet(`/api/audit?${auditParams(query)}`, answers('auditPageSchema'), signal),
    placeholderData: keepPreviousData,
  });
}

/** One entry by its id, or all of a version, with the runs under it. */
export function auditDetailQuery(ref: string | number) {
  return queryOptions({
    queryKey: [...auditKey, 'detail', ref],
    queryFn: ({ signal }) => apiGet(`/api/audit/${ref}`, answers('auditDetailSchema'), signal),
  });
}

/** Where the whole log, not only a page of it, is had as CSV. */
export function auditExportHref(query: AuditQuery): string {
  return `/api/audit/export?${auditParams(query)}`;
}

function auditParams(query: AuditQuery): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') params.set(key, String(value));
  }
  return params;
}

/** Key of everything about Sync activity. */
export const outcomesKey = ['activity'] as const;

const liveMs = 3_000;

/**
 * One page of Sync activity. While `isLive`, it is asked again every few seconds; with a fixed `until` only
 * the number of newer rows changes. The former page stays while the next one comes.
 */
export function outcomesQuery(query: OutcomeQuery, isLive: boolean) {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') params.set(key, String(value));
  }
  return queryOptions({
    queryKey: [...outcomesKey, query],
    queryFn: ({ signal }) => apiGet(`/api/activity?${params}`, answers('outcomePageSchema'), signal),
    placeholderData: keepPreviousData,
    refetchInterval: isLive ? liveMs : false,
  });
}

/** Where the whole list, not only a page of it, is had as CSV. */
export function exportHref(filters: Partial<OutcomeQuery>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(filters)) if (value) params.set(key, String(value));
  return `/api/activity/export?${params}`;
}
