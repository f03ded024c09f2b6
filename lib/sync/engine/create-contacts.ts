import { fail, ok, type Result } from '#lib/core/result.ts';
import { existingIdOf } from '#lib/crm/errors.ts';
import type { HubSpotContact, Values } from '#lib/crm/ports.ts';
import type { Change } from '../change.ts';
import type { Shadow } from '../shadow.ts';
import type { Link, LinkOrigin, Seen } from '../store.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { type Answer, causeForAll } from './answers.ts';
import { readById, type Stranger } from './find-contacts.ts';
import { freshLink, newLinkOf, seenOfContact } from './links.ts';
import {
  type Later,
  objectOf,
  outcomeOf,
  type Person,
  personOutcome,
  planPerson,
  type Scope,
  type Settled,
} from './person.ts';
import type { Session } from './session.ts';
import { settle } from './settle.ts';
import { type Row, writeRows } from './write-rows.ts';

/** A contact to be made for a record, and how much of it may be filled. */
export type ContactDraft = { stranger: Stranger; scope: Scope; origin: LinkOrigin };

export type CreatedContacts = {
  later: Later[];
  /** Whose contact is there already, as HubSpot said: it was not found by search. */
  known: { draft: ContactDraft; contact: HubSpotContact }[];
};

const retryWaitMs = 5_000;
/** A new contact may be named as taken before it can be read. */
const unreadableWaitMs = 10_000;

type Planned = ContactDraft & { person: Person; values: Values; changes: Change[]; linkId: string };

/**
 * Creates contacts for up to 100 records, each with what the rules give it (of an import of no member the
 * address alone), and links them. Nothing goes to Salesforce. A contact that is there already is answered.
 */
export async function createContacts(
  session: Session,
  drafts: readonly ContactDraft[],
  at: Date,
): Promise<Result<CreatedContacts, Trouble>> {
  const planned = drafts.map((draft) => plan(session, draft, at));
  const answers = await writeRows<HubSpotContact>(
    planned.map(({ values, changes }): Row => ({ values, changes, isRequired: (name) => name === 'email' })),
    (positions, values) =>
      session.hubspot.createContacts(
        positions.map((position, index) => ({
          traceId: planned[position]?.linkId ?? session.newId(),
          values: values[index] ?? {},
        })),
      ),
    'hubspot',
    session.troubles,
  );
  if (!answers.ok) return answers;
  const cause = causeForAll(answers.value);
  if (cause) return fail(troubleOf('hubspot', cause, session.troubles));
  return store(session, planned, answers.value);
}

/** The rules give a contact that has nothing yet everything that they give from Salesforce. */
function plan(session: Session, draft: ContactDraft, at: Date): Planned {
  const { wanted, record, address } = draft.stranger;
  const blank = Object.fromEntries(session.properties.map((name) => [name, null]));
  const contact: HubSpotContact = { id: '', values: blank, updatedAt: at, archived: false };
  const known = { isCreated: true, byAdditional: false, warnings: [], earlier: [] };
  const { origin } = draft;
  const person = planPerson(
    session,
    { wanted, contact, record, link: null, origin, scope: 'toHubSpot', ...known },
    at,
  );
  const values =
    draft.scope === 'emailOnly' ? { email: address } : { email: address, ...person.plan.hubspot };
  const changes =
    draft.scope === 'emailOnly'
      ? person.plan.changes.filter(({ property, to }) => property === 'email' && to === 'hubspot')
      : person.plan.changes.map((change) => ({ ...change }));
  return { ...draft, person, values, changes, linkId: session.newId() };
}

async function store(
  session: Session,
  planned: readonly Planned[],
  answers: readonly Answer<HubSpotContact>[],
): Promise<Result<CreatedContacts, Trouble>> {
  const at = await session.store.now();
  const settled: Settled[] = [];
  const later: Later[] = [];
  const links: Link[] = [];
  const seen: Seen[] = [];
  const taken: { draft: ContactDraft; id: string }[] = [];
  for (const [position, each] of planned.entries()) {
    const answer = answers[position];
    const { wanted, record } = each.stranger;
    const existingId = answer?.kind === 'refused' ? existingIdOf(answer.failure) : null;
    if (answer?.kind === 'done') {
      const contact = { ...answer.value, values: { ...each.values, ...answer.value.values } };
      links.push(linkOf(each, contact, at));
      seen.push(seenOfContact(session, contact));
      settled.push({
        wanted,
        outcome: personOutcome({ ...each.person, contact, scope: each.scope }, each.changes),
      });
    } else if (existingId) taken.push({ draft: each, id: existingId });
    else if (answer?.kind === 'refused') {
      const changes = each.changes.filter((change) => change.failure);
      const failure = {
        result: 'FAILED' as const,
        ...answer.failure,
        message: answer.failure.message || null,
      };
      settled.push({
        wanted,
        outcome: outcomeOf(wanted, { record }, { ...failure, changes, direction: 'TO_HUBSPOT' }),
      });
    } else later.push({ wanted, reason: 'record_locked', waitMs: retryWaitMs });
  }
  await settle(session, settled, async (tx) => {
    await tx.insertLinks(links.map((link) => ({ ...newLinkOf(link), shadow: link.shadow })));
    await tx.storeSeen('hubspot', seen, at);
  });
  const known = await readTaken(session, taken, later);
  return known.ok ? ok({ later, known: known.value }) : known;
}

/** What both sides agree on at the birth of a contact. What was refused has no shadow. */
function linkOf(
  { person, origin, scope, changes, linkId, values }: Planned,
  contact: HubSpotContact,
  at: Date,
): Link {
  const shadow: Shadow = scope === 'emailOnly' ? {} : { ...person.plan.shadow };
  for (const change of changes) {
    const pair = person.plan.intended[change.mappingId];
    if (change.failure || !pair || !(change.property in values)) continue;
    const h = contact.values[change.property] ?? pair.h;
    shadow[change.mappingId] = { h, s: pair.s, at: at.toISOString() };
  }
  // Everything that could be written was: the exception ends with the creation itself.
  const object = objectOf(person.record.object);
  const ids = { id: linkId, contactId: contact.id, recordId: person.record.id, object };
  return freshLink({ ...ids, origin, createdAt: at, importOnly: scope === 'emailOnly', shadow });
}

async function readTaken(
  session: Session,
  taken: readonly { draft: ContactDraft; id: string }[],
  later: Later[],
): Promise<Result<CreatedContacts['known'], Trouble>> {
  const contacts = await readById(
    session,
    taken.map(({ id }) => id),
  );
  if (!contacts.ok) return contacts;
  // HubSpot may name a contact by an id that it has since merged.
  const byId = new Map(contacts.value.map((contact) => [contact.id, contact]));
  const byAddress = new Map(
    contacts.value.map((contact) => [contact.values.email?.toLowerCase() ?? '', contact]),
  );
  const known: CreatedContacts['known'] = [];
  for (const { draft, id } of taken) {
    const contact = byId.get(id) ?? byAddress.get(draft.stranger.address);
    if (contact) known.push({ draft, contact });
    else later.push({ wanted: draft.stranger.wanted, reason: 'people_busy', waitMs: unreadableWaitMs });
  }
  return ok(known);
}
