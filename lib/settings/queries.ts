import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { apiGet, apiSend } from '#lib/core/api-client.ts';
import {
  type RestoreRequest,
  restoredSchema,
  type SettingsPatch,
  settingsAsOfSchema,
  settingsViewSchema,
} from './schemas.ts';

/** The contact sync settings; asked again while the segment is being processed. */
export function settingsQuery() {
  return queryOptions({
    queryKey: ['settings'],
    queryFn: ({ signal }) => apiGet('/api/settings', settingsViewSchema, signal),
    refetchInterval: ({ state }) => (state.data?.segment?.state === 'processing' ? 3_000 : false),
  });
}

export function updateSettingMutation() {
  return mutationOptions({
    mutationKey: ['settings', 'update'],
    mutationFn: (patch: SettingsPatch) => apiSend('PATCH', '/api/settings', patch, settingsViewSchema),
  });
}

export function undoChangeMutation() {
  return mutationOptions({
    mutationKey: ['settings', 'undo'],
    mutationFn: (changeId: string) =>
      apiSend('POST', `/api/settings/changes/${changeId}/undo`, undefined, settingsViewSchema),
  });
}

/** The settings of a moment (ISO) or of a version, beside today's. */
export function settingsAsOfQuery(asOf: string | number) {
  return queryOptions({
    queryKey: ['settings', 'as-of', String(asOf)],
    queryFn: ({ signal }) =>
      apiGet(`/api/settings?as-of=${encodeURIComponent(asOf)}`, settingsAsOfSchema, signal),
  });
}

export function restoreMutation() {
  return mutationOptions({
    mutationKey: ['settings', 'restore'],
    mutationFn: ({ from, ...request }: RestoreRequest & { from: number }) =>
      apiSend('POST', `/api/settings/versions/${from}/restore`, request, restoredSchema),
  });
}
