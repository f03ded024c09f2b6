import { ok } from '#lib/core/result.ts';
import type { RunCursor } from '../schemas.ts';
import type { RecordObject } from '../store.ts';
import type { Cause, Trigger } from '../triggers.ts';
import { type Command, Groups, type PassEnd, type PeopleSource } from './groups.ts';
import type { Wanted } from './person.ts';
import { dropAhead, readMembers } from './read-members.ts';
import type { Session } from './session.ts';

export type { Command, PassEnd, PeopleSource } from './groups.ts';

/** So many members at once: few Salesforce calls, and memory that doesn't grow with the segment. */
const groupSize = 5_000;

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
  let cursor = start;
  for (;;) {
    const groups = new Groups(session, cursor, { command, source });
    try {
      const end = await groups.workThrough();
      if (end.kind !== 'again') return end;
      cursor = end.cursor;
    } finally {
      dropAhead(session);
    }
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
