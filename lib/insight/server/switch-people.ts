import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure, hubspotFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact, HubSpotPort } from '#lib/crm/ports.ts';
import { fold } from '#lib/segments/rules.ts';
import {
  type SwitchGroup,
  type SwitchPeople,
  type SwitchPeopleQuery,
  type SwitchPerson,
  type SwitchReason,
  switchPageSize,
} from '../switch-schemas.ts';
import { nameProperties, openReasons, type Reasons } from './switch-reasons.ts';
import * as repository from './switch-repository.ts';
import { cutOfRest, type Rest, restOf, withoutStored } from './switch-rest.ts';
import { type Looked, openSource } from './switch-source.ts';
import { openStartTags } from './switch-tags.ts';

/** So many are read by name to sort and search them here; HubSpot's search would be behind its own changes. */
const readHere = 500;
/** Hits of HubSpot's search that are looked at for people of a larger group. */
const searched = 1_000;
const hitsACall = 200;
/** So many of those who are known by number alone are paged through; further on only a search leads. */
const pagedRest = 5_000;

export type Found = { id: string; group: string; isLinked: boolean };
export type Reading = {
  workspaceId: string;
  stored: repository.People;
  groups: string[];
  hubspot: HubSpotPort;
  reasons: Reasons;
  /** Who belongs to the row, too, though nothing is stored of them. */
  rest: Rest | null;
};

/** Which of the counted groups a row of the preview stands for. */
function countedGroups(group: SwitchGroup, side: SwitchPeopleQuery['side']): string[] {
  if (group !== 'unchanged') return [group];
  return side === 'all' ? ['both', 'neither'] : [side];
}

/** What reading the people of a row takes. Fails with `not_found`, or as HubSpot does. */
export async function openPeople(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  of: Looked,
  query: Pick<SwitchPeopleQuery, 'group' | 'side'>,
): Promise<Result<{ reading: Reading; countedAt: Date | null }>> {
  const source = await openSource(workspaceId, of);
  if (!source.ok) return source;
  const { stored, gates, counts, countedAt } = source.value;
  const hubspot = await hubspotFor(workspaceId);
  if (!hubspot.ok) return fail(crmFailureToFailure('HUBSPOT', hubspot.failure));
  const reasons = await openReasons(hubspot.value, workspaceId, gates);
  if (!reasons.ok) return reasons;
  const groups = countedGroups(query.group, query.side);
  const rest = await restOf(stored, gates, counts, groups);
  const reading = { workspaceId, stored, groups, hubspot: hubspot.value, reasons: reasons.value, rest };
  return ok({ reading, countedAt });
}

/**
 * The people of one row of the preview, of a change or of one that nobody has made yet, 25 a page, by name and with their reason; above 500 in the order of
 * HubSpot's ids. Fails with `not_found`, or as HubSpot does.
 */
export async function listSwitchPeople(
  actor: Actor,
  of: Looked,
  query: SwitchPeopleQuery,
): Promise<Result<SwitchPeople>> {
  const opened = await openPeople(actor, of, query);
  if (!opened.ok) return opened;
  const { reading, countedAt } = opened.value;
  const page = await pageOf(reading, query);
  if (!page.ok) return page;
  const people = await describePeople(reading, page.value.found);
  if (!people.ok) return people;
  const { total, isIncomplete } = page.value;
  return ok({ people: people.value, total, isIncomplete, countedAt: countedAt?.toISOString() ?? null });
}

type Page = { found: Found[]; total: number; isIncomplete: boolean };

async function pageOf(reading: Reading, query: SwitchPeopleQuery): Promise<Result<Page>> {
  const { groups, rest } = reading;
  const skip = (query.page - 1) * switchPageSize;
  const known = await repository.countPeopleIn(db(), reading.stored, groups);
  const total = known + (rest?.people ?? 0);
  const cut = (found: Found[]) => found.slice(skip, skip + switchPageSize);
  if (total <= readHere) {
    const sorted = await byName(reading, query.q);
    return sorted.ok
      ? ok({ found: cut(sorted.value), total: sorted.value.length, isIncomplete: false })
      : sorted;
  }
  if (query.q === '') {
    const found = await unsorted(reading, { skip, take: switchPageSize, known });
    const reached = Math.min(total, known + pagedRest);
    return found.ok ? ok({ found: found.value, total: reached, isIncomplete: reached < total }) : found;
  }
  const hits = await amongHits(reading, query.q);
  if (!hits.ok) return hits;
  const { found, isIncomplete } = hits.value;
  return ok({ found: cut(found), total: found.length, isIncomplete });
}

/** First those who are stored, then the rest; each in the order of HubSpot's ids. */
async function unsorted(
  { stored, groups, hubspot, rest }: Reading,
  { skip, take, known }: { skip: number; take: number; known: number },
): Promise<Result<Found[]>> {
  const found = await repository.findPeopleIds(db(), stored, groups, { skip, take });
  if (!rest || found.length === take) return ok(found);
  const more = await cutOfRest(hubspot, stored, Math.max(skip - known, 0), take - found.length);
  return more.ok ? ok([...found, ...more.value.map((id) => ofRest(id, rest))]) : more;
}

/** Whoever is linked is stored. */
export function ofRest(id: string, { group }: Rest): Found {
  return { id, group, isLinked: false };
}

async function byName(reading: Reading, q: string): Promise<Result<Found[]>> {
  const all = await unsorted(reading, { skip: 0, take: readHere, known: 0 });
  if (!all.ok) return all;
  const found = all.value;
  const read = await reading.hubspot.readContacts(
    found.map(({ id }) => id),
    nameProperties,
  );
  if (!read.ok) return fail(crmFailureToFailure('HUBSPOT', read.failure));
  const named = found.map((person, index) => ({ person, ...namesOf(read.value[index] ?? null) }));
  return ok(
    named
      .filter(({ name, email }) => q === '' || fold(`${name}\n${email ?? ''}`).includes(fold(q)))
      // Those without a name come last, by their address.
      .toSorted(
        (a, b) => Number(a.name === '') - Number(b.name === '') || keyOf(a).localeCompare(keyOf(b), 'en'),
      )
      .map(({ person }) => person),
  );
}

const keyOf = ({ name, email }: { name: string; email: string | null }) => fold(name || (email ?? ''));

async function amongHits(reading: Reading, q: string): Promise<Result<Pick<Page, 'found' | 'isIncomplete'>>> {
  const found: Found[] = [];
  for (let after: string | null = null, read = 0; ; ) {
    const page: Awaited<ReturnType<HubSpotPort['searchContacts']>> = await reading.hubspot.searchContacts({
      ...{ query: q, filterGroups: [], properties: ['email'], limit: hitsACall },
      ...(after ? { after } : {}),
    });
    if (!page.ok) return fail(crmFailureToFailure('HUBSPOT', page.failure));
    const ids = page.value.contacts.map(({ id }) => id);
    const among = await repository.findAmong(db(), reading.stored, reading.groups, ids);
    found.push(...among.map(({ contactId, ...person }) => ({ id: contactId, ...person })));
    const { stored, rest } = reading;
    if (rest) found.push(...(await withoutStored(stored, ids)).map((id) => ofRest(id, rest)));
    read += ids.length;
    after = page.value.after;
    if (after === null || read >= searched) return ok({ found, isIncomplete: after !== null });
  }
}

/** Names, records and reasons of people, in the order given. Fails as HubSpot does. */
export async function describePeople(
  { workspaceId, hubspot, reasons }: Reading,
  found: readonly Found[],
): Promise<Result<SwitchPerson[]>> {
  const ids = found.map(({ id }) => id);
  const [contacts, links, leaving] = await Promise.all([
    hubspot.readContacts(ids, reasons.properties),
    repository.findLinks(db(), workspaceId, ids),
    repository.findLeaving(db(), workspaceId, ids),
  ]);
  if (!contacts.ok) return fail(crmFailureToFailure('HUBSPOT', contacts.failure));
  const linkOf = new Map(links.map((link) => [link.contactId, link]));
  const starting = found.flatMap(({ id, group, isLinked }, index) => {
    const contact = contacts.value[index];
    return contact && group === 'start' && !isLinked ? [{ id, values: contact.values }] : [];
  });
  const tagOfStarting = await openStartTags(workspaceId, starting);
  return ok(
    found.map(({ id, group, isLinked }, index) => {
      const contact = contacts.value[index] ?? null;
      const link = linkOf.get(id);
      return {
        id,
        ...namesOf(contact),
        isGone: contact === null,
        recordId: link?.recordId ?? null,
        reason: reasonOf({ group, contact, link, leftAt: leaving.get(id) }, reasons),
        tag:
          group === 'start' && !isLinked
            ? tagOfStarting(id, contact?.values ?? {})
            : tagOf(group, isLinked, link?.importOnly ?? false),
      };
    }),
  );
}

function namesOf(contact: HubSpotContact | null): Pick<SwitchPerson, 'name' | 'email'> {
  const { firstname, lastname, email } = contact?.values ?? {};
  return { name: [firstname, lastname].filter(Boolean).join(' '), email: email ?? null };
}

type Known = {
  group: string;
  contact: HubSpotContact | null;
  link: { object: 'LEAD' | 'CONTACT'; recordId: string; createdAt: Date } | undefined;
  leftAt: Date | undefined;
};

function reasonOf({ group, contact, link, leftAt }: Known, reasons: Reasons): SwitchReason | null {
  if (group === 'both' || group === 'neither') return { kind: group };
  if (group === 'exception') {
    const object = link?.object === 'CONTACT' ? 'contact' : 'lead';
    return link
      ? { kind: 'created', object, recordId: link.recordId, at: link.createdAt.toISOString() }
      : null;
  }
  const criterion = contact && reasons.criterion(contact, group);
  if (group === 'frozen' && !criterion && leftAt) return { kind: 'left', at: leftAt.toISOString() };
  return criterion;
}

function tagOf(group: string, isLinked: boolean, isEmailOnly: boolean): SwitchPerson['tag'] {
  if (group === 'exception') return null;
  if (group === 'frozen') return isEmailOnly ? 'email_only' : null;
  return isLinked ? 'linked' : 'not_linked';
}
