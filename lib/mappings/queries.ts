import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { answersOf } from '#lib/core/answers.ts';
import { apiGet, apiSend } from '#lib/core/api-client.ts';
import type { ChangedMapping, NewMapping, NewPropertyRequest, PreviewRequest } from './schemas.ts';

const answers = answersOf(() => import('./schemas.ts'));

const all = ['mappings'] as const;

export function mappingsQuery() {
  return queryOptions({
    queryKey: [...all, 'list'],
    queryFn: ({ signal }) => apiGet('/api/mappings', answers('mappingsViewSchema'), signal),
  });
}

/** What both systems have; definitions change seldom, and asking costs API calls. */
export function mappingFieldsQuery() {
  return queryOptions({
    queryKey: [...all, 'fields'],
    queryFn: ({ signal }) => apiGet('/api/mappings/fields', answers('mappingFieldsSchema'), signal),
    staleTime: 10 * 60_000,
  });
}

export function mappingPreviewQuery(request: PreviewRequest) {
  return queryOptions({
    queryKey: [...all, 'preview', request],
    queryFn: () => apiSend('POST', '/api/mappings/preview', request, answers('mappingPreviewSchema')),
    staleTime: 60_000,
  });
}

export function addMappingMutation() {
  return mutationOptions({
    mutationKey: [...all, 'add'],
    mutationFn: (mapping: NewMapping) =>
      apiSend('POST', '/api/mappings', mapping, answers('mappingsViewSchema')),
  });
}

export function changeMappingMutation() {
  return mutationOptions({
    mutationKey: [...all, 'change'],
    mutationFn: ({ id, ...change }: ChangedMapping & { id: string }) =>
      apiSend('PATCH', `/api/mappings/${id}`, change, answers('mappingsViewSchema')),
  });
}

export function removeMappingMutation() {
  return mutationOptions({
    mutationKey: [...all, 'remove'],
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      apiSend('DELETE', `/api/mappings/${id}`, { version }, answers('mappingsViewSchema')),
  });
}

export function restoreMappingMutation() {
  return mutationOptions({
    mutationKey: [...all, 'restore'],
    mutationFn: (id: string) =>
      apiSend('POST', `/api/mappings/${id}/restore`, undefined, answers('mappingsViewSchema')),
  });
}

export function createPropertyMutation() {
  return mutationOptions({
    mutationKey: [...all, 'property'],
    mutationFn: (request: NewPropertyRequest) =>
      apiSend('POST', '/api/mappings/properties', request, answers('propertyChoiceSchema')),
  });
}
