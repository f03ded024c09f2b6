import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, SalesforceObject, SalesforceRecord } from '#lib/crm/ports.ts';
import { chooseRecord } from '../../match.ts';
import { claimKeys } from '../claims.ts';
import { findCreatedContacts, findOpenIntents, type Intent } from '../intents-repository.ts';
import { findHoldersOfRecords, type Link } from '../links-repository.ts';
import type { OutcomeRow } from '../repository.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { type Later, outcomeOf, type Person, planPerson, sObjectOf } from './person.ts';
import { isBusy, type Readers } from './read-people.ts';
import type { Session } from './session.ts';

/**
 * A request lasts at most 60 seconds; after that a creation that was never answered is either visible by
 * SOQL or will never be.
 */
export const creationMayArriveMs = 65_000;

export type Newcomer = { contact: HubSpotContact; address: string };
export type Found = {
  people: Person[];
  /** Nobody has any of their addresses: they may be created. */
  newcomers: Newcomer[];
  /** Creations sent earlier whose fate is known now: to be closed with what was found. */
  settled: { id: string; recordId: string | null }[];
  outcomes: OutcomeRow[];
  later: Later[];
};

/** Reads the records of linked people and looks the others up by e-mail, then plans what to write. */
export async function findRecords(
  session: Session,
  readers: Readers,
  at: Date,
): Promise<Result<Found, Trouble>> {
  const found: Found = { people: [], newcomers: [], settled: [], outcomes: [], later: [] };
  const linked = await readLinked(session, readers.linked, found, at);
  if (!linked.ok) return linked;
  const matched = await matchUnlinked(session, readers.unlinked, found, at);
  if (!matched.ok) return matched;
  return ok(found);
}

async function readLinked(
  session: Session,
  linked: Readers['linked'],
  found: Found,
  at: Date,
): Promise<Result<null, Trouble>> {
  const created = await findCreatedContacts(
    db(),
    session.run.id,
    linked.map(({ contact }) => contact.id),
  );
  for (const object of ['LEAD', 'CONTACT'] as const) {
    const group = linked.filter(({ link }) => link.object === object);
    if (group.length === 0) continue;
    const sObject = sObjectOf(object);
    const ids = group.map(({ link }) => link.recordId);
    const records = await session.salesforce.readRecords(sObject, ids, session.tables[sObject].names);
    if (!records.ok) return fail(troubleOf('salesforce', records.failure, session.troubles));
    for (const [position, { contact, link }] of group.entries()) {
      const record = records.value[position] ?? null;
      const refusal = refusalOf(record);
      if (!record || refusal)
        found.outcomes.push(unreadable(contact, link, refusal ?? 'RECORD_NOT_RETURNED'));
      else {
        const isCreated = created.has(contact.id);
        const origin = 'MATCHED' as const;
        const person = {
          contact,
          record,
          link,
          isCreated,
          origin,
          byAdditional: false,
          warnings: [],
          earlier: [],
        };
        found.people.push(planPerson(session, person, link.shadow, at));
      }
    }
  }
  return ok(null);
}

function refusalOf(record: SalesforceRecord | null): string | null {
  return record?.isConverted ? 'CANNOT_UPDATE_CONVERTED_LEAD' : null;
}

/** A record merely not returned is no deletion: the link stays. */
function unreadable(contact: HubSpotContact, link: Link, code: string): OutcomeRow {
  return outcomeOf(contact, {
    recordId: link.recordId,
    object: link.object,
    result: 'FAILED',
    category: 'permissions',
    code,
  });
}

/** What was found out about the unlinked people of a group, before anybody is decided on. */
type Search = {
  hits: Map<string, SalesforceRecord[]>;
  intents: Map<string, Intent>;
  /** Records that are somebody's; grows as they are given away. */
  taken: Set<string>;
  /** Record claims that are ours. */
  claimed: Set<string>;
  /** Addresses that somebody of this group has already been decided by. */
  spoken: Set<string>;
};

async function matchUnlinked(
  session: Session,
  unlinked: Readers['unlinked'],
  found: Found,
  at: Date,
): Promise<Result<null, Trouble>> {
  const addresses = [...new Set(unlinked.flatMap((person) => person.addresses))];
  if (addresses.length === 0) return ok(null);
  const intents = await findOpenIntents(db(), session.scope, addresses);
  const fields: Record<SalesforceObject, string[]> = {
    Lead: session.tables.Lead.names,
    Contact: session.tables.Contact.names,
  };
  const hits = await session.salesforce.findByEmail(addresses, fields);
  if (!hits.ok) return fail(troubleOf('salesforce', hits.failure, session.troubles));
  const recordIds = hits.value.flat().map(({ id }) => id);
  const search: Search = {
    hits: new Map(addresses.map((address, position) => [address, hits.value[position] ?? []])),
    intents: new Map(intents.map((intent) => [intent.address, intent])),
    taken: new Set((await findHoldersOfRecords(db(), session.scope, recordIds)).keys()),
    claimed: await session.claims.take(recordIds.map(claimKeys.record)),
    spoken: new Set(),
  };
  for (const person of unlinked) decideOn(session, search, person, found, at);
  return ok(null);
}

function decideOn(
  session: Session,
  search: Search,
  { contact, addresses }: Readers['unlinked'][number],
  found: Found,
  at: Date,
): void {
  const open = addresses.flatMap((address) => search.intents.get(address) ?? []);
  const waitMs = Math.max(0, ...open.map((intent) => mayArriveMs(intent, at)));
  if (waitMs > 0) {
    found.later.push({ contactId: contact.id, reason: 'unanswered_creation', waitMs });
    return;
  }
  const isSpokenFor = addresses.some((address) => search.spoken.has(address));
  const hits = addresses.map((address) => search.hits.get(address) ?? []);
  const match = chooseRecord(hits, (id) => search.taken.has(id));
  for (const address of addresses) search.spoken.add(address);
  if (match.kind === 'held' || (match.kind === 'none' && isSpokenFor)) {
    found.outcomes.push(
      outcomeOf(contact, { result: 'FAILED', category: 'duplicates', code: 'address_held' }),
    );
  } else if (match.kind === 'none') {
    found.settled.push(...open.map(({ id }) => ({ id, recordId: null })));
    found.newcomers.push({ contact, address: addresses[0] ?? '' });
  } else if (!search.claimed.has(claimKeys.record(match.record.id))) {
    found.later.push(isBusy(contact.id));
  } else {
    search.taken.add(match.record.id);
    found.settled.push(...open.map(({ id }) => ({ id, recordId: match.record.id })));
    const isCreated = open.length > 0;
    const person = {
      contact,
      record: match.record,
      link: null,
      isCreated,
      origin: isCreated ? ('CREATED' as const) : ('MATCHED' as const),
      byAdditional: match.byAdditional,
      warnings: match.isOneOfSeveral ? ['several_records'] : [],
      earlier: [],
    };
    found.people.push(planPerson(session, person, {}, at));
  }
}

function mayArriveMs(intent: Intent, at: Date): number {
  return intent.sentAt.getTime() + creationMayArriveMs - at.getTime();
}
