import { ok } from '#lib/core/result.ts';
import type { RunCursor } from '../schemas.ts';
import type { Cause, Trigger } from '../triggers.ts';
import type { Trouble } from '../trouble.ts';
import { claimKeys } from './claims.ts';
import { obstacleOf } from './obstacle.ts';
import type { Later, Wanted } from './person.ts';
import { readMembers } from './read-members.ts';
import type { Session } from './session.ts';
import { syncPeople } from './sync-people.ts';

/** So many members at once: few Salesforce calls, and memory that doesn't grow with the segment. */
const groupSize = 1_000;

export type PassEnd =
  /** Every member was looked at; the cursor says whether some are left for later. */
  | { kind: 'done'; cursor: RunCursor }
  | { kind: 'stopped' }
  /** The process is asked to end. */
  | { kind: 'left'; cursor: RunCursor }
  | { kind: 'trouble'; trouble: Trouble; cursor: RunCursor };

export type Command = 'go' | 'stop' | 'leave';

/**
 * Goes through the members of a resync once, from the cursor on, group by group; the cursor is stored after
 * each. What waits in the inbox for the same people is settled with them.
 */
export async function runPass(
  session: Session,
  start: RunCursor,
  command: () => Promise<Command>,
): Promise<PassEnd> {
  const { store, run, claims } = session;
  let cursor = start;
  for (;;) {
    const wanted = await command();
    if (wanted === 'stop') return { kind: 'stopped' };
    if (wanted === 'leave') return { kind: 'left', cursor };
    const { version, values } = await store.settings();
    const obstacle = await obstacleOf(session, values.paused);
    if (obstacle) return { kind: 'trouble', trouble: obstacle, cursor };
    const members = await readMembers(session, cursor.after, groupSize);
    if (!members.ok) return { kind: 'trouble', trouble: members.failure, cursor };
    const { contacts: done } = await store.doneIn(run.id, { contactIds: members.value.ids, recordIds: [] });
    const ids = members.value.ids.filter((id) => !done.has(id));
    const shouldStop = async () => (await command()) !== 'go';
    const people = await wantedOf(session, ids);
    const group =
      ids.length > 0 ? await syncPeople(session, people, shouldStop) : ok({ later: [], stopped: false });
    await claims.keepOnly([claimKeys.run(run.id)]);
    if (!group.ok) return { kind: 'trouble', trouble: group.failure, cursor };
    cursor = { ...cursor, later: await laterOf(session, cursor, group.value.later), troubles: 0 };
    session.troubles = 0;
    if (group.value.stopped) continue;
    if (members.value.after === null) return { kind: 'done', cursor };
    cursor = { ...cursor, after: members.value.after };
    const change = { cursor, settingsVersion: version, reason: null };
    await store.transaction((tx) => tx.changeRun(run.id, change));
  }
}

/** Members as people to be synced, with what waits for them in the inbox. */
async function wantedOf(session: Session, ids: readonly string[]): Promise<Wanted[]> {
  const { store } = session;
  const triggers = await store.triggersOf({ contactIds: ids, recordIds: [] });
  const byContact = new Map(triggers.map((trigger) => [trigger.contactId, trigger]));
  const at = (await store.now()).toISOString();
  const cause: Cause = { kind: 'resync', side: 'hubspot', at, source: 'person' };
  return ids.map((id) => {
    const trigger = byContact.get(id);
    const known: Pick<Trigger, 'recordId' | 'object' | 'causes'> = trigger ?? {
      recordId: null,
      object: null,
      causes: [],
    };
    return {
      contactId: id,
      recordId: known.recordId,
      object: known.object,
      causes: [cause, ...known.causes],
      triggers: trigger ? [{ id: trigger.id, version: trigger.version }] : [],
      unclearSince: null,
      attempts: 0,
    };
  });
}

/** Those left for later wait for the first of them whose time comes. */
async function laterOf(session: Session, cursor: RunCursor, later: Later[]): Promise<RunCursor['later']> {
  const soonest = [...later].sort((a, b) => a.waitMs - b.waitMs)[0];
  if (!soonest) return cursor.later;
  const at = new Date((await session.store.now()).getTime() + soonest.waitMs).toISOString();
  return cursor.later && cursor.later.at < at ? cursor.later : { reason: soonest.reason, at };
}
