import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { apiGet } from '#lib/core/api-client.ts';
import { type AuditQuery, auditPageSchema } from './schemas.ts';

/** Key of everything about the App log. */
export const auditKey = ['audit'] as const;

/** One page of the App log; the former page stays while the next one comes. */
export function auditQuery(query: AuditQuery) {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) params.set(key, String(value));
  }
  return queryOptions({
    queryKey: [...auditKey, query],
    queryFn: ({ signal }) => apiGet(`/api/audit?${params}`, auditPageSchema, signal),
    placeholderData: keepPreviousData,
  });
}
