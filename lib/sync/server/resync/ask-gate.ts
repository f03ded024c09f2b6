import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotPort } from '#lib/crm/ports.ts';
import { currentGate } from '#lib/settings/server/index.ts';
import { type Gates, listsOf, type Standing, standingOf } from '../../gate.ts';
import { type Trouble, troubleOf } from '../trouble.ts';

/** HubSpot's answer may be at most this old when a value is written (sync rules, section 3). */
export const answerLastsMs = 60_000;
const processingWaitMs = 10_000;

export type GateAnswer = {
  standing: Map<string, Standing>;
  askedAt: Date;
  /** When those who wait for a switch may go on. */
  waitsUntil: Date | null;
};

/**
 * Asks HubSpot which of these contacts may sync now: their memberships first, then whether the lists
 * themselves are active and completely processed, for otherwise nothing may be decided by them.
 */
export async function askGate(
  workspaceId: string,
  hubspot: HubSpotPort,
  contactIds: string[],
  troubles: number,
): Promise<Result<GateAnswer, Trouble>> {
  const askedAt = await now();
  const gate = await currentGate(db(), workspaceId, askedAt);
  const standing = new Map<string, Standing>();
  const lists = listsOf(gate);
  if (lists.length === 0) {
    for (const id of contactIds) standing.set(id, 'member');
    return ok({ standing, askedAt, waitsUntil: gate.waitsUntil });
  }
  const memberships = await hubspot.memberships(contactIds);
  if (!memberships.ok) return fail(troubleOf('hubspot', memberships.failure, troubles));
  for (const [position, id] of contactIds.entries()) {
    standing.set(id, standingOf(gate, memberships.value[position] ?? []));
  }
  const ready = await checkLists(hubspot, gate, troubles);
  return ready.ok ? ok({ standing, askedAt, waitsUntil: gate.waitsUntil }) : ready;
}

async function checkLists(
  hubspot: HubSpotPort,
  gate: Gates,
  troubles: number,
): Promise<Result<null, Trouble>> {
  for (const listId of listsOf(gate)) {
    const state = await checkList(hubspot, listId, troubles);
    if (!state.ok) return state;
  }
  return ok(null);
}

/** Is the list active and completely processed? */
export async function checkList(
  hubspot: HubSpotPort,
  listId: string,
  troubles: number,
): Promise<Result<{ name: string; size: number | null }, Trouble>> {
  const list = await hubspot.list(listId);
  if (!list.ok && list.failure.kind === 'notFound') {
    return fail({ reason: 'inclusion_segment_gone', waitMs: null });
  }
  if (!list.ok) return fail(troubleOf('hubspot', list.failure, troubles));
  const { deletedAt, processingType, processingStatus, name, size } = list.value;
  if (deletedAt !== null || processingType !== 'DYNAMIC') {
    return fail({ reason: 'inclusion_segment_gone', waitMs: null });
  }
  if (processingStatus !== 'COMPLETE')
    return fail({ reason: 'segment_processing', waitMs: processingWaitMs });
  return ok({ name, size });
}
