import { z } from 'zod';

/** What may ask for a person to be synced (sync rules, section 2). */
export const causeKinds = [
  'created',
  'changed',
  'joined',
  'left',
  'merged',
  'deleted',
  'restored',
  'converted',
  'sync_now',
  'resync',
  'import',
  'retry',
] as const;
export type CauseKind = (typeof causeKinds)[number];

export const causeSchema = z.object({
  kind: z.enum(causeKinds),
  side: z.enum(['hubspot', 'salesforce', 'person']),
  /** Which properties or fields differ from what was seen. */
  fields: z.array(z.string()).optional(),
  /** When it was found; of a retry, when it is due. */
  at: z.iso.datetime(),
  source: z.enum(['poll', 'webhook', 'daily_check', 'person', 'engine']),
  /** Of a merge: the id that it became. */
  into: z.string().optional(),
  /** Which one was merged, or deleted in Salesforce: its person may have become another one since. */
  of: z.string().optional(),
  /** Of a deletion in HubSpot: everything about the contact is to be forgotten. */
  privacy: z.boolean().optional(),
  /** Of a deletion in Salesforce: a person has said that the contact stays, whatever the setting says. */
  keepsContact: z.boolean().optional(),
});
export type Cause = z.infer<typeof causeSchema>;
export const causesSchema = z.array(causeSchema);

/** Who is to be synced and why: an unopened row of the inbox. At least one id is known. */
export type NewTrigger = {
  contactId: string | null;
  recordId: string | null;
  object: 'LEAD' | 'CONTACT' | null;
  causes: Cause[];
  /** Now, if left out. */
  dueAt?: Date;
};

/** An open row of the inbox: one per person. */
export type Trigger = {
  id: string;
  contactId: string | null;
  recordId: string | null;
  object: 'LEAD' | 'CONTACT' | null;
  causes: Cause[];
  firstAt: Date;
  lastAt: Date;
  dueAt: Date;
  /** Grows with every cause that comes in. */
  version: number;
  waitsFor: string | null;
  waitsSince: Date | null;
  attempts: number;
  runId: string | null;
};

/** Joins causes: the same thing told twice is one cause with the later time and the fields of both. */
export function joinCauses(known: readonly Cause[], more: readonly Cause[]): Cause[] {
  const joined = known.map((cause) => ({ ...cause }));
  for (const cause of more) {
    const same = joined.find(
      (each) =>
        each.kind === cause.kind &&
        each.side === cause.side &&
        each.source === cause.source &&
        each.of === cause.of,
    );
    if (!same) {
      joined.push({ ...cause });
      continue;
    }
    if (cause.at > same.at) same.at = cause.at;
    if (cause.into) same.into = cause.into;
    if (cause.privacy) same.privacy = true;
    if (cause.keepsContact) same.keepsContact = true;
    const fields = new Set([...(same.fields ?? []), ...(cause.fields ?? [])]);
    if (fields.size > 0) same.fields = [...fields].sort();
  }
  return joined;
}

/** An open row with what came in for the same person: it is due as soon as any of it is. */
export function addToTrigger(open: Trigger, more: NewTrigger, at: Date): Trigger {
  const dueAt = more.dueAt ?? at;
  return {
    ...open,
    contactId: open.contactId ?? more.contactId,
    recordId: open.recordId ?? more.recordId,
    object: open.recordId ? open.object : more.object,
    causes: joinCauses(open.causes, more.causes),
    lastAt: at,
    dueAt: dueAt < open.dueAt ? dueAt : open.dueAt,
    version: open.version + 1,
  };
}

/** Two rows turn out to be of one person: the older one takes in the other. */
export function joinTriggers(kept: Trigger, other: Trigger): Trigger {
  const earlier = (a: Date, b: Date) => (a < b ? a : b);
  return {
    ...kept,
    contactId: kept.contactId ?? other.contactId,
    recordId: kept.recordId ?? other.recordId,
    object: kept.recordId ? kept.object : other.object,
    causes: joinCauses(kept.causes, other.causes),
    firstAt: earlier(kept.firstAt, other.firstAt),
    lastAt: kept.lastAt > other.lastAt ? kept.lastAt : other.lastAt,
    dueAt: earlier(kept.dueAt, other.dueAt),
    version: Math.max(kept.version, other.version) + 1,
  };
}

/** What is waiting, by contact and by record, with what comes in: the rows to write and to remove. */
export function fileTriggers(
  open: readonly Trigger[],
  rows: readonly NewTrigger[],
  at: Date,
  newId: () => string,
): { stored: Trigger[]; removed: string[] } {
  const known = new Map(open.map((trigger) => [trigger.id, trigger]));
  const ofContact = new Map(open.flatMap((each) => (each.contactId ? [[each.contactId, each.id]] : [])));
  const ofRecord = new Map(open.flatMap((each) => (each.recordId ? [[each.recordId, each.id]] : [])));
  const touched = new Set<string>();
  const removed: string[] = [];
  for (const row of rows) {
    const ids = [ofContact.get(row.contactId ?? ''), ofRecord.get(row.recordId ?? '')];
    const found = [...new Set(ids)].flatMap((id) => known.get(id ?? '') ?? []);
    const [first, second] = found;
    let trigger = first ? addToTrigger(first, row, at) : opened(row, at, newId());
    if (second) {
      trigger = joinTriggers(trigger, second);
      known.delete(second.id);
      touched.delete(second.id);
      if (open.some(({ id }) => id === second.id)) removed.push(second.id);
    }
    known.set(trigger.id, trigger);
    touched.add(trigger.id);
    if (trigger.contactId) ofContact.set(trigger.contactId, trigger.id);
    if (trigger.recordId) ofRecord.set(trigger.recordId, trigger.id);
  }
  return { stored: [...touched].flatMap((id) => known.get(id) ?? []), removed };
}

function opened(row: NewTrigger, at: Date, id: string): Trigger {
  const { contactId, recordId, object } = row;
  return {
    ...{ id, contactId, recordId, object },
    causes: joinCauses([], row.causes),
    firstAt: at,
    lastAt: at,
    dueAt: row.dueAt ?? at,
    version: 1,
    waitsFor: null,
    waitsSince: null,
    attempts: 0,
    runId: null,
  };
}
