import type { Cause, Trigger } from '../triggers.ts';
import type { MemoryDatabase } from './memory/database.ts';
import { addressesOfContact } from './memory/hubspot-contact.ts';
import type { World } from './world.ts';

// 7: a trigger is open with the reason it waits, or closed by exactly one outcome; one outcome may close several.

/** Watches every transaction that is committed for rows of the inbox that vanish without an outcome. */
export function watchInbox(world: World, problems: string[]): void {
  const { db } = world;
  let before: Trigger[] = [];
  db.journal.watchers.push({
    begun() {
      before = db.triggers.all();
    },
    committed() {
      const open = db.triggers.all();
      const there = new Set(open.map(({ id }) => id));
      const closed = before.filter(({ id }) => !there.has(id));
      if (closed.length === 0) return;
      problems.push(...closed.flatMap((row) => unaccounted(world, row, open) ?? []));
    },
  });
}

function unaccounted(world: World, row: Trigger, open: readonly Trigger[]): string | null {
  const isHeld = (causes: readonly Cause[]) =>
    row.causes.every(({ kind, side }) => causes.some((each) => each.kind === kind && each.side === side));
  const isOf = (of: Pick<Trigger, 'contactId' | 'recordId'>) => isSamePerson(world, row, of);
  // Two rows that turn out to be of one person become one.
  if (open.some((other) => isOf(other) && isHeld(other.causes))) return null;
  // A person keeps the outcome that it has in a run, whatever else of it is settled there.
  const isSame = (runId: string) => runId === row.runId || isAsked(world.db.runs.get(runId)?.kind);
  const told = world.db.outcomes.where(({ runId, causes }) => isSame(runId) || isHeld(causes));
  if (told.some((each) => each.at >= row.firstAt && isOf(each))) return null;
  const what = row.causes.map(({ kind, side }) => `${side} ${kind}`);
  return `7: ${row.contactId} ${row.recordId} (${what}) was closed without an outcome`;
}

/** Runs that a person asks for settle what waits for the same people, without having taken it up. */
const isAsked = (kind: string | undefined) => kind === 'RESYNC' || kind === 'IMPORT';

type Ids = { contactId: string | null; recordId: string | null };

/** By what they are now, after merges and conversions, by a link between both, or by their address. */
function isSamePerson(world: World, a: Ids, b: Ids): boolean {
  const [one, other] = [asNow(world, a), asNow(world, b)];
  const isOne = (x: string | null, y: string | null) => x !== null && x === y;
  const isShared = (x: Ids, y: Ids) => isOne(x.contactId, y.contactId) || isOne(x.recordId, y.recordId);
  const isPair = (link: Ids) => isShared(asNow(world, link), one) && isShared(asNow(world, link), other);
  if (isShared(one, other) || world.db.links.where(isPair).length > 0) return true;
  return hasAddressOf(world, one, other) || hasAddressOf(world, other, one);
}

function hasAddressOf({ account, org }: World, { contactId }: Ids, { recordId }: Ids): boolean {
  const contact = account.find(contactId ?? '');
  const address = org.get(recordId ?? '')?.values.Email?.toLowerCase();
  return contact !== undefined && address !== undefined && addressesOfContact(contact).includes(address);
}

function asNow({ account, org }: World, { contactId, recordId }: Ids): Ids {
  const contact = contactId === null ? null : account.idNow(contactId);
  let record = recordId;
  for (let next = record; next !== null; ) {
    record = next;
    const stored = org.get(next);
    next = stored?.mergedInto ?? stored?.convertedTo ?? null;
  }
  return { contactId: contact, recordId: record };
}

/** What is not accounted for once everything is calm. */
export function unaccountedFor(world: World): string[] {
  return [...twiceTold(world.db), ...waitingForNothing(world.db), ...forgottenOfPlans(world)];
}

/** One outcome per person and run. */
function twiceTold({ outcomes }: MemoryDatabase): string[] {
  const keys = outcomes.all().map(({ runId, contactId, recordId }) => `${runId} ${contactId ?? recordId}`);
  const twice = keys.filter((key, position) => keys.indexOf(key) !== position);
  return twice.map((key) => `7: more than one outcome of ${key}`);
}

/** A row that is not due says what it waits for; what failed is tried again. */
function waitingForNothing({ triggers, clock }: MemoryDatabase): string[] {
  const now = clock.now();
  const isTold = ({ dueAt, waitsFor, causes }: Trigger) =>
    dueAt <= now || waitsFor !== null || causes.some(({ kind }) => kind === 'retry');
  return triggers
    .where((row) => !isTold(row))
    .map(({ contactId, recordId }) => `7: ${contactId} ${recordId} waits and nobody knows for what`);
}

/** Everybody whom a person has chosen to import has an outcome in that run once it is done. */
function forgottenOfPlans(world: World): string[] {
  const { plans, runs, outcomes } = world.db;
  return plans.all().flatMap(({ runId, records }) => {
    if (runs.get(runId)?.status !== 'DONE') return [];
    const told = outcomes.where((each) => each.runId === runId);
    return records
      .filter(
        ({ recordId }) => !told.some((each) => isSamePerson(world, each, { contactId: null, recordId })),
      )
      .map(({ recordId }) => `7: ${recordId} was chosen to be imported and has no outcome`);
  });
}
