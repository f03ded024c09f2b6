import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { type Db, db, inTransaction } from '#lib/core/db.ts';
import type { Failure } from '#lib/core/failures.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { Hold } from '../collect/store.ts';
import {
  confirmHold,
  endedBy,
  findHoldOf,
  findHoldOfChange,
  findOpenHolds,
  holdOf,
} from './breaker-repository.ts';
import { lockRuns } from './repository.ts';
import { enqueueInbox } from './run-inbox.ts';
import { findChangeOf, settleChange } from './switch-repository.ts';
import { keepContacts } from './triggers-repository.ts';
import { causeOf } from './undo-hold.ts';

/**
 * Lets go on what the circuit breaker has stopped. Counting begins anew from now. Fails with `not_found`, or
 * `already_confirmed` with who did it, or `nothing_to_go_on` if its cause has gone by itself.
 */
export function confirmWriting(actor: Actor, holdId: string): Promise<Result<null>> {
  return inTransaction((tx) => confirm(tx, actor, holdId));
}

/** Confirms a change of the gate that would move too many people, as `confirmWriting`. */
export function confirmChange(actor: Actor, changeId: string): Promise<Result<null>> {
  return inTransaction(async (tx) => {
    const hold = await findHoldOfChange(tx, actor.workspaceId, changeId);
    return hold ? confirm(tx, actor, hold.id) : fail<Failure>({ code: 'not_found' });
  });
}

/**
 * Lets go on what deletions in Salesforce have stopped, but leaves the contacts in HubSpot: of everybody who
 * waits because of a deletion only the link ends. Fails as `confirmWriting`; a stop for another cause is
 * `not_found`.
 */
export function endLinksOnly(actor: Actor, holdId: string): Promise<Result<null>> {
  return inTransaction((tx) => confirm(tx, actor, holdId, { keepsContacts: true }));
}

async function confirm(
  tx: Db,
  actor: Actor,
  holdId: string,
  { keepsContacts = false } = {},
): Promise<Result<null>> {
  const { workspaceId } = actor;
  await lockRuns(tx, workspaceId);
  const hold = await findHoldOf(tx, workspaceId, holdId);
  if (!hold || (keepsContacts && hold.cause !== 'deletions')) return fail({ code: 'not_found' });
  const at = await now(tx);
  const who = { confirmedAt: at, confirmedById: actor.userId, confirmedBy: actor.name };
  if (!(await confirmHold(tx, holdId, who))) {
    return fail(endedBy(hold));
  }
  if (hold.changeId) await settleChange(tx, hold.changeId, at);
  if (keepsContacts) await keepContacts(tx, hold);
  await enqueueInbox(tx, hold);
  await recordAudit(tx, {
    workspaceId,
    actorId: actor.userId,
    actor: actor.name,
    action: 'writing.confirmed',
    app: 'segbridge',
    newValue: {
      cause: hold.cause,
      counts: hold.counts,
      ...(hold.changeId ? { changeId: hold.changeId } : {}),
      ...(keepsContacts ? { keepsContacts } : {}),
    },
    at,
  });
  return ok(null);
}

/**
 * Lets a change of the gate come into force though it could not be counted. Fails with `not_found`, or
 * `nothing_to_go_on` if it was replaced, counted or let go before.
 */
export function goOnUncounted(actor: Actor, changeId: string): Promise<Result<null>> {
  const { workspaceId } = actor;
  return inTransaction(async (tx) => {
    await lockRuns(tx, workspaceId);
    const change = await findChangeOf(tx, workspaceId, changeId);
    if (!change) return fail<Failure>({ code: 'not_found' });
    const at = await now(tx);
    const isCounted = change.count?.state === 'COUNTED';
    if (isCounted || !(await settleChange(tx, changeId, at))) {
      return fail<Failure>({ code: 'nothing_to_go_on' });
    }
    await recordAudit(tx, {
      workspaceId,
      actorId: actor.userId,
      actor: actor.name,
      action: 'writing.wentOn',
      app: 'segbridge',
      newValue: { changeId },
      at,
    });
    return ok(null);
  });
}

export type OpenHold = Omit<Hold, 'since'> & {
  since: string;
  /** The change of settings or mappings that caused it and can be taken back. */
  undo: { version: number; by: string | null; at: string } | null;
};

/** What has stopped the writing in this workspace, for everybody to see. */
export async function listHolds(actor: Actor): Promise<Result<{ holds: OpenHold[]; canConfirm: boolean }>> {
  const rows = await findOpenHolds(db(), actor.workspaceId);
  const holds = rows.map(async (row): Promise<OpenHold> => {
    const { since, ...hold } = holdOf(row);
    const scope = { workspaceId: actor.workspaceId, orgId: row.orgId };
    const change = await causeOf(db(), scope, { ...hold, since });
    const undo = change && {
      version: change.version,
      by: change.changedBy,
      at: change.changedAt.toISOString(),
    };
    return { ...hold, since: since.toISOString(), undo };
  });
  return ok({ holds: await Promise.all(holds), canConfirm: actor.role === 'admin' });
}
