import { ok, type Result } from '#lib/core/result.ts';
import type { Link } from '../store.ts';
import type { Trouble } from '../trouble.ts';
import { claimKeys } from './claims.ts';
import { conflictsOfEnded } from './conflicts.ts';
import { endOfRecords } from './end-of-records.ts';
import type { Subject } from './gather.ts';
import {
  type ContactTaker,
  handOverContacts,
  handOverRecords,
  type Moves,
  mergedIdsOf,
  noMoves,
  type RecordMove,
} from './hand-over.ts';
import { type Life, lifeOf } from './life.ts';
import { isBusy, type Later, outcomeOf, type Settled, skipped } from './person.ts';
import type { Session } from './session.ts';
import { settle } from './settle.ts';

export type Living = { subjects: Subject[]; again: Moves['again']; later: Later[] };

type Sorted = { [K in Life['kind']]: { subject: Subject; life: Extract<Life, { kind: K }> }[] };

/**
 * Lets links move and end as the two systems' deletions, merges, conversions and restores ask for (sync rules,
 * section 6); no value is written on account of it. Answers the living, and those to look at again.
 */
export async function applyLife(
  session: Session,
  subjects: readonly Subject[],
): Promise<Result<Living, Trouble>> {
  const sorted = sortByLife(subjects);
  const moves = noMoves();
  const settled: Settled[] = [];
  const free = await restore(session, sorted, moves);
  const alive = await withoutMerges(session, sorted, moves);
  const records = await moveRecords(session, sorted, moves, settled);
  if (!records.ok) return records;
  const erased = endOfContacts(sorted, moves, settled);
  const deleted = await endOfRecords(
    session,
    sorted.deletedInSalesforce.map(({ subject }) => subject),
    moves,
    settled,
  );
  if (!deleted.ok) return deleted;
  skipOthers(sorted, settled);
  const revived = free
    .filter((link) => !moves.links.some((moved) => isShared(moved, link)))
    .map(({ id }) => id);
  if (moves.ends.length + revived.length + erased.length + settled.length > 0) {
    await settle(session, settled, async (tx, at) => {
      await tx.endLinks(
        moves.ends.map(({ link, ...end }) => ({ id: link.id, ...end })),
        at,
      );
      await tx.insertConflicts(
        session.run.id,
        conflictsOfEnded(
          session,
          moves.ends.map(({ link }) => link),
          at,
        ),
      );
      await tx.insertLinks(moves.links);
      await tx.storeLinks(moves.states, at);
      await tx.reviveLinks(revived);
      if (erased.length > 0) await tx.eraseContacts(erased, at);
    });
  }
  // Whoever was gathered without a link may have got one just now, by somebody else of this group.
  const revivedLinks = sorted.restored.flatMap(({ life: { link } }) =>
    revived.includes(link.id) ? [link] : [],
  );
  const linked = new Set(
    [...moves.links, ...revivedLinks].flatMap((link) => [link.contactId, link.recordId]),
  );
  const isMoved = ({ wanted, record }: Subject) =>
    linked.has(wanted.contactId ?? '') || linked.has(record?.id ?? '');
  return ok({
    subjects: alive.filter((subject) => !isMoved(subject)),
    again: [...moves.again, ...alive.filter(isMoved).map(({ wanted }) => wanted)],
    later: moves.later,
  });
}

function sortByLife(subjects: readonly Subject[]): Sorted {
  const sorted: Sorted = {
    alive: [],
    deletedInHubSpot: [],
    deletedInSalesforce: [],
    contactBecame: [],
    recordBecame: [],
    unreadable: [],
    merged: [],
    contactWasDeleted: [],
    restored: [],
  };
  for (const subject of subjects) {
    const life = lifeOf(subject);
    // Each kind stands in the list of its own name.
    (sorted[life.kind] as { subject: Subject; life: Life }[]).push({ subject, life });
  }
  return sorted;
}

/** The living, without those whose contact took others in whose links still stand. */
async function withoutMerges(session: Session, sorted: Sorted, moves: Moves): Promise<Subject[]> {
  const takers: ContactTaker[] = sorted.contactBecame.map(({ subject, life }) => ({
    wanted: subject.wanted,
    contact: life.contact,
  }));
  const candidates = sorted.alive.filter(
    ({ subject }) => subject.contact && mergedIdsOf(subject.contact).length > 0,
  );
  const ids = candidates.flatMap(({ subject }) => (subject.contact ? mergedIdsOf(subject.contact) : []));
  const links = ids.length > 0 ? await session.store.linksOfContacts(ids) : [];
  const living = new Set(links.flatMap((link) => (link.endedAt === null ? [link.contactId] : [])));
  const kept: Subject[] = [];
  for (const { subject } of sorted.alive) {
    const { contact, wanted } = subject;
    if (contact && mergedIdsOf(contact).some((id) => living.has(id))) takers.push({ wanted, contact });
    else kept.push(subject);
  }
  if (takers.length > 0) await handOverContacts(session, takers, moves);
  return kept;
}

async function moveRecords(
  session: Session,
  sorted: Sorted,
  moves: Moves,
  settled: Settled[],
): Promise<Result<null, Trouble>> {
  const given: RecordMove[] = [];
  for (const { subject, life } of sorted.recordBecame) {
    const { wanted, link } = subject;
    const { recordId, cause } = life;
    const object = recordId.startsWith('00Q') ? ('LEAD' as const) : ('CONTACT' as const);
    if (link) given.push({ wanted, link, recordId, object, cause });
    else settled.push(skipped(wanted, subject, cause === 'converted' ? 'converted' : 'merged'));
  }
  return given.length > 0 ? handOverRecords(session, given, moves) : ok(null);
}

/** Ids of contacts about which everything is to be forgotten. */
function endOfContacts(sorted: Sorted, moves: Moves, settled: Settled[]): string[] {
  const erased: string[] = [];
  for (const { subject, life } of sorted.deletedInHubSpot) {
    const { wanted, link } = subject;
    const cause = life.erase ? ('privacy_deleted' as const) : ('deleted_in_hubspot' as const);
    if (link) moves.ends.push({ link, cause, mergedInto: null });
    if (life.erase && wanted.contactId) erased.push(wanted.contactId);
    settled.push(skipped(wanted, { link }, 'deleted_in_hubspot'));
  }
  return erased;
}

type Sides = Pick<Link, 'contactId' | 'recordId'>;
const isShared = (a: Sides, b: Sides) => a.contactId === b.contactId || a.recordId === b.recordId;

/** Links to take up again: both sides are there, and neither belongs to anybody else by now. */
async function restore(session: Session, sorted: Sorted, moves: Moves): Promise<Link[]> {
  const revived: Link[] = [];
  for (const { subject, life } of sorted.restored) {
    const { wanted } = subject;
    const { contactId, recordId } = life.link;
    const keys = [claimKeys.contact(session.store.scope.workspaceId, contactId), claimKeys.record(recordId)];
    const taken = await session.claims.take(keys);
    if (!keys.every((key) => taken.has(key))) {
      moves.later.push(isBusy(wanted));
      continue;
    }
    const others = [
      ...(await session.store.linksOfContacts([contactId])),
      ...(await session.store.linksOfRecords([recordId])),
    ];
    const isTaken = others.some(({ endedAt }) => endedAt === null);
    if (isTaken || revived.some((link) => isShared(link, life.link))) {
      sorted.alive.push({ subject: { ...subject, tombstone: null }, life: { kind: 'alive' } });
      continue;
    }
    revived.push(life.link);
    moves.again.push(wanted);
  }
  return revived;
}

function skipOthers(sorted: Sorted, settled: Settled[]): void {
  for (const { subject, life } of sorted.unreadable) {
    const { wanted } = subject;
    const failure = { result: 'FAILED', category: 'permissions', code: life.code } as const;
    settled.push({ wanted, outcome: outcomeOf(wanted, subject, failure) });
  }
  for (const { subject } of sorted.merged) settled.push(skipped(subject.wanted, subject, 'merged'));
  for (const { subject } of sorted.contactWasDeleted) {
    settled.push(skipped(subject.wanted, subject, 'deleted_in_hubspot'));
  }
}
