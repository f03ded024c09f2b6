import { ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, SalesforceObject, SalesforceRecord } from '#lib/crm/ports.ts';
import { addressesOf, chooseRecord } from '../match.ts';
import type { OpenIntent } from '../store.ts';
import type { Trouble } from '../trouble.ts';
import { claimKeys } from './claims.ts';
import { fieldsOf } from './gather.ts';
import { unansweredWaitMs } from './intents.ts';
import {
  isBusy,
  type Later,
  outcomeOf,
  type Person,
  planPerson,
  type Settled,
  skipped,
  type Wanted,
} from './person.ts';
import { holdersOf } from './scan/holders.ts';
import type { Session } from './session.ts';

/** An unlinked contact that may sync. `asked`: the record that asked for it, if it was one. */
export type Single = { wanted: Wanted; contact: HubSpotContact; asked: SalesforceRecord | null };
export type Newcomer = { wanted: Wanted; contact: HubSpotContact; address: string };
export type FoundRecords = {
  people: Person[];
  /** Nobody has any of their addresses: they may be created. */
  newcomers: Newcomer[];
  /** Creations sent earlier whose fate is known now: to be closed with what was found. */
  answered: { id: string; recordId: string | null }[];
  settled: Settled[];
  later: Later[];
};

/** What was found out about the singles of a group, before anybody is decided on. */
type Search = {
  hits: Map<string, SalesforceRecord[]>;
  intents: Map<string, OpenIntent[]>;
  /** How long each open intent's record may still appear, in ms. */
  waits: Map<string, number>;
  /** Records that are somebody's; grows as they are given away. */
  taken: Set<string>;
  /** Record claims that are ours. */
  claimed: Set<string>;
  /** Addresses that somebody of this group has already been decided by. */
  spoken: Set<string>;
  /** Contacts that were decided on: one may be here for itself and for a record that asked. */
  decided: Set<string>;
};

/** Looks for the records of unlinked contacts by e-mail address, and plans those that are found. */
export async function findRecords(
  session: Session,
  singles: readonly Single[],
  at: Date,
): Promise<Result<FoundRecords, Trouble>> {
  const found: FoundRecords = { people: [], newcomers: [], answered: [], settled: [], later: [] };
  const keysOf = ({ contact }: Single) => addressesOf(contact.values).map(claimKeys.address);
  const claimed = await session.claims.take(singles.flatMap(keysOf));
  const ours = singles.filter((single) => keysOf(single).every((key) => claimed.has(key)));
  found.later.push(...singles.filter((single) => !ours.includes(single)).map(({ wanted }) => isBusy(wanted)));
  const addresses = [...new Set(ours.flatMap(({ contact }) => addressesOf(contact.values)))];
  if (addresses.length === 0) return ok(found);
  const asking = ours.flatMap((single) => single.asked?.id ?? []);
  const search = await searchFor(session, { addresses, asking }, at);
  if (!search.ok) return search;
  for (const single of ours) decideOn(session, search.value, single, found, at);
  return ok(found);
}

async function searchFor(
  session: Session,
  { addresses, asking }: { addresses: string[]; asking: string[] },
  at: Date,
): Promise<Result<Search, Trouble>> {
  const { store, claims } = session;
  const intents = await store.openIntents(addresses);
  const waits = await unansweredWaitMs(session, intents, at);
  if (!waits.ok) return waits;
  const fields: Record<SalesforceObject, string[]> = {
    Lead: fieldsOf(session, 'Lead'),
    Contact: fieldsOf(session, 'Contact'),
  };
  const hits = await holdersOf(session, addresses, fields);
  if (!hits.ok) return hits;
  const recordIds = hits.value.flat().map(({ id }) => id);
  const holders = await store.linksOfRecords([...recordIds, ...asking]);
  const byAddress = new Map<string, OpenIntent[]>();
  for (const intent of intents) {
    byAddress.set(intent.address, [...(byAddress.get(intent.address) ?? []), intent]);
  }
  return ok({
    hits: new Map(addresses.map((address, position) => [address, hits.value[position] ?? []])),
    intents: byAddress,
    waits: waits.value,
    taken: new Set(holders.flatMap((link) => (link.endedAt === null ? [link.recordId] : []))),
    claimed: await claims.take(recordIds.map(claimKeys.record)),
    spoken: new Set(),
    decided: new Set(),
  });
}

function decideOn(session: Session, search: Search, single: Single, found: FoundRecords, at: Date): void {
  const { wanted, contact, asked } = single;
  if (search.decided.has(contact.id)) {
    found.later.push(isBusy(wanted));
    return;
  }
  search.decided.add(contact.id);
  const addresses = addressesOf(contact.values);
  const unanswered = addresses.flatMap((address) => search.intents.get(address) ?? []);
  const waitMs = Math.max(0, ...unanswered.map((intent) => search.waits.get(intent.id) ?? 0));
  const open = unanswered.filter(({ isOurs }) => isOurs);
  if (waitMs > 0) {
    found.later.push({ wanted, reason: 'unanswered_creation', waitMs });
    return;
  }
  const isSpokenFor = addresses.some((address) => search.spoken.has(address));
  const hits = addresses.map((address) => search.hits.get(address) ?? []);
  const match = chooseRecord(hits, (id) => search.taken.has(id));
  for (const address of addresses) search.spoken.add(address);
  if (match.kind === 'held' || (match.kind === 'none' && isSpokenFor)) {
    const failure = { result: 'FAILED', category: 'duplicates', code: 'address_held' } as const;
    found.settled.push({ wanted, outcome: outcomeOf(wanted, { contact }, failure) });
  } else if (match.kind === 'none' && asked) {
    // The record that asked has this contact as an additional address or is not found by it any more.
    takeRecord(session, search, found, {
      single,
      record: asked,
      byAdditional: true,
      several: false,
      open,
      at,
    });
  } else if (match.kind === 'none') {
    found.answered.push(...open.map(({ id }) => ({ id, recordId: null })));
    found.newcomers.push({ wanted, contact, address: addresses[0] ?? '' });
  } else {
    const { record, byAdditional, isOneOfSeveral: several } = match;
    takeRecord(session, search, found, { single, record, byAdditional, several, open, at });
  }
}

type Taking = {
  single: Single;
  record: SalesforceRecord;
  byAdditional: boolean;
  several: boolean;
  open: OpenIntent[];
  at: Date;
};

function takeRecord(session: Session, search: Search, found: FoundRecords, given: Taking): void {
  const { single, record, byAdditional, several, open, at } = given;
  const { wanted, contact, asked } = single;
  if (!search.claimed.has(claimKeys.record(record.id)) && record !== asked) {
    found.later.push(isBusy(wanted));
    return;
  }
  if (search.taken.has(record.id)) {
    found.settled.push(skipped(wanted, { contact, record }, 'other_record_used', ['several_records']));
    return;
  }
  search.taken.add(record.id);
  found.answered.push(...open.map(({ id }) => ({ id, recordId: record.id })));
  const isCreated = open.length > 0;
  const person = {
    wanted,
    contact,
    record,
    link: null,
    isCreated,
    origin: isCreated ? ('CREATED' as const) : ('MATCHED' as const),
    scope: 'both' as const,
    byAdditional,
    warnings: several ? ['several_records'] : [],
    earlier: [],
  };
  found.people.push(planPerson(session, person, at));
}
