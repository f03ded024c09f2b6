import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { answersOf } from '#lib/core/answers.ts';
import { ApiError, apiGet, apiSend } from '#lib/core/api-client.ts';
import type { RestoreRequest, SettingsPatch, SettingsView } from './schemas.ts';

const answers = answersOf(() => import('./schemas.ts'));

/** The contact sync settings; asked again while the segment is being processed. */
export function settingsQuery() {
  return queryOptions({
    queryKey: ['settings'],
    queryFn: ({ signal }) => apiGet('/api/settings', answers('settingsViewSchema'), signal),
    refetchInterval: ({ state }) => (state.data?.segment?.state === 'processing' ? 3_000 : false),
  });
}

export function updateSettingMutation() {
  return mutationOptions({
    mutationKey: ['settings', 'update'],
    mutationFn: (patch: SettingsPatch) =>
      apiSend('PATCH', '/api/settings', patch, answers('settingsViewSchema')),
  });
}

export function undoChangeMutation() {
  return mutationOptions({
    mutationKey: ['settings', 'undo'],
    mutationFn: (changeId: string) =>
      apiSend('POST', `/api/settings/changes/${changeId}/undo`, undefined, answers('settingsViewSchema')),
  });
}

/** The settings of a moment (ISO) or of a version, beside today's. */
export function settingsAsOfQuery(asOf: string | number) {
  return queryOptions({
    queryKey: ['settings', 'as-of', String(asOf)],
    queryFn: ({ signal }) =>
      apiGet(`/api/settings?as-of=${encodeURIComponent(asOf)}`, answers('settingsAsOfSchema'), signal),
  });
}

export function restoreMutation() {
  return mutationOptions({
    mutationKey: ['settings', 'restore'],
    mutationFn: ({ from, ...request }: RestoreRequest & { from: number }) =>
      apiSend('POST', `/api/settings/versions/${from}/restore`, request, answers('restoredSchema')),
  });
}

/** The newer settings that came with a version conflict; null for any other failure. */
export async function newerSettings(error: unknown): Promise<SettingsView | null> {
  if (!(error instanceof ApiError) || error.problem.code !== 'version_conflict') return null;
  const parsed = (await answers('settingsViewSchema')()).safeParse(error.problem.current);
  return parsed.success ? parsed.data : null;
}
