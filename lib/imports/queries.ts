import { keepPreviousData, mutationOptions, queryOptions } from '@tanstack/react-query';
import { answersOf } from '#lib/core/answers.ts';
import { apiGet, apiSend } from '#lib/core/api-client.ts';
import type { ImportRequest, PeopleGroup, PeopleQuery } from './schemas.ts';

const answers = answersOf(() => import('./schemas.ts'));

/** What there is to import. */
export function importOptionsQuery() {
  return queryOptions({
    queryKey: ['imports', 'options'],
    queryFn: ({ signal }) => apiGet('/api/imports', answers('importOptionsSchema'), signal),
  });
}

/** One import; asked every second while it is counted or under way. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: ({ signal }) => apiGet(`/api/imports/${id}`, answers('importSchema'), signal),
    refetchInterval: ({ state: { data } }) =>
      data?.state === 'counting' || data?.state === 'running' ? 1_000 : false,
  });
}

/** One page of the people of a group; the former page stays while the next one comes. */
export function importPeopleQuery(id: string, query: PeopleQuery) {
  const { group, search, page } = query;
  const params = new URLSearchParams({ group, page: String(page), ...(search ? { search } : {}) });
  return queryOptions({
    queryKey: ['imports', 'people', id, query],
    queryFn: ({ signal }) =>
      apiGet(`/api/imports/${id}/people?${params}`, answers('importPeopleSchema'), signal),
    placeholderData: keepPreviousData,
  });
}

/** Where a whole group is had as CSV. */
export function importExportHref(id: string, group: PeopleGroup): string {
  return `/api/imports/${id}/people/export?group=${group}`;
}

export function countImportMutation() {
  return mutationOptions({
    mutationKey: ['imports', 'count'],
    mutationFn: (request: ImportRequest) => apiSend('POST', '/api/imports', request, answers('importSchema')),
  });
}

export type ImportVerb = 'start' | 'stop' | 'resume' | 'finish';

export function importVerbMutation(id: string) {
  return mutationOptions({
    mutationKey: ['imports', 'verb', id],
    mutationFn: (verb: ImportVerb) =>
      apiSend('POST', `/api/imports/${id}/${verb}`, undefined, answers('importSchema')),
    onSettled: (_view, _error, _verb, _result, { client }) => client.invalidateQueries(),
  });
}
