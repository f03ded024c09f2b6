import type { Actor } from '#lib/auth/actor.ts';
import { flushApiUse } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { errorCategories } from '#lib/crm/failure.ts';
import type { SettingsValues } from '#lib/settings/schemas.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import { forecastSchema, runReasons } from '#lib/sync/schemas.ts';
import { allocationOf, budgetWindowMs } from '#lib/sync/server/index.ts';
import { freeAgainAt, hoursOf } from '../rules.ts';
import type { Health, Pause } from '../schemas.ts';
import * as facts from './facts-repository.ts';
import { countErrors, countPeople } from './repository.ts';

const shownForecasts = 10;
/** While Salesforce itself refuses, nothing syncs at all. */
const suspending = ['salesforce_rate_limited', 'salesforce_refused'];

/** Sync Health: calls of the last 24 hours, errors by category, what stops the sync, the latest forecasts. */
export async function getHealth(actor: Pick<Actor, 'workspaceId' | 'role'>): Promise<Result<Health>> {
  const { workspaceId } = actor;
  await flushApiUse();
  const at = await now();
  const since = new Date(at.getTime() - budgetWindowMs);
  const [settings, calls, api, synced, errors, forecasts, wentOnAt] = await Promise.all([
    currentSettings(db(), workspaceId),
    facts.findCalls(db(), workspaceId, since),
    facts.findApiLimit(db(), workspaceId),
    facts.countSynced(db(), workspaceId, since),
    errorsOf(workspaceId),
    forecastsOf(workspaceId),
    facts.findWentOn(db(), workspaceId, since),
  ]);
  const allocation = allocationOf(settings.values.apiAllocation, api.limit);
  return ok({
    api: {
      used: calls.reduce((sum, each) => sum + each.calls, 0),
      allocation,
      limit: api.limit,
      hours: hoursOf(calls, at),
      synced,
    },
    errors,
    pauses: await pausesOf(workspaceId, settings.values, freeAgainAt(calls, allocation)),
    wentOnAt: wentOnAt?.toISOString() ?? null,
    forecasts,
    isConnected: api.isConnected,
    canEdit: actor.role === 'admin',
  });
}

async function errorsOf(workspaceId: string): Promise<Health['errors']> {
  const [codes, people, nextTryAt] = await Promise.all([
    countErrors(db(), workspaceId),
    countPeople(db(), workspaceId),
    facts.findNextTry(db(), workspaceId),
  ]);
  const recordsOf = (category: string | null) =>
    people.find((each) => each.category === category)?.records ?? 0;
  const categories = errorCategories.map((category) => {
    const own = codes.filter((each) => each.category === category);
    return {
      category,
      errors: own.reduce((sum, each) => sum + each.errors, 0),
      records: recordsOf(category),
      codes: own.map(({ code, records }) => ({ code, records })),
    };
  });
  return {
    errors: categories.reduce((sum, each) => sum + each.errors, 0),
    records: recordsOf(null),
    categories,
    nextTryAt: nextTryAt?.toISOString() ?? null,
  };
}

async function forecastsOf(workspaceId: string): Promise<Health['forecasts']> {
  const runs = await facts.findFinishedRuns(db(), workspaceId, 3 * shownForecasts);
  return runs
    .flatMap(({ id, createdAt, processed, forecast, salesforceCalls }) => {
      const parsed = forecastSchema.safeParse(forecast);
      if (!parsed.success) return [];
      const calls = { forecast: parsed.data.salesforceCalls, actual: salesforceCalls };
      return [{ runId: id, at: createdAt.toISOString(), people: processed, ...calls }];
    })
    .slice(0, shownForecasts);
}

async function pausesOf(workspaceId: string, values: SettingsValues, freeAt: Date | null): Promise<Pause[]> {
  const [paused, segment, holds, suspended] = await Promise.all([
    values.paused ? facts.findPause(db(), workspaceId) : null,
    values.inclusionListId ? facts.findSegment(db(), workspaceId, values.inclusionListId) : null,
    facts.findHolds(db(), workspaceId),
    facts.findSuspended(db(), workspaceId, suspending),
  ]);
  const isGone = segment && (segment.deletedAt !== null || segment.processingType !== 'DYNAMIC');
  return [
    ...(values.paused
      ? [{ kind: 'paused' as const, by: paused?.actor ?? null, since: paused?.at.toISOString() ?? null }]
      : []),
    ...holds.map((hold) => ({ kind: 'hold' as const, ...hold, since: hold.since.toISOString() })),
    ...(isGone ? [{ kind: 'segment_gone' as const, segment: segment.name }] : []),
    ...(freeAt ? [{ kind: 'budget' as const, freeAt: freeAt.toISOString() }] : []),
    ...suspended.flatMap(suspensionOf),
  ];
}

function suspensionOf(run: {
  id: string;
  reason: string | null;
  createdAt: Date;
  startedAt: Date | null;
}): Pause[] {
  const reason = runReasons.find((each) => each === run.reason);
  if (!reason) return [];
  return [
    { kind: 'suspended', reason, runId: run.id, since: (run.startedAt ?? run.createdAt).toISOString() },
  ];
}
