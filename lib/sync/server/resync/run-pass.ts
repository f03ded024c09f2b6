import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { ok } from '#lib/core/result.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import type { RunCursor } from '../../schemas.ts';
import { isBudgetUsedUp } from '../check-budget.ts';
import { claimKeys } from '../claims.ts';
import { changeRun, findDoneContacts } from '../repository.ts';
import type { Trouble } from '../trouble.ts';
import type { Later } from './person.ts';
import { readMembers } from './read-members.ts';
import type { Session } from './session.ts';
import { syncGroup } from './sync-group.ts';

/** So many members at once: few Salesforce calls, and memory that doesn't grow with the segment. */
const groupSize = 1_000;
const pausedWaitMs = 30_000;
const budgetWaitMs = 5 * 60_000;

export type PassEnd =
  /** Every member was looked at; the cursor says whether some are left for later. */
  | { kind: 'done'; cursor: RunCursor }
  | { kind: 'stopped' }
  /** The process is asked to end. */
  | { kind: 'left'; cursor: RunCursor }
  | { kind: 'trouble'; trouble: Trouble; cursor: RunCursor };

export type Command = 'go' | 'stop' | 'leave';

/** Goes through the members once, from the cursor on, group by group; the cursor is stored after each. */
export async function runPass(
  session: Session,
  start: RunCursor,
  command: () => Promise<Command>,
): Promise<PassEnd> {
  let cursor = start;
  for (;;) {
    const wanted = await command();
    if (wanted === 'stop') return { kind: 'stopped' };
    if (wanted === 'leave') return { kind: 'left', cursor };
    const settings = await currentSettings(db(), session.scope.workspaceId);
    const obstacle = await obstacleOf(session, settings.values);
    if (obstacle) return { kind: 'trouble', trouble: obstacle, cursor };
    const members = await readMembers(session, cursor.after, groupSize);
    if (!members.ok) return { kind: 'trouble', trouble: members.failure, cursor };
    const done = await findDoneContacts(db(), session.run.id, members.value.ids);
    const ids = members.value.ids.filter((id) => !done.has(id));
    const creates = settings.values.hubspotCreates === 'lead' ? 'Lead' : 'Contact';
    const shouldStop = async () => (await command()) !== 'go';
    const group =
      ids.length > 0 ? await syncGroup(session, ids, creates, shouldStop) : ok({ later: [], stopped: false });
    await session.claims.keepOnly([claimKeys.run(session.run.id)]);
    if (!group.ok) return { kind: 'trouble', trouble: group.failure, cursor };
    cursor = { ...cursor, later: await laterOf(cursor, group.value.later), troubles: 0 };
    session.troubles = 0;
    if (group.value.stopped) continue;
    if (members.value.after === null) return { kind: 'done', cursor };
    cursor = { ...cursor, after: members.value.after };
    const { version } = settings;
    await changeRun(db(), session.run.id, { cursor, settingsVersion: version, reason: null });
  }
}

async function obstacleOf(
  session: Session,
  settings: { paused: boolean; apiAllocation: number | null },
): Promise<Trouble | null> {
  if (settings.paused) return { reason: 'paused', waitMs: pausedWaitMs };
  const isUsedUp = await isBudgetUsedUp(session.scope.workspaceId, settings.apiAllocation);
  return isUsedUp ? { reason: 'budget_used_up', waitMs: budgetWaitMs } : null;
}

/** Those left for later wait for the first of them whose time comes. */
async function laterOf(cursor: RunCursor, later: Later[]): Promise<RunCursor['later']> {
  const soonest = [...later].sort((a, b) => a.waitMs - b.waitMs)[0];
  if (!soonest) return cursor.later;
  const at = new Date((await now()).getTime() + soonest.waitMs).toISOString();
  return cursor.later && cursor.later.at < at ? cursor.later : { reason: soonest.reason, at };
}
