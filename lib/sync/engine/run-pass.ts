import { ok, type Result } from '#lib/core/result.ts';
import type { RunCursor } from '../schemas.ts';
import type { RecordObject } from '../store.ts';
import type { Cause, Trigger } from '../triggers.ts';
import type { Trouble } from '../trouble.ts';
import { claimKeys } from './claims.ts';
import { isObstructed, obstacleOf } from './obstacle.ts';
import type { Later, Wanted } from './person.ts';
import { dropAhead, readMembers } from './read-members.ts';
import { prepareScan } from './scan/prepare-scan.ts';
import { keepUp, type Session } from './session.ts';
import { syncPeople } from './sync-people.ts';

/** So many members at once: few Salesforce calls, and memory that doesn't grow with the segment. */
const groupSize = 5_000;

export type PassEnd =
  /** Every member was looked at; the cursor says whether some are left for later. */
  | { kind: 'done'; cursor: RunCursor }
  | { kind: 'stopped' }
  /** The process is asked to end. */
  | { kind: 'left'; cursor: RunCursor }
  | { kind: 'trouble'; trouble: Trouble; cursor: RunCursor };

export type Command = 'go' | 'stop' | 'leave';

/** The next people of a run after a cursor; `after` null: the last ones. */
export type PeopleSource = (
  session: Session,
  after: string | null,
) => Promise<Result<{ people: Wanted[]; after: string | null }, Trouble>>;

/**
 * Goes through the people of a run once, from the cursor on, group by group; the cursor is stored after
 * each. What waits in the inbox for the same people is settled with them.
 */
export async function runPass(
  session: Session,
  start: RunCursor,
  command: () => Promise<Command>,
  source: PeopleSource = membersOfSegment,
): Promise<PassEnd> {
  try {
    return await passThrough(session, start, command, source);
  } finally {
    dropAhead(session);
  }
}

async function passThrough(
  session: Session,
  start: RunCursor,
  command: () => Promise<Command>,
  source: PeopleSource,
): Promise<PassEnd> {
  const { store, run, claims } = session;
  let cursor = start;
  for (;;) {
    const wanted = await command();
    if (wanted === 'stop') return { kind: 'stopped' };
    if (wanted === 'leave') return { kind: 'left', cursor };
    const { version, values } = await store.settings();
    const obstacle = await obstacleOf(session, values);
    if (obstacle) return { kind: 'trouble', trouble: obstacle, cursor };
    const upToDate = await keepUp(session, version);
    if (!upToDate.ok) return { kind: 'trouble', trouble: upToDate.failure, cursor };
    const prepared = await prepareScan(session);
    if (!prepared.ok) return { kind: 'trouble', trouble: prepared.failure, cursor };
    const next = await source(session, cursor.after);
    if (!next.ok) return { kind: 'trouble', trouble: next.failure, cursor };
    const { people } = next.value;
    const shouldStop = async () => (await command()) !== 'go' || (await isObstructed(session));
    const group =
      people.length > 0 ? await syncPeople(session, people, shouldStop) : ok({ later: [], stopped: false });
    await claims.keepOnly([claimKeys.run(run.id)]);
    if (!group.ok) return { kind: 'trouble', trouble: group.failure, cursor };
    cursor = { ...cursor, later: await laterOf(session, cursor, group.value.later), troubles: 0 };
    session.troubles = 0;
    if (group.value.stopped) continue;
    if (next.value.after === null) return { kind: 'done', cursor };
    cursor = { ...cursor, after: next.value.after };
    const change = { cursor, settingsVersion: version, reason: null };
    await store.transaction((tx) => tx.changeRun(run.id, change));
  }
}

const membersOfSegment: PeopleSource = async (session, after) => {
  const members = await readMembers(session, after, session.atOnce ?? groupSize);
  if (!members.ok) return members;
  const { ids } = members.value;
  const { contacts: done } = await session.store.doneIn(session.run.id, { contactIds: ids, recordIds: [] });
  const people = await wantedOf(
    session,
    ids.filter((id) => !done.has(id)),
  );
  return ok({ people, after: members.value.after });
};

/** Members as people to be synced, with what waits for them in the inbox. */
async function wantedOf(session: Session, ids: readonly string[]): Promise<Wanted[]> {
  const { store } = session;
  const triggers = await store.triggersOf({ contactIds: ids, recordIds: [] });
  const byContact = new Map(triggers.map((trigger) => [trigger.contactId, trigger]));
  const at = (await store.now()).toISOString();
  const cause: Cause = { kind: 'resync', side: 'hubspot', at, source: 'person' };
  return ids.map((contactId) => {
    const trigger = byContact.get(contactId);
    const { recordId = null, object = null } = trigger ?? {};
    return asked({ contactId, recordId, object }, cause, trigger);
  });
}

/** Somebody of a run, with what waits for the same person in the inbox. */
function asked(
  who: Pick<Wanted, 'contactId' | 'recordId' | 'object'>,
  cause: Cause,
  trigger: Trigger | undefined,
): Wanted {
  return {
    ...who,
    causes: [cause, ...(trigger?.causes ?? [])],
    triggers: trigger ? [{ id: trigger.id, version: trigger.version }] : [],
    unclearSince: null,
    attempts: 0,
  };
}

/** So many records at once: a person who stops the run waits for no more. */
const recordGroupSize = 200;

type PlannedRecord = { recordId: string; object: RecordObject };

/** The records of an import in the order of their ids; `next` gives so many of them after an id. */
export function recordsToImport(
  next: (runId: string, after: string | null, count: number) => Promise<PlannedRecord[]>,
): PeopleSource {
  return async ({ store, run, atOnce }, after) => {
    const count = atOnce ?? recordGroupSize;
    const records = await next(run.id, after, count);
    const recordIds = records.map(({ recordId }) => recordId);
    const { records: done } = await store.doneIn(run.id, { contactIds: [], recordIds });
    const triggers = await store.triggersOf({ contactIds: [], recordIds });
    const byRecord = new Map(triggers.map((trigger) => [trigger.recordId, trigger]));
    const at = (await store.now()).toISOString();
    const cause: Cause = { kind: 'import', side: 'salesforce', at, source: 'person' };
    const people = records
      .filter(({ recordId }) => !done.has(recordId))
      .map(({ recordId, object }) => {
        const trigger = byRecord.get(recordId);
        return asked({ contactId: trigger?.contactId ?? null, recordId, object }, cause, trigger);
      });
    const isLast = records.length < count;
    return ok({ people, after: isLast ? null : (records.at(-1)?.recordId ?? null) });
  };
}

/** Those left for later wait for the first of them whose time comes. */
async function laterOf(session: Session, cursor: RunCursor, later: Later[]): Promise<RunCursor['later']> {
  const soonest = [...later].sort((a, b) => a.waitMs - b.waitMs)[0];
  if (!soonest) return cursor.later;
  const at = new Date((await session.store.now()).getTime() + soonest.waitMs).toISOString();
  return cursor.later && cursor.later.at < at ? cursor.later : { reason: soonest.reason, at };
}
