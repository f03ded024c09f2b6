import type { PutOff, TriggerRef } from '../../store.ts';
import { fileTriggers, type NewTrigger } from '../../triggers.ts';
import type { MemoryDatabase } from './database.ts';

/** Adds to the open row of each person, or opens one; a living link makes a record's row and its contact's one. */
export function addTriggers(db: MemoryDatabase, rows: readonly NewTrigger[], at: Date): void {
  if (rows.length === 0) return;
  const whole = rows.map((row) => withLink(db, row));
  const contacts = new Set(whole.flatMap(({ contactId }) => contactId ?? []));
  const records = new Set(whole.flatMap(({ recordId }) => recordId ?? []));
  const open = db.triggers
    .where((each) => contacts.has(each.contactId ?? '') || records.has(each.recordId ?? ''))
    .sort((a, b) => a.firstAt.getTime() - b.firstAt.getTime() || (a.id < b.id ? -1 : 1));
  const { stored, removed } = fileTriggers(open, whole, at, () => db.newId());
  for (const id of removed) db.triggers.delete(id);
  for (const row of stored) {
    const before = db.triggers.get(row.id);
    // What a run or a wait says of a row is not touched by what comes in.
    const kept = before && { waitsFor: before.waitsFor, waitsSince: before.waitsSince, runId: before.runId };
    db.triggers.set({ ...row, ...kept });
  }
}

function withLink(db: MemoryDatabase, row: NewTrigger): NewTrigger {
  if (row.contactId && row.recordId) return row;
  const [link] = db.links.where(
    (each) =>
      each.endedAt === null &&
      (row.recordId ? each.recordId === row.recordId : each.contactId === row.contactId),
  );
  if (!link) return row;
  return { ...row, contactId: link.contactId, recordId: link.recordId, object: link.object };
}

export function closeTriggers(db: MemoryDatabase, refs: readonly TriggerRef[]): void {
  for (const { id, version } of refs) {
    if (db.triggers.get(id)?.version === version) db.triggers.delete(id);
    else {
      const free = { runId: null, waitsFor: null, waitsSince: null, attempts: 0 };
      db.triggers.change(id, (trigger) => ({ ...trigger, ...free }));
    }
  }
}

export function putOffTriggers(db: MemoryDatabase, rows: readonly PutOff[], at: Date): void {
  for (const { id, version, dueAt, waitsFor, attempts } of rows) {
    db.triggers.change(id, (trigger) => ({
      ...trigger,
      ...{ runId: null, attempts, waitsFor },
      dueAt: trigger.version === version ? dueAt : trigger.dueAt,
      waitsSince: trigger.waitsFor === waitsFor ? trigger.waitsSince : at,
    }));
  }
}

export function takeUpTriggers(
  db: MemoryDatabase,
  { runId, limit, at }: { runId: string; limit: number; at: Date },
): number {
  const due = db.triggers
    .where((each) => each.runId === null && each.dueAt <= at)
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1))
    .slice(0, limit);
  for (const { id } of due) db.triggers.change(id, (trigger) => ({ ...trigger, runId }));
  return due.length;
}
