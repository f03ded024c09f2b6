import { keepPreviousData, mutationOptions, queryOptions } from '@tanstack/react-query';
import { answersOf, nothing } from '#lib/core/answers.ts';
import { apiGet, apiSend } from '#lib/core/api-client.ts';
import type { SwitchPeopleQuery, SwitchPreview } from './switch-schemas.ts';

const answers = answersOf(() => import('./switch-schemas.ts'));

const switchKey = (changeId: string) => ['switch', changeId] as const;

/** How soon a change of the inclusion segment may look different. */
function nextLook(preview: SwitchPreview | undefined): number | false {
  if (!preview) return false;
  const { phase, count } = preview;
  if (phase === 'ended' || phase === 'inForce') return false;
  if (count.state === 'counting') return 1_500;
  if (count.state === 'processing') return 15_000;
  return phase === 'waiting' ? 5_000 : 10_000;
}

/** What a change of the inclusion segment does, followed until it is in force. */
export function switchQuery(changeId: string) {
  return queryOptions({
    queryKey: switchKey(changeId),
    queryFn: ({ signal }) =>
      apiGet(`/api/settings/changes/${changeId}/preview`, answers('switchPreviewSchema'), signal),
    refetchInterval: ({ state }) => nextLook(state.data),
  });
}

/** API calls that the change asks for; asked once, for counting them costs calls itself. */
export function switchForecastQuery(changeId: string) {
  return queryOptions({
    queryKey: [...switchKey(changeId), 'forecast'],
    queryFn: ({ signal }) =>
      apiGet(`/api/settings/changes/${changeId}/forecast`, answers('switchForecastSchema'), signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

/** A change that was made, or a segment that may be chosen next; null is all contacts. */
export type SwitchOf = { changeId: string } | { listId: string | null };

/** Where the people of a row are read, and what tells them from others. */
function placeOf(of: SwitchOf): { key: readonly string[]; path: string; list: { list?: string } } {
  if ('changeId' in of) {
    const path = `/api/settings/changes/${of.changeId}/people`;
    return { key: switchKey(of.changeId), path, list: {} };
  }
  const list = of.listId ?? 'all';
  return { key: [...effectsKey, list], path: '/api/settings/effects/people', list: { list } };
}

/** A page of the people of one row. */
export function switchPeopleQuery(of: SwitchOf, query: SwitchPeopleQuery) {
  const { key, path, list } = placeOf(of);
  const params = new URLSearchParams({ ...list, ...query, page: String(query.page) });
  return queryOptions({
    queryKey: [...key, 'people', query],
    queryFn: ({ signal }) => apiGet(`${path}?${params}`, answers('switchPeopleSchema'), signal),
    placeholderData: keepPreviousData,
  });
}

/** Where everybody of one row is had as CSV. */
export function switchExportHref(of: SwitchOf, { group, side }: Pick<SwitchPeopleQuery, 'group' | 'side'>) {
  const { path, list } = placeOf(of);
  return `${path}/export?${new URLSearchParams({ ...list, group, side })}`;
}

const effectsKey = ['switch-effects'] as const;

/** What choosing another segment would change, as far as it is known without asking HubSpot. */
export function switchEffectsQuery() {
  return queryOptions({
    queryKey: effectsKey,
    queryFn: ({ signal }) => apiGet('/api/settings/effects', answers('switchEffectsSchema'), signal),
    staleTime: 30_000,
  });
}

/**
 * The same for a segment whose members are not stored: HubSpot is asked for all of them, nothing is stored. Asked
 * once, for that costs calls.
 */
export function countedEffectQuery(listId: string) {
  return queryOptions({
    queryKey: [...effectsKey, listId, 'counted'],
    queryFn: ({ signal }) =>
      apiGet(`/api/settings/effects/count?list=${listId}`, answers('switchEffectSchema'), signal),
    staleTime: 5 * 60_000,
    retry: false,
    refetchOnWindowFocus: false,
  });
}

/** Lets a change come into force: `confirm` what waits for a person, or `go-on` without counting. */
export function letSwitchMutation(act: 'confirm' | 'go-on') {
  return mutationOptions({
    mutationKey: ['switch', act],
    mutationFn: (changeId: string) =>
      apiSend('POST', `/api/settings/changes/${changeId}/${act}`, undefined, nothing),
    onSettled: (_nothing, _error, _changeId, _result, { client }) => client.invalidateQueries(),
  });
}

/** What has stopped the writing; asked every 15 seconds. */
export function holdsQuery() {
  return queryOptions({
    queryKey: ['holds'],
    queryFn: ({ signal }) => apiGet('/api/holds', answers('holdsSchema'), signal),
    refetchInterval: 15_000,
  });
}

/**
 * Lets go on what has stopped the writing; `end-links`: deletions in Salesforce leave the contacts in HubSpot;
 * `undo`: the change of settings or mappings that caused it is taken back.
 */
export function confirmHoldMutation(act: 'confirm' | 'end-links' | 'undo') {
  return mutationOptions({
    mutationKey: ['holds', act],
    mutationFn: (id: string) => apiSend('POST', `/api/holds/${id}/${act}`, undefined, nothing),
    onSettled: (_nothing, _error, _id, _result, { client }) => client.invalidateQueries(),
  });
}
