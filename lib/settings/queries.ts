import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { apiGet, apiSend } from '#lib/core/api-client.ts';
import { type SettingsPatch, settingsViewSchema } from './schemas.ts';

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
