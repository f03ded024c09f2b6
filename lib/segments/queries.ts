import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { answersOf } from '#lib/core/answers.ts';
import { apiGet, apiSend } from '#lib/core/api-client.ts';
import type { FilterBranch } from './filter/model.ts';
import type * as schemas from './schemas.ts';

const answers = answersOf(() => import('./schemas.ts'));

/** Keys of everything here: what changes a segment invalidates `all`. */
export const segmentKeys = {
  all: ['segments'] as const,
  options: (q: string) => ['segments', 'options', q] as const,
  index: (query: schemas.SegmentIndexQuery) => ['segments', 'index', query] as const,
  segment: (listId: string) => ['segments', 'segment', listId] as const,
  members: (listId: string, view: MembersView) => ['segments', 'members', listId, view] as const,
  versions: (listId: string) => ['segments', 'versions', listId] as const,
  hiddenLints: (listId: string) => ['segments', 'hidden-lints', listId] as const,
  parts: ['segment-parts'] as const,
};

function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') params.set(key, String(value));
  }
  return params.size === 0 ? path : `${path}?${params}`;
}

const lookAgainMs = 700;

/** While the server brings its copy of HubSpot's lists up to date, what is shown follows. */
function nextLook(shown: { copy: schemas.SegmentCopy } | undefined): number | false {
  return shown?.copy.isRefreshing ? lookAgainMs : false;
}

/** The options of the Inclusion List menu, page by page. */
export function segmentOptionsQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: segmentKeys.options(q),
    queryFn: ({ pageParam, signal }) =>
      apiGet(withQuery('/api/segments', { q, after: pageParam }), answers('segmentOptionsSchema'), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.after ?? undefined,
    refetchInterval: ({ state }) => nextLook(state.data?.pages[0]),
  });
}

/** Names of segments of every kind that match, for searches. */
export async function searchSegmentNames(
  q: string,
  signal?: AbortSignal,
): Promise<{ listId: string; name: string }[]> {
  const page = await apiGet(withQuery('/api/segments/all', { q }), answers('segmentIndexSchema'), signal);
  return page.segments.map(({ listId, name }) => ({ listId, name }));
}

export function segmentIndexQuery(query: schemas.SegmentIndexQuery) {
  return queryOptions({
    queryKey: segmentKeys.index(query),
    queryFn: ({ signal }) =>
      apiGet(withQuery('/api/segments/all', query), answers('segmentIndexSchema'), signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => nextLook(state.data),
  });
}

export function segmentQuery(listId: string) {
  return queryOptions({
    queryKey: segmentKeys.segment(listId),
    queryFn: ({ signal }) => apiGet(`/api/segments/${listId}`, answers('segmentDetailSchema'), signal),
  });
}

/** How the members are looked at. */
export type MembersView = Pick<schemas.MembersQuery, 'q' | 'sort' | 'direction'>;

/** Members, a page of at most 250 at a time. */
export function membersQuery(listId: string, view: MembersView) {
  return infiniteQueryOptions({
    queryKey: segmentKeys.members(listId, view),
    queryFn: ({ pageParam, signal }) =>
      apiGet(
        withQuery(`/api/segments/${listId}/members`, { ...view, after: pageParam }),
        answers('membersSchema'),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.after ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function segmentVersionsQuery(listId: string) {
  return queryOptions({
    queryKey: segmentKeys.versions(listId),
    queryFn: ({ signal }) =>
      apiGet(`/api/segments/${listId}/versions`, answers('segmentVersionsSchema'), signal),
  });
}

/** Findings that were hidden for a segment, for everybody. */
export function hiddenLintsQuery(listId: string) {
  return queryOptions({
    queryKey: segmentKeys.hiddenLints(listId),
    queryFn: ({ signal }) =>
      apiGet(`/api/segments/${listId}/hidden-lints`, answers('hiddenLintsSchema'), signal),
    enabled: listId !== '',
  });
}

export function hideLint(listId: string, key: string) {
  return apiSend('POST', `/api/segments/${listId}/hidden-lints`, { key }, answers('hiddenLintsSchema'));
}

/** Who starts and stops when the saved filters are replaced; goes on with the cursor of the answer before. */
export function countEffect(listId: string, request: z.input<typeof schemas.effectRequestSchema>) {
  return apiSend('POST', `/api/segments/${listId}/effect`, request, answers('effectAnswerSchema'));
}

/** Properties, owners and segments that filters are made of. */
export function filterPartsQuery() {
  return queryOptions({
    queryKey: segmentKeys.parts,
    queryFn: ({ signal }) => apiGet('/api/segments/properties', answers('filterPartsSchema'), signal),
    staleTime: 5 * 60_000,
  });
}

export function createSegment(input: z.input<typeof schemas.createSegmentSchema>) {
  return apiSend('POST', '/api/segments', input, answers('segmentDetailSchema'));
}

export function updateSegment(listId: string, change: schemas.UpdateSegment) {
  return apiSend('PATCH', `/api/segments/${listId}`, change, answers('segmentDetailSchema'));
}

export function duplicateSegment(listId: string, name: string) {
  return apiSend('POST', `/api/segments/${listId}/duplicate`, { name }, answers('segmentDetailSchema'));
}

export function deleteSegment(listId: string) {
  return apiSend('DELETE', `/api/segments/${listId}`, undefined, answers('doneSchema'));
}

export function restoreSegment(listId: string) {
  return apiSend('POST', `/api/segments/${listId}/restore`, undefined, answers('segmentDetailSchema'));
}

export function saveDraft(draft: schemas.SaveDraft) {
  return apiSend('PUT', '/api/segments/draft', draft, answers('savedAtSchema'));
}

export function discardDraft(listId: string) {
  return apiSend('DELETE', withQuery('/api/segments/draft', { listId }), undefined, answers('doneSchema'));
}

export function previewSegment(request: z.input<typeof schemas.previewRequestSchema>) {
  return apiSend('POST', '/api/segments/preview', request, answers('previewSchema'));
}

/** The sizes of filters; goes on with the cursor of the answer before. */
export function countSizes(request: z.input<typeof schemas.sizesRequestSchema>) {
  return apiSend('POST', '/api/segments/sizes', request, answers('sizesAnswerSchema'));
}

export function lintFilters(request: z.input<typeof schemas.lintRequestSchema>) {
  return apiSend('POST', '/api/segments/lint', request, answers('lintAnswerSchema'));
}

/** The people behind a size, part by part. */
export function findWho(request: z.input<typeof schemas.whoRequestSchema>) {
  return apiSend('POST', '/api/segments/who', request, answers('whoAnswerSchema'));
}

export function findPeople(q: string, signal?: AbortSignal) {
  return apiGet(withQuery('/api/segments/people', { q }), answers('foundPeopleSchema'), signal);
}

export function testContact(contactId: string, filterBranch: FilterBranch) {
  return apiSend('POST', '/api/segments/test', { contactId, filterBranch }, answers('testResultSchema'));
}

/** Makes a segment the Inclusion List, against the settings as they are now. Throws ApiError on a conflict. */
export async function makeInclusionList(listId: string): Promise<void> {
  const { version } = await apiGet('/api/settings', answers('settingsVersionSchema'));
  await apiSend(
    'PATCH',
    '/api/settings',
    { key: 'inclusionListId', value: listId, version },
    answers('settingsVersionSchema'),
  );
}
