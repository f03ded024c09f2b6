import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answersOf } from '#lib/core/answers.ts';
import { apiGet } from '#lib/core/api-client.ts';
import type { Contacts, ContactsQuery, ContactView } from './contacts-schemas.ts';

const answers = answersOf(() => import('./contacts-schemas.ts'));

const minuteMs = 60_000;

/** One page of a view; asked again every minute. The former page stays while the next one comes. */
export function contactsQuery(query: ContactsQuery) {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== '') params.set(key, String(value));
  return queryOptions({
    queryKey: ['contacts', query],
    queryFn: ({ signal }): Promise<Contacts> =>
      apiGet(`/api/contacts?${params}`, answers('contactsSchema'), signal),
    placeholderData: keepPreviousData,
    refetchInterval: minuteMs,
  });
}

/** Contacts by name or address for the search of the top bar. */
export async function searchContactNames(q: string, signal: AbortSignal): Promise<Contacts['contacts']> {
  const answer = await apiGet(`/api/contacts?q=${encodeURIComponent(q)}`, answers('contactsSchema'), signal);
  return answer.contacts;
}

/** Where a whole view is had as CSV. */
export function contactsExportHref(view: ContactView): string {
  return `/api/contacts/export?view=${view}`;
}
