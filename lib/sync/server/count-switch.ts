import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import type { JobContext } from '#lib/jobs/jobs.ts';
import { enqueue } from '#lib/jobs/server/index.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import { exceeding } from '../collect/breaker.ts';
import type { CollectDeps } from '../collect/deps.ts';
import { type Followed, followSegment } from '../collect/poll-segment.ts';
import type { Scope } from '../store.ts';
import { type SwitchCounts, type SwitchState, switchCounts } from '../switch.ts';
import { insertHold } from './breaker-repository.ts';
import { openClaims } from './claims.ts';
import { connectedScope, openCollecting, pollKeyOf } from './poll.ts';
import { findWorkspace } from './repository.ts';
import * as repository from './switch-repository.ts';

const turnMs = 45_000;
const againMs = { busy: 2_000, left: 0, processing: 15_000, failed: 15_000 };

type Change = NonNullable<Awaited<ReturnType<typeof repository.findChange>>>;
type Gates = { from: string | null; to: string | null };
type Waiting = Exclude<Followed, 'ready'> | 'busy';
type Counted = Waiting | 'counted';

/**
 * The job of a change of the gate: reads the memberships of both segments, counts who changes sides and lets
 * the change come into force, or stops the writing if it is too many. Until it could count, both gates hold.
 */
export async function runCountSwitch({ changeId }: { changeId: string }, context: JobContext): Promise<void> {
  const change = await repository.findChange(db(), changeId);
  if (!change || isOver(change)) return;
  const scope = await connectedScope(change.workspaceId);
  // Nothing can be written now, and whoever connects again has the daily check before anything else.
  if (!scope) return settle(changeId);
  const claims = openClaims(scope.orgId, context.workerId);
  try {
    const key = pollKeyOf(change.workspaceId);
    if (!(await claims.take([key])).has(key)) return await again(changeId, 'busy');
    const endAt = Date.now() + turnMs;
    const isEnough = () => context.signal.aborted || Date.now() > endAt;
    const deps = await openCollecting(scope, claims.lost, isEnough);
    const counted = deps ? await count(deps, change) : 'failed';
    if (counted !== 'counted') await again(changeId, counted);
  } finally {
    await claims.end();
  }
}

async function count(deps: CollectDeps, change: Change): Promise<Counted> {
  const { id: changeId, workspaceId } = change;
  const gates: Gates = {
    from: await repository.inclusionListAt(db(), workspaceId, change.baseVersion),
    to: await repository.inclusionListAt(db(), workspaceId, change.version),
  };
  const watches = await deps.store.watches(deps.scope);
  // Of the former segment what was stored last is good enough: its joiners are found if it comes back.
  const isStored = watches.some(({ listId, baselineAt }) => listId === gates.from && baselineAt !== null);
  for (const listId of [gates.to, isStored ? null : gates.from]) {
    if (listId === null) continue;
    const followed = await followSegment(deps, listId);
    if (followed !== 'ready') {
      await remember(
        deps.scope,
        changeId,
        stateOf(followed),
        followed === 'gone' ? 'inclusion_segment_gone' : null,
      );
      return followed;
    }
  }
  await conclude(deps.scope, changeId, gates);
  return 'counted';
}

function isOver({ endedAt, settledAt, count: counted }: Change): boolean {
  return endedAt !== null || settledAt !== null || counted?.state === 'COUNTED';
}

function stateOf(followed: Followed): SwitchState {
  return followed === 'processing' ? 'processing' : followed === 'left' ? 'counting' : 'failed';
}

async function remember(
  scope: Scope,
  changeId: string,
  state: SwitchState,
  reason: string | null,
): Promise<void> {
  const { workspaceId } = scope;
  await repository.storeCount(db(), { changeId, workspaceId, state, countedAt: null, reason });
}

/** Counts, and lets the change pass or stops the writing, all at once; not if it was undone or replaced meanwhile. */
async function conclude(scope: Scope, changeId: string, gates: Gates): Promise<void> {
  const { workspaceId } = scope;
  await inTransaction(async (tx) => {
    await repository.keepSettings(tx, workspaceId);
    const change = await repository.findChange(tx, changeId);
    if (!change || isOver(change)) return;
    const at = await now(tx);
    await repository.storePeople(tx, { changeId, scope, ...gates });
    const groups = await repository.countPeople(tx, changeId);
    const { contactCount: contacts } = await findWorkspace(tx, workspaceId);
    const frozenBefore = await repository.countFrozenBefore(tx, changeId);
    const counts = switchCounts({ groups, ...gates, contacts, frozenBefore });
    await repository.storeCount(tx, {
      changeId,
      workspaceId,
      state: 'counted',
      counts,
      countedAt: at,
      reason: null,
    });
    const { values } = await currentSettings(tx, workspaceId);
    if (!isTooMuch(counts, values.breakerShare)) {
      await repository.settleChange(tx, changeId, at);
      return;
    }
    const people = counts.linkedMoves;
    const hold = { changeId, counts: [{ kind: 'sides' as const, key: '', people }], since: at };
    await insertHold(tx, scope, { cause: 'switch', ...hold });
  });
}

function isTooMuch({ linked, linkedMoves }: SwitchCounts, share: number): boolean {
  const population = { linked, known: 0, filled: {} };
  return exceeding([{ kind: 'sides', key: '', people: linkedMoves }], population, share).length > 0;
}

async function settle(changeId: string): Promise<void> {
  await repository.settleChange(db(), changeId, await now());
}

async function again(changeId: string, why: Waiting): Promise<void> {
  const runAt = new Date((await now()).getTime() + againMs[why === 'gone' ? 'failed' : why]);
  const options = { jobKey: switchKeyOf(changeId), runAt };
  await inTransaction((tx) => enqueue(tx, 'sync.countSwitch', { changeId }, options));
}

function switchKeyOf(changeId: string): string {
  return `switch:${changeId}`;
}

/** Gives every change of the gate that waits for its count a job, if it has none. */
export async function resumeCounts(): Promise<void> {
  for (const changeId of await repository.findUncounted(db())) {
    const options = { jobKey: switchKeyOf(changeId) };
    await inTransaction((tx) => enqueue(tx, 'sync.countSwitch', { changeId }, options));
  }
}
