import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, SalesforceRecord } from '#lib/crm/ports.ts';
import { causeOfGone, type Gone, goneAmong } from '../gone.ts';
import type { Link, LinkEnd, LinkState, NewLink } from '../store.ts';
import type { Cause } from '../triggers.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { claimKeys } from './claims.ts';
import { recordsById } from './gather.ts';
import { decideHandOver, keptShadow } from './life.ts';
import { isBusy, type Later, sObjectOf, type Wanted } from './person.ts';
import type { Session } from './session.ts';

/** Links that move or end in one transaction, and those who are to be looked at again afterwards. */
export type Moves = {
  ends: (Omit<LinkEnd, 'id'> & { link: Link })[];
  links: NewLink[];
  states: LinkState[];
  again: Wanted[];
  later: Later[];
};

export const noMoves = (): Moves => ({ ends: [], links: [], states: [], again: [], later: [] });

/** A contact that took others in, with one of those who asked for it. */
export type ContactTaker = { wanted: Wanted; contact: HubSpotContact };

/** Ids that HubSpot merged into a contact. */
export function mergedIdsOf({ values }: HubSpotContact): string[] {
  return (values.hs_merged_object_ids ?? '').split(';').filter((id) => id !== '');
}

/** Hands links of merged contacts to their survivors; a survivor that has its own keeps it. */
export async function handOverContacts(
  session: Session,
  takers: readonly ContactTaker[],
  moves: Moves,
): Promise<void> {
  const byId = new Map<string, ContactTaker & { all: Wanted[] }>();
  for (const taker of takers) {
    const known = byId.get(taker.contact.id);
    if (known) known.all.push(taker.wanted);
    else byId.set(taker.contact.id, { ...taker, all: [taker.wanted] });
  }
  const idsOf = ({ contact, all }: { contact: HubSpotContact; all: Wanted[] }) => [
    contact.id,
    ...mergedIdsOf(contact),
    ...all.flatMap(({ contactId }) => contactId ?? []),
  ];
  const links = await session.store.linksOfContacts([...byId.values()].flatMap(idsOf));
  for (const taker of byId.values()) {
    const ids = new Set(idsOf(taker));
    const living = links.filter((link) => link.endedAt === null && ids.has(link.contactId));
    const own = living.find(({ contactId }) => contactId === taker.contact.id) ?? null;
    const losers = living.filter((link) => link !== own);
    if (!(await claimAll(session, [taker.contact.id], losers))) {
      moves.later.push(...taker.all.map(isBusy));
      continue;
    }
    const { taken, merged } = decideHandOver(losers, own);
    end(moves, merged, 'merged', taker.contact.id);
    if (taken) {
      end(moves, [taken], 'handed_over', taker.contact.id);
      const table = session.tables[sObjectOf(taken.object)];
      const to = { contactId: taker.contact.id, recordId: taken.recordId, object: taken.object };
      move(session, moves, taken, to, keptShadow(table, taken.shadow, { contact: taker.contact }));
    }
    for (const wanted of taker.all) {
      moves.again.push({ ...wanted, contactId: taker.contact.id, recordId: null, object: null });
    }
  }
}

async function claimAll(session: Session, contactIds: string[], links: readonly Link[]): Promise<boolean> {
  const keys = [
    ...contactIds.map((id) => claimKeys.contact(session.store.scope.workspaceId, id)),
    ...links.flatMap(({ contactId, recordId }) => [
      claimKeys.contact(session.store.scope.workspaceId, contactId),
      claimKeys.record(recordId),
    ]),
  ];
  const taken = await session.claims.take(keys);
  return keys.every((key) => taken.has(key));
}

/** Somebody whose record became another one, by conversion or merge. */
export type RecordMove = {
  wanted: Wanted;
  link: Link;
  recordId: string;
  object: Link['object'];
  cause: 'converted' | 'handed_over';
};

/** Hands links of converted Leads and merged records to what they became; one that is linked keeps its own. */
export async function handOverRecords(
  session: Session,
  given: readonly RecordMove[],
  moves: Moves,
): Promise<Result<null, Trouble>> {
  const byTaker = new Map<string, RecordMove[]>();
  for (const each of given) byTaker.set(each.recordId, [...(byTaker.get(each.recordId) ?? []), each]);
  const records = await recordsById(session, given);
  if (!records.ok) return records;
  const missing = given.filter(({ recordId }) => !records.value.has(recordId));
  const gone = await becameOf(session, missing);
  if (!gone.ok) return gone;
  const owners = await session.store.linksOfRecords([...byTaker.keys()]);
  for (const [recordId, group] of byTaker) {
    const taken = await session.claims.take([claimKeys.record(recordId)]);
    if (!taken.has(claimKeys.record(recordId))) {
      moves.later.push(...group.map(({ wanted }) => isBusy(wanted)));
      continue;
    }
    const own = owners.find((link) => link.endedAt === null && link.recordId === recordId) ?? null;
    const taker = { own, record: records.value.get(recordId), gone: gone.value.get(recordId) };
    moveRecord(session, moves, { group, ...taker });
  }
  return ok(null);
}

function moveRecord(
  session: Session,
  moves: Moves,
  given: { group: RecordMove[]; own: Link | null; record?: SalesforceRecord; gone?: Gone },
): void {
  const { group, own, record, gone } = given;
  const { taken, merged } = decideHandOver(
    group.map(({ link }) => link),
    own,
  );
  for (const { wanted, link, recordId, object, cause } of group) {
    if (merged.includes(link)) end(moves, [link], 'merged', recordId);
    if (link === taken) {
      end(moves, [link], cause, recordId);
      // What can't be read keeps no shadow: it counts as a first sync once it is there.
      const shadow = record ? keptShadow(session.tables[record.object], link.shadow, { record }) : {};
      move(session, moves, link, { contactId: link.contactId, recordId, object }, shadow);
    }
    const causes = gone ? [...wanted.causes, goneSince(wanted, recordId, gone)] : wanted.causes;
    moves.again.push({ ...wanted, causes, contactId: link.contactId, recordId: null, object: null });
  }
}

/** The taker was deleted or merged while nobody was linked with it: no poll has told of that. */
function goneSince({ causes }: Wanted, recordId: string, gone: Gone): Cause {
  const at = causes[0]?.at ?? new Date(0).toISOString();
  return { ...causeOfGone(recordId, gone), at, source: 'engine' };
}

/** What Salesforce says has become of these takers. */
async function becameOf(
  session: Session,
  moved: readonly RecordMove[],
): Promise<Result<Map<string, Gone>, Trouble>> {
  const found = new Map<string, Gone>();
  if (moved.length === 0) return ok(found);
  const at = await session.store.now();
  for (const object of ['LEAD', 'CONTACT'] as const) {
    const wanted = new Set(moved.flatMap((each) => (each.object === object ? [each.recordId] : [])));
    const answer = await goneAmong(session.salesforce, sObjectOf(object), [...wanted], at);
    if (!answer.ok) return fail(troubleOf('salesforce', answer.failure, session.troubles));
    for (const [id, gone] of answer.value) found.set(id, gone);
  }
  return ok(found);
}

function end(moves: Moves, links: readonly Link[], cause: LinkEnd['cause'], into: string): void {
  moves.ends.push(...links.map((link) => ({ link, cause, mergedInto: into })));
}

function move(
  session: Session,
  moves: Moves,
  from: Link,
  to: Pick<NewLink, 'contactId' | 'recordId' | 'object'>,
  shadow: Link['shadow'],
): void {
  const { origin, createdAt, openException, importOnly, memory } = from;
  const id = session.newId();
  moves.links.push({ id, ...to, origin, createdAt, openException, importOnly });
  moves.states.push({ id, shadow, memory, openException, importOnly });
}
