import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { type Db, inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { changesBetween, type MadeChange, takeBack } from '#lib/settings/server/index.ts';
import { turnedOn } from '../collect/caused-by.ts';
import type { Hold, HoldCause } from '../collect/store.ts';
import type { Scope } from '../store.ts';
import * as breaker from './breaker-repository.ts';
import { lockRuns } from './repository.ts';
import { enqueueInbox } from './run-inbox.ts';

const dayMs = 24 * 60 * 60_000;

/** What of a version can have caused a hold. */
const changedBy: Partial<Record<HoldCause, string>> = { creations: 'salesforceChanges', blanking: 'mapping' };

/**
 * The change of settings or mappings that made what a hold stops possible, within the time that is counted for
 * it; null: none did. A change of the gate has an undo of its own.
 */
export async function causeOf(db: Db, scope: Scope, hold: Hold): Promise<MadeChange | null> {
  const key = changedBy[hold.cause];
  if (key === undefined) return null;
  const day = hold.since.getTime() - dayMs;
  const confirmed = (await breaker.lastConfirmation(db, scope))?.getTime() ?? 0;
  const time = { after: new Date(Math.max(day, confirmed)), until: hold.since };
  for await (const change of changesBetween(db, scope.workspaceId, time, key)) {
    if (turnedOn(change, hold.counts).length > 0) return change;
  }
  return null;
}

/**
 * Takes back the change that made possible what the circuit breaker has stopped: the former settings or mappings
 * return as a new version, the writing goes on, and what waits is counted by them. Fails with `not_found`,
 * `already_confirmed`, `nothing_to_go_on` if it has ended by itself, or `nothing_to_undo` if no change caused it.
 */
export function undoHold(actor: Actor, holdId: string): Promise<Result<null>> {
  const { workspaceId } = actor;
  return inTransaction(async (tx): Promise<Result<null>> => {
    await lockRuns(tx, workspaceId);
    const row = await breaker.findHoldOf(tx, workspaceId, holdId);
    if (!row) return fail({ code: 'not_found' });
    if (row.endedAt !== null) return fail(breaker.endedBy(row));
    const { orgId } = row;
    const scope = { workspaceId, orgId };
    const hold = breaker.holdOf(row);
    const change = await causeOf(tx, scope, hold);
    if (!change) return fail({ code: 'nothing_to_undo' });
    const at = await now(tx);
    await takeBack(tx, actor, change, at);
    await breaker.deleteWaiting(tx, scope, turnedOn(change, hold.counts));
    await breaker.endHold(tx, scope, holdId, at);
    await enqueueInbox(tx, scope);
    return ok(null);
  });
}
