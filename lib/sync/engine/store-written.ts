import type { Change } from '../change.ts';
import { nextMemory } from '../limit-plan.ts';
import type { Intended, Side } from '../shadow.ts';
import type { LinkState, Seen } from '../store.ts';
import { without } from './answers.ts';
import { conflictsOf, tellArrived } from './conflicts.ts';
import { seenOfContact, seenOfRecord } from './links.ts';
import { personOutcome } from './person.ts';
import type { Session } from './session.ts';
import { settle } from './settle.ts';
import { shadowAfter, unreadIntended, type Work } from './work.ts';

/** Stores what became of people whose writes were answered, all in one transaction. */
export async function storeWritten(session: Session, works: readonly Work[]): Promise<void> {
  if (works.length === 0) return;
  const former = await formerOf(session, works);
  const settled = works.map(({ person, changes }) => ({
    wanted: person.wanted,
    outcome: personOutcome(person, [...person.earlier, ...changes]),
  }));
  await settle(session, settled, async (tx, at) => {
    await tx.storeLinks(
      works.map((work) => stateOf(session, work, at)),
      at,
    );
    await tx.storeIntended(works.flatMap((work) => stillIntended(session, work, at)));
    // Made when they are stored, and forgotten at once: what lives on for a while costs more to be kept.
    await tx.storeSeen('hubspot', contactsSeen(session, works, former), at);
    await tx.storeSeen('salesforce', recordsSeen(session, works, former), at);
    await tx.insertConflicts(
      session.run.id,
      works.flatMap((work) => conflictsOf(session, work, at)),
    );
  });
}

function stateOf(session: Session, work: Work, at: Date): LinkState {
  const { person, changes, linkId } = work;
  const table = session.tables[person.record.object];
  return {
    id: linkId,
    shadow: shadowAfter(work, at),
    memory: nextMemory(
      table,
      { memory: person.link?.memory ?? {}, shadow: person.link?.shadow ?? {} },
      { changes, intended: person.plan.intended },
      at,
    ),
    // Every field is written in HubSpot or refused for good: the first sync has ended.
    openException: false,
    importOnly: person.scope === 'emailOnly',
  };
}

/**
 * What a write without a stored answer has left in fields that cannot be read now, what it overwrote being logged;
 * and what it was to bring where the next one is refused: it may still arrive.
 */
function stillIntended(session: Session, work: Work, at: Date): { id: string; intended: Intended }[] {
  const { person, linkId, changes } = work;
  if (!person.link?.intended) return [];
  const { intended } = tellArrived(session, { ...person, link: person.link }, at).link;
  const refused = changes.filter(({ failure }) => failure).map(({ mappingId }) => mappingId);
  const ids = new Set([...refused, ...Object.keys(unreadIntended(session, person))]);
  const kept = Object.entries(intended ?? {}).filter(([id]) => ids.has(id));
  return kept.length > 0 ? [{ id: linkId, intended: Object.fromEntries(kept) }] : [];
}

type Former = Record<Side, Map<string, Seen>>;

const isAnswered = ({ answered }: Work) => answered !== null;
const isOfRecord = ({ person, changes }: Work) => person.isCreated || isWritten(changes, 'salesforce');

/** What was seen before of the sides that were written. */
async function formerOf({ store }: Session, works: readonly Work[]): Promise<Former> {
  const contacts = works.filter(isAnswered).map(({ person }) => person.contact.id);
  const records = works.filter(isOfRecord).map(({ person }) => person.record.id);
  return {
    hubspot: await store.seen('hubspot', contacts),
    salesforce: await store.seen('salesforce', records),
  };
}

/** Our own write is no change at the next poll. */
function contactsSeen(session: Session, works: readonly Work[], former: Former): Seen[] {
  return works
    .filter(isAnswered)
    .map(({ person: { contact }, answered }) =>
      seenOfContact(session, contact, answered ?? {}, former.hubspot.get(contact.id)),
    );
}

function recordsSeen(session: Session, works: readonly Work[], former: Former): Seen[] {
  return works.filter(isOfRecord).map(({ person, changes }) => {
    const { record, plan } = person;
    const refused = changes.flatMap(({ to, field, failure }) =>
      failure && to === 'salesforce' ? [field] : [],
    );
    const sent = refused.length > 0 ? without(plan.salesforce, refused) : plan.salesforce;
    return seenOfRecord(session, record, sent, former.salesforce.get(record.id));
  });
}

function isWritten(changes: readonly Change[], side: Side): boolean {
  return changes.some(({ to, failure }) => to === side && !failure);
}
