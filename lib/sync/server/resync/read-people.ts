import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact } from '#lib/crm/ports.ts';
import { addressesOf } from '../../match.ts';
import { claimKeys } from '../claims.ts';
import { findLinksOfContacts, type Link } from '../links-repository.ts';
import type { OutcomeRow } from '../repository.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { askGate } from './ask-gate.ts';
import { type Later, outcomeOf } from './person.ts';
import type { Session } from './session.ts';

const busyWaitMs = 5_000;

/** Members whose turn it is, those whose outcome is clear without Salesforce, and those left for later. */
export type Readers = {
  linked: { contact: HubSpotContact; link: Link }[];
  unlinked: { contact: HubSpotContact; addresses: string[] }[];
  askedAt: Date;
  outcomes: OutcomeRow[];
  later: Later[];
};

/**
 * Claims contacts, reads them, asks the gate, and finds their links. Claims come before reading, so that
 * nobody else writes what was read.
 */
export async function readPeople(session: Session, ids: string[]): Promise<Result<Readers, Trouble>> {
  const { hubspot, scope, troubles } = session;
  const keyOf = (id: string) => claimKeys.contact(scope.workspaceId, id);
  const claimed = await session.claims.take(ids.map(keyOf));
  const ours = ids.filter((id) => claimed.has(keyOf(id)));
  const busy = ids.filter((id) => !claimed.has(keyOf(id)));
  const contacts = await hubspot.readContacts(ours, session.properties);
  if (!contacts.ok) return fail(troubleOf('hubspot', contacts.failure, troubles));
  const gate = await askGate(scope.workspaceId, hubspot, ours, troubles);
  if (!gate.ok) return gate;

  const found: Readers = {
    linked: [],
    unlinked: [],
    askedAt: gate.value.askedAt,
    outcomes: [],
    later: busy.map(isBusy),
  };
  const links = newestLinks(await findLinksOfContacts(db(), scope, ours));
  const switchMs = Math.max((gate.value.waitsUntil?.getTime() ?? 0) - gate.value.askedAt.getTime(), 0);
  for (const [position, id] of ours.entries()) {
    const contact = contacts.value[position];
    const standing = gate.value.standing.get(id);
    if (!contact || contact.archived) {
      found.outcomes.push(outcomeOf({ id }, { result: 'SKIPPED', reason: 'deleted_in_hubspot' }));
    } else if (standing === 'waits') {
      found.later.push({ contactId: id, reason: 'switch_waits', waitMs: switchMs });
    } else if (standing !== 'member') {
      found.outcomes.push(outcomeOf(contact, { result: 'SKIPPED', reason: 'not_in_segment' }));
    } else {
      sortMember(found, contact, links.get(id));
    }
  }
  return ok(await claimTheRest(session, found));
}

export function isBusy(contactId: string): Later {
  return { contactId, reason: 'people_busy', waitMs: busyWaitMs };
}

function newestLinks(links: Link[]): Map<string, Link> {
  const found = new Map<string, Link>();
  for (const link of links) {
    const known = found.get(link.contactId);
    if (!known || (known.endedAt !== null && link.endedAt === null)) found.set(link.contactId, link);
  }
  return found;
}

function sortMember(found: Readers, contact: HubSpotContact, link: Link | undefined): void {
  const addresses = addressesOf(contact.values);
  if (link && link.endedAt === null) found.linked.push({ contact, link });
  else if (link?.endCause === 'merged') {
    found.outcomes.push(outcomeOf(contact, { result: 'SKIPPED', reason: 'merged' }));
  } else if (addresses.length === 0) {
    found.outcomes.push(outcomeOf(contact, { result: 'SKIPPED', reason: 'no_email' }));
  } else found.unlinked.push({ contact, addresses });
}

/** A person is whole only with its record, or until linked with every address it could be found by. */
async function claimTheRest(session: Session, found: Readers): Promise<Readers> {
  const records = found.linked.map(({ link }) => claimKeys.record(link.recordId));
  const addresses = found.unlinked.flatMap((person) => person.addresses.map(claimKeys.address));
  const taken = await session.claims.take([...records, ...addresses]);
  const isWhole = (keys: string[]) => keys.every((key) => taken.has(key));
  const linked = found.linked.filter(({ link }) => isWhole([claimKeys.record(link.recordId)]));
  const unlinked = found.unlinked.filter((person) => isWhole(person.addresses.map(claimKeys.address)));
  const kept = new Set([...linked, ...unlinked].map(({ contact }) => contact.id));
  const left = [...found.linked, ...found.unlinked].filter(({ contact }) => !kept.has(contact.id));
  return {
    ...found,
    linked,
    unlinked,
    later: [...found.later, ...left.map(({ contact }) => isBusy(contact.id))],
  };
}
