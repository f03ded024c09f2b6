import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { apiGet, apiSend } from '#lib/core/api-client.ts';
import {
  type ChangedMapping,
  mappingFieldsSchema,
  mappingPreviewSchema,
  mappingsViewSchema,
  type NewMapping,
  type NewPropertyRequest,
  type PreviewRequest,
  propertyChoiceSchema,
} from './schemas.ts';

const all = ['mappings'] as const;

export function mappingsQuery() {
  return queryOptions({
    queryKey: [...all, 'list'],
    queryFn: ({ signal }) => apiGet('/api/mappings', mappingsViewSchema, signal),
  });
}

/** What both systems have; definitions change seldom, and asking costs API calls. */
export function mappingFieldsQuery() {
  return queryOptions({
    queryKey: [...all, 'fields'],
    queryFn: ({ signal }) => apiGet('/api/mappings/fields', mappingFieldsSchema, signal),
    staleTime: 10 * 60_000,
  });
}

export function mappingPreviewQuery(request: PreviewRequest) {
  return queryOptions({
    queryKey: [...all, 'preview', request],
    queryFn: () => apiSend('POST', '/api/mappings/preview', request, mappingPreviewSchema),
    staleTime: 60_000,
  });
}

export function addMappingMutation() {
  return mutationOptions({
    mutationKey: [...all, 'add'],
    mutationFn: (mapping: NewMapping) => apiSend('POST', '/api/mappings', mapping, mappingsViewSchema),
  });
}

export function changeMappingMutation() {
  return mutationOptions({
    mutationKey: [...all, 'change'],
    mutationFn: ({ id, ...change }: ChangedMapping & { id: string }) =>
      apiSend('PATCH', `/api/mappings/${id}`, change, mappingsViewSchema),
  });
}

export function removeMappingMutation() {
  return mutationOptions({
    mutationKey: [...all, 'remove'],
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      apiSend('DELETE', `/api/mappings/${id}`, { version }, mappingsViewSchema),
  });
}

export function restoreMappingMutation() {
  return mutationOptions({
    mutationKey: [...all, 'restore'],
    mutationFn: (id: string) => apiSend('POST', `/api/mappings/${id}/restore`, undefined, mappingsViewSchema),
  });
}

export function createPropertyMutation() {
  return mutationOptions({
    mutationKey: [...all, 'property'],
    mutationFn: (request: NewPropertyRequest) =>
      apiSend('POST', '/api/mappings/properties', request, propertyChoiceSchema),
  });
}
