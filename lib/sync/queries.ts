import { mutationOptions, queryOptions } from '@tanstack/react-query';
import { answersOf } from '#lib/core/answers.ts';
import { apiGet, apiSend } from '#lib/core/api-client.ts';
import { isActive } from './rules.ts';
import type { Forecast } from './schemas.ts';

const answers = answersOf(() => import('./schemas.ts'));

/** Keys of everything about runs: what a start or a stop makes stale. */
export const runKeys = {
  all: ['runs'] as const,
  list: ['runs', 'list'] as const,
  forecast: ['runs', 'forecast'] as const,
};

const progressMs = 1_000;
const idleMs = 15_000;

/** The workspace's latest runs, active ones first; asked every second while one is under way. */
export function runsQuery() {
  return queryOptions({
    queryKey: runKeys.list,
    queryFn: ({ signal }) => apiGet('/api/runs', answers('runListSchema'), signal),
    refetchInterval: ({ state }) => (state.data?.runs.some(isActive) ? progressMs : idleMs),
  });
}

/** What a resync would do now. It reads a sample in both CRMs, so ask only when a person wants to know. */
export function forecastQuery() {
  return queryOptions({
    queryKey: runKeys.forecast,
    queryFn: ({ signal }) => apiGet('/api/runs/forecast', answers('forecastSchema'), signal),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

/** Starts a resync; give the forecast that the person said yes to. */
export function startResyncMutation() {
  return mutationOptions({
    mutationKey: ['runs', 'start'],
    mutationFn: (forecast?: Forecast) =>
      apiSend(
        'POST',
        '/api/runs',
        { kind: 'resync', ...(forecast ? { forecast } : {}) },
        answers('runSchema'),
      ),
    onSettled: (_run, _error, _forecast, _result, { client }) =>
      client.invalidateQueries({ queryKey: runKeys.list }),
  });
}

/** Stops a run after the batch at hand. */
export function stopRunMutation() {
  return mutationOptions({
    mutationKey: ['runs', 'stop'],
    mutationFn: (id: string) => apiSend('POST', `/api/runs/${id}/stop`, undefined, answers('runSchema')),
    onSettled: (_run, _error, _id, _result, { client }) => client.invalidateQueries(),
  });
}

/** Lets a resync that was stopped go on. */
export function resumeRunMutation() {
  return mutationOptions({
    mutationKey: ['runs', 'resume'],
    mutationFn: (id: string) => apiSend('POST', `/api/runs/${id}/resume`, undefined, answers('runSchema')),
    onSettled: (_run, _error, _id, _result, { client }) => client.invalidateQueries(),
  });
}
