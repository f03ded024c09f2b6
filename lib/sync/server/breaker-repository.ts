import { z } from 'zod';
import { addNotice } from '#lib/activity/server/index.ts';
import type { Db } from '#lib/core/db.ts';
import type { Failure } from '#lib/core/failures.ts';
import { type Alarm, type AlarmCount, alarmKinds, type Hold, holdCauses } from '../collect/store.ts';
import type { Scope } from '../store.ts';

const countsSchema = z.array(z.object({ kind: z.enum(alarmKinds), key: z.string(), people: z.number() }));

/** One row per person and kind: the newest time counts. */
export async function storeAlarms(tx: Db, scope: Scope, alarms: readonly Alarm[]): Promise<void> {
  if (alarms.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "Alarm" ("workspaceId", "orgId", kind, key, person, at)
    SELECT ${scope.workspaceId}::uuid, ${scope.orgId}, given.kind, given.key, given.person, max(given.at)
    FROM jsonb_to_recordset(${JSON.stringify(alarms)}::jsonb) AS given(kind text, key text, person text, at timestamptz)
    GROUP BY given.kind, given.key, given.person
    ON CONFLICT ("workspaceId", "orgId", kind, key, person) DO UPDATE SET at = excluded.at`;
}

export async function countAlarms(db: Db, scope: Scope, since: Date): Promise<AlarmCount[]> {
  const rows = await db.alarm.groupBy({
    by: ['kind', 'key'],
    where: { ...scope, at: { gt: since } },
    _count: true,
    orderBy: [{ kind: 'asc' }, { key: 'asc' }],
  });
  return rows.flatMap(({ kind, key, _count }) => {
    const known = alarmKinds.find((each) => each === kind);
    return known ? [{ kind: known, key, people: _count }] : [];
  });
}

/** Of those who changed sides since a moment, who is in the segment, or out of it, as they were then. */
export async function deleteReturned(db: Db, scope: Scope, listId: string, since: Date): Promise<void> {
  await db.$executeRaw`
    DELETE FROM "Alarm" alarm
    WHERE alarm."workspaceId" = ${scope.workspaceId}::uuid AND alarm."orgId" = ${scope.orgId}
      AND alarm.kind = 'sides' AND alarm.at > ${since}
      AND EXISTS (
        SELECT 1 FROM "Membership" stay
        WHERE stay."workspaceId" = alarm."workspaceId" AND stay."listId" = ${listId}
          AND stay."contactId" = alarm.person AND stay.until IS NULL
      ) = EXISTS (
        SELECT 1 FROM "Membership" stay
        WHERE stay."workspaceId" = alarm."workspaceId" AND stay."listId" = ${listId}
          AND stay."contactId" = alarm.person AND stay.since <= ${since}
          AND (stay.until IS NULL OR stay.until > ${since})
      )`;
}

export async function deleteAlarmsBefore(db: Db, workspaceId: string, at: Date): Promise<void> {
  await db.alarm.deleteMany({ where: { workspaceId, at: { lt: at } } });
}

export function countLinks(db: Db, scope: Scope): Promise<number> {
  return db.link.count({ where: { ...scope, endedAt: null } });
}

/** How many people are known: HubSpot's contacts as last counted, at least those that were seen. */
export async function countKnown(db: Db, scope: Scope): Promise<number> {
  const { contactCount } = await db.workspace.findUniqueOrThrow({ where: { id: scope.workspaceId } });
  const seen = await db.seen.count({ where: { ...scope, side: 'HUBSPOT' } });
  return Math.max(contactCount ?? 0, seen);
}

/** How many have a value in a property or field; `key` is `{side}:{name}`. */
export async function countFilled(db: Db, scope: Scope, key: string): Promise<number> {
  const [side = '', name = ''] = key.split(/:(.*)/);
  const rows = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM "Seen" seen
    LEFT JOIN "SeenForm" form ON form."workspaceId" = seen."workspaceId" AND form.key = seen.fields ->> 'f'
    WHERE seen."workspaceId" = ${scope.workspaceId}::uuid AND seen."orgId" = ${scope.orgId}
      AND seen.side = ${side.toUpperCase()}::"Crm"
      AND CASE WHEN form.key IS NULL THEN seen.fields -> ${name} ->> 'h'
        ELSE split_part(split_part(seen.fields ->> 'h', ',', array_position(form.names, ${name})), '@', 1)
        END <> ''`;
  return rows[0]?.n ?? 0;
}

type HoldRow = { id: string; cause: string; changeId: string | null; counts: unknown; since: Date };
export function holdOf({ id, cause, changeId, counts, since }: HoldRow): Hold {
  const known = holdCauses.find((each) => each === cause);
  if (!known) throw new Error(`Hold ${id} has an unknown cause.`);
  return { id, cause: known, changeId, counts: countsSchema.parse(counts), since };
}

export async function findOpenHold(db: Db, scope: Scope): Promise<Hold | null> {
  const where = { ...scope, endedAt: null };
  const row = await db.hold.findFirst({ where, orderBy: { since: 'asc' } });
  return row ? holdOf(row) : null;
}

/** Stops the writing, and tells everybody. */
export async function insertHold(tx: Db, scope: Scope, hold: Omit<Hold, 'id'>): Promise<void> {
  await tx.hold.create({ data: { ...scope, ...hold } });
  const { workspaceId } = scope;
  const people = Math.max(...hold.counts.map((count) => count.people), 0);
  const data = { cause: hold.cause, people };
  await addNotice(tx, { workspaceId, kind: 'writing_stopped', data, at: hold.since });
}

/** Why a person can no more decide on a hold: another one has, or its cause has gone by itself. */
export function endedBy({ confirmedBy }: { confirmedBy: string | null }): Failure {
  return confirmedBy === null
    ? { code: 'nothing_to_go_on' }
    : { code: 'already_confirmed', values: { name: confirmedBy } };
}

/** Forgets who counts for these and still waits in the inbox; what was done before stays counted. */
export async function deleteWaiting(tx: Db, scope: Scope, counts: readonly AlarmCount[]): Promise<void> {
  for (const { kind, key } of counts) {
    await tx.$executeRaw`
      DELETE FROM "Alarm" alarm USING "Trigger" waiting
      WHERE alarm."workspaceId" = ${scope.workspaceId}::uuid AND alarm."orgId" = ${scope.orgId}
        AND alarm.kind = ${kind} AND alarm.key = ${key}
        AND waiting."workspaceId" = alarm."workspaceId" AND waiting."orgId" = alarm."orgId"
        AND alarm.person IN (waiting."contactId", waiting."recordId")`;
  }
}

/** What has stopped the writing in a workspace, whichever org it was about. */
export function findOpenHolds(db: Db, workspaceId: string) {
  return db.hold.findMany({ where: { workspaceId, endedAt: null }, orderBy: { since: 'asc' } });
}

/** False if it had ended before. */
export async function endHold(db: Db, scope: Scope, id: string, at: Date): Promise<boolean> {
  const where = { id, ...scope, endedAt: null };
  return (await db.hold.updateMany({ where, data: { endedAt: at } })).count === 1;
}

/** Lets the writing go on because its cause is gone, and tells everybody. */
export async function releaseHold(tx: Db, scope: Scope, id: string, at: Date): Promise<void> {
  if (!(await endHold(tx, scope, id, at))) return;
  const { workspaceId } = scope;
  await addNotice(tx, { workspaceId, kind: 'writing_went_on', data: {}, at });
}

/** Says that a person has looked at it; false if the hold had ended before. */
export async function confirmHold(
  tx: Db,
  id: string,
  who: { confirmedAt: Date; confirmedById: string; confirmedBy: string },
): Promise<boolean> {
  const data = { ...who, endedAt: who.confirmedAt };
  return (await tx.hold.updateMany({ where: { id, endedAt: null }, data })).count === 1;
}

export async function findHoldOf(db: Db, workspaceId: string, id: string) {
  return db.hold.findFirst({ where: { workspaceId, id } });
}

export async function findHoldOfChange(db: Db, workspaceId: string, changeId: string) {
  return db.hold.findFirst({ where: { workspaceId, changeId }, orderBy: { since: 'desc' } });
}

export async function lastConfirmation(db: Db, scope: Scope): Promise<Date | null> {
  const { _max } = await db.hold.aggregate({ where: scope, _max: { confirmedAt: true } });
  return _max.confirmedAt;
}
