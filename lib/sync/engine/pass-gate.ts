import { ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact } from '#lib/crm/ports.ts';
import type { SettingsValues } from '#lib/settings/schemas.ts';
import { permissionOf } from '../gate.ts';
import { addressesOf } from '../match.ts';
import type { Trouble } from '../trouble.ts';
import { askGate, type GateAnswer, type Standing, waitingFor } from './ask-gate.ts';
import type { ContactDraft } from './create-contacts.ts';
import { addressOf, type Stranger } from './find-contacts.ts';
import type { Single } from './find-records.ts';
import type { Subject } from './gather.ts';
import {
  hasCause,
  type Later,
  type Person,
  type Scope,
  type Settled,
  skipped,
  type Wanted,
} from './person.ts';
import type { Session } from './session.ts';

/** A person whose two sides are known, before its plan. */
export type Pair = Omit<Person, 'plan'>;

export type Passed = {
  /** Linked, or a contact and the record that asked for it, towards HubSpot alone. */
  linked: Pair[];
  /** Contacts that look for their record. */
  singles: Single[];
  /** Records that get a contact. */
  drafts: ContactDraft[];
  settled: Settled[];
  later: Later[];
  askedAt: Date;
};

type Given = {
  subjects: readonly Subject[];
  strangers: readonly Stranger[];
  settings: SettingsValues;
};

/** Asks the gate for everybody and sorts them by its table (sync rules, section 3). */
export async function pass(session: Session, given: Given): Promise<Result<Passed, Trouble>> {
  const { subjects, strangers, settings } = given;
  const withContact = subjects.flatMap(({ wanted, contact, record, link }) =>
    contact && wanted.contactId ? [{ wanted, contact, record, link }] : [],
  );
  const found = strangers.flatMap(({ wanted, contact }) => (contact ? [{ wanted, contact }] : []));
  const gate = await askGate(session, [...withContact, ...found]);
  if (!gate.ok) return gate;
  const passed: Passed = {
    linked: [],
    singles: [],
    drafts: [],
    settled: [],
    later: [],
    askedAt: gate.value.askedAt,
  };
  const created = await session.store.createdContacts(
    session.run.id,
    withContact.map(({ contact }) => contact.id),
  );
  for (const person of withContact) {
    const isCreated = created.has(person.contact.id);
    passContact(passed, { ...person, gate: gate.value, settings, isCreated });
  }
  for (const stranger of strangers) passStranger(passed, stranger, gate.value, settings);
  return ok(passed);
}

/** Which sides asked; a person's own word counts for the side that is known. */
function sidesOf(wanted: Wanted): ('hubspot' | 'salesforce')[] {
  const known = wanted.contactId ? ('hubspot' as const) : ('salesforce' as const);
  return [...new Set(wanted.causes.map(({ side }) => (side === 'person' ? known : side)))];
}

type Standings = { standing: Standing; gate: GateAnswer; settings: SettingsValues };
type Facts = { isLinked: boolean; openException: boolean; hasAddress: boolean };

/** What may be done for a person; null if it is settled or waits. */
function scopeOf(
  passed: Passed,
  wanted: Wanted,
  known: Parameters<typeof skipped>[1],
  { standing, gate, settings }: Standings,
  facts: Facts,
): Scope | null {
  if (!facts.isLinked && !facts.hasAddress) {
    passed.settled.push(skipped(wanted, known, 'no_email'));
    return null;
  }
  if (standing === 'waits' || standing === 'unclear') {
    passed.later.push(waitingFor(wanted, standing, gate));
    return null;
  }
  const permission = permissionOf({
    ...facts,
    sides: sidesOf(wanted),
    isImport: hasCause(wanted, 'import'),
    isMember: standing === 'member',
    salesforceChanges: settings.salesforceChanges,
  });
  if (permission.may !== 'nothing') return permission.may;
  passed.settled.push(skipped(wanted, known, permission.reason));
  return null;
}

type ContactGiven = Pick<Subject, 'wanted' | 'record' | 'link'> & {
  contact: HubSpotContact;
  gate: GateAnswer;
  settings: SettingsValues;
  isCreated: boolean;
};

function passContact(passed: Passed, given: ContactGiven): void {
  const { wanted, contact, record, link, gate, settings, isCreated } = given;
  const standing = gate.standing.get(contact.id) ?? 'outside';
  const scope = scopeOf(
    passed,
    wanted,
    { contact, link },
    { standing, gate, settings },
    {
      isLinked: link !== null,
      openException: link?.openException ?? false,
      hasAddress: addressesOf(contact.values).length > 0,
    },
  );
  if (scope === null) return;
  // The creation exception is of a record: a contact alone is not let through by it.
  if (!link && scope !== 'both') passed.settled.push(skipped(wanted, { contact }, 'not_in_segment'));
  else if (!link) passed.singles.push({ wanted, contact, asked: null });
  else if (record) {
    const { origin } = link;
    const known = { byAdditional: false, warnings: [], earlier: [] };
    passed.linked.push({ wanted, contact, record, link, origin, scope, isCreated, ...known });
  }
}

function passStranger(passed: Passed, stranger: Stranger, gate: GateAnswer, settings: SettingsValues): void {
  const { wanted, record, contact, address } = stranger;
  const standing = contact ? (gate.standing.get(contact.id) ?? 'outside') : gate.ofNobody;
  const scope = scopeOf(
    passed,
    wanted,
    { contact, record },
    { standing, gate, settings },
    {
      isLinked: false,
      openException: false,
      hasAddress: address !== '',
    },
  );
  if (scope === null) return;
  const origin = hasCause(wanted, 'import')
    ? 'IMPORT'
    : scope === 'toHubSpot'
      ? 'CREATION_EXCEPTION'
      : 'CREATED';
  if (!contact) passed.drafts.push({ stranger, scope, origin });
  else if (scope === 'both') passed.singles.push({ wanted, contact, asked: record });
  else passed.linked.push(pairOf({ wanted, contact, record, origin, scope }));
}

/** A contact and the record that asked for it, to be linked by the creation exception or an import. */
export function pairOf(given: Pick<Person, 'wanted' | 'contact' | 'record' | 'origin' | 'scope'>): Pair {
  // Who was found, but not by its own address, was found by an additional one.
  const byAdditional = addressOf(given.record) !== given.contact.values.email?.trim().toLowerCase();
  return { ...given, link: null, isCreated: false, byAdditional, warnings: [], earlier: [] };
}
