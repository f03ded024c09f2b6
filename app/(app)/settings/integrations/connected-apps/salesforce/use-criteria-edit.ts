'use client';

import { useQuery } from '@tanstack/react-query';
import type { Hold } from '#lib/insight/schemas.ts';
import { segmentVersionsQuery } from '#lib/segments/queries.ts';
import { settingsQuery } from '#lib/settings/queries.ts';

/** So far back the circuit breaker counts who changes sides. */
const countedMs = 24 * 60 * 60_000;

export type CriteriaEdit = { listId: string; segment: string; by: string };

/** Who edited the inclusion segment's criteria here shortly before the writing stopped for people changing sides. */
export function useCriteriaEdit({ cause, since }: Hold): CriteriaEdit | null {
  const isAsked = cause === 'sides';
  const settings = useQuery({ ...settingsQuery(), enabled: isAsked }).data;
  const listId = settings?.values.inclusionListId ?? '';
  const versions = useQuery({ ...segmentVersionsQuery(listId), enabled: isAsked && listId !== '' }).data;
  const current = versions?.versions.find(({ version }) => version === versions.current);
  if (!isAsked || !settings?.segment || !current || current.by === null) return null;
  const age = new Date(since).getTime() - new Date(current.at).getTime();
  return age < countedMs ? { listId, segment: settings.segment.name, by: current.by } : null;
}
