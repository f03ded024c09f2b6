import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { env } from '#lib/core/env.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { addCounted, type Counted, callsOf, forecastPeople } from '#lib/sync/server/index.ts';
import { accuracyOf, dailyCalls, minutesFor } from '../switch-rules.ts';
import { type SwitchCounts, type SwitchForecast, switchCountsSchema } from '../switch-schemas.ts';
import { getHealth } from './get-health.ts';
import * as repository from './switch-repository.ts';

const dayMs = 24 * 60 * 60_000;
const daysBack = 14;
const sample = 250;
const shownForecasts = 3;

/**
 * How many API calls a resync of those who start, or of everybody, would take, counted from what would really
 * be sent to a sample of them; and what each day takes afterwards. Fails with `not_found` (also while it is
 * not counted yet), or as a resync's forecast does.
 */
export async function forecastSwitch(actor: Actor, changeId: string): Promise<Result<SwitchForecast>> {
  const { workspaceId } = actor;
  const change = await repository.findChange(db(), workspaceId, changeId);
  const counts = switchCountsSchema.safeParse(change?.count?.counts);
  if (!change || !counts.success) return fail({ code: 'not_found' });
  const idsOf = async (group: string) =>
    (await repository.findPeopleIds(db(), { changeId }, [group], { take: sample })).map(({ id }) => id);
  const { start, both } = counts.data;
  const counted = await forecastPeople(actor, [
    { ids: await idsOf('start'), people: start },
    { ids: await idsOf('both'), people: both },
  ]);
  if (!counted.ok) return counted;
  const [starting, staying] = counted.value;
  if (!starting || !staying) throw new Error('A group has no forecast.');
  const health = await getHealth(actor);
  if (!health.ok) return health;
  const runs = await repository.findRunSpeeds(db(), workspaceId);
  const row = (of: Counted, people: number) => {
    const calls = callsOf({ ...of, people });
    return { people, ...calls, minutes: minutesFor(calls, runs) };
  };
  const { allocation, used } = health.value.api;
  const budget = health.value.pauses.find((pause) => pause.kind === 'budget');
  return ok({
    start: row(starting, start),
    all: row(addCounted(starting, staying), start + both),
    daily: await dailyOf(workspaceId, counts.data),
    left:
      allocation === null
        ? null
        : { calls: Math.max(allocation - used, 0), of: allocation, freeAt: budget?.freeAt ?? null },
    accuracy: accuracyOf(health.value.forecasts.slice(0, shownForecasts)),
  });
}

async function dailyOf(workspaceId: string, counts: SwitchCounts): Promise<SwitchForecast['daily']> {
  const at = await now();
  const since = new Date(at.getTime() - daysBack * dayMs);
  const { firstAt, ...calls } = await repository.findChangeCalls(db(), workspaceId, since);
  if (!firstAt) return null;
  return dailyCalls({
    ...calls,
    days: Math.max((at.getTime() - firstAt.getTime()) / dayMs, 1),
    membersBefore: counts.before,
    members: counts.now,
    pollsADay: Math.round(dayMs / 1_000 / env().SYNC_POLL_SECONDS),
  });
}
