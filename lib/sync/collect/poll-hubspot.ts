import { ok } from '#lib/core/result.ts';
import type { ContactStamp, HubSpotContact, PropertyHistory } from '#lib/crm/ports.ts';
import { changedSince, nextSeen } from '../seen.ts';
import type { Seen } from '../store.ts';
import type { Cause, NewTrigger } from '../triggers.ts';
import { alarmsOfContacts } from './alarms.ts';
import { commitCounted } from './breaker.ts';
import { type CollectDeps, type Collecting, later, of, triggerOf } from './deps.ts';
import { readAhead } from './read-ahead.ts';
import { overlapMs, readChanges } from './read-changes.ts';
import type { Collected, KnownLink, MappedNames } from './store.ts';

const createdProperty = 'createdate';
const mergedProperty = 'hs_merged_object_ids';

/** Collects what changed of HubSpot's contacts since the last poll. */
export async function pollHubSpot(deps: CollectDeps): Promise<Collecting> {
  return readChanges<ContactStamp>(deps, {
    source: 'hubspot',
    // Search may be asked but a few times a second: the next page is on its way while people are read.
    pages: ({ at, id }) => readAhead(deps.hubspot.changedContacts({ at, id: id ?? '0' })),
    pairOf: (stamp) => stamp,
    async digest(stamps, since) {
      const ids = stamps.map(({ id }) => id);
      const digested = await digestContacts(deps, ids, { since, source: 'poll' });
      return digested.ok ? ok(digested.value.collected) : digested;
    },
  });
}

/** Reads contacts that a webhook has named, without waiting for the next poll. */
export async function pollContacts(deps: CollectDeps, ids: string[]): Promise<Collecting> {
  const { scope, store } = deps;
  const cursor = await store.cursor(scope, 'hubspot');
  const { connectedAt } = await store.connection(scope);
  const since = new Date((cursor?.newest.at ?? connectedAt).getTime() - overlapMs.hubspot);
  const digested = await digestContacts(deps, ids, { since: later(since, connectedAt), source: 'webhook' });
  if (!digested.ok) return digested;
  const { collected } = digested.value;
  await commitCounted(deps, collected);
  return ok({ found: collected.triggers?.length ?? 0, left: false });
}

type Given = { since: Date; source: Cause['source'] };
type Read = { contact: HubSpotContact; before: Seen | null; next: Seen; links: KnownLink[] };

/**
 * Reads these contacts and answers what is to be stored of them: what is seen now, and a trigger for each that
 * was created after connecting or holds something else than was seen. Contacts that were never seen trigger if
 * HubSpot's history shows a change since `since`. `missing`: contacts that HubSpot does not know, or no more.
 */
export async function digestContacts(
  deps: CollectDeps,
  ids: string[],
  given: Given,
): Promise<Collecting<{ collected: Collected; missing: string[] }>> {
  const { scope, store } = deps;
  const mapped = await store.mapped(scope);
  const answer = of('hubspot', await deps.hubspot.readContacts(ids, [...mapped.properties, createdProperty]));
  if (!answer.ok) return answer;
  const contacts = unique(answer.value.flatMap((contact) => contact ?? []));
  const read = await withMemory(deps, contacts, mapped);
  const unseen = read.filter(({ before }) => !before);
  const { connectedAt } = await store.connection(scope);
  const isNew = ({ contact }: Read) => createdAt(contact) >= connectedAt.getTime();
  const histories = await historyOf(
    deps,
    unseen.filter((each) => !isNew(each)),
    mapped,
  );
  if (!histories.ok) return histories;
  const at = await deps.now();
  const isOld = unseen.some((each) => !isNew(each) && each.links.length === 0);
  const beganAt = (isOld && (await store.cursor(scope, 'hubspot'))?.beganAt) || connectedAt;
  const triggers = read.flatMap((each): NewTrigger[] => {
    const changes = causesOf(each, isNew(each), histories.value.get(each.contact.id) ?? null, given.since);
    const found = changes.length === 0 && isFoundLate(each, beganAt) ? [wasCreated] : changes;
    const own = found.map((cause) =>
      triggerOf({ contactId: each.contact.id }, { ...cause, source: given.source }, at),
    );
    return [...mergesOf(each, given.source, at), ...own];
  });
  const rows = read.map(({ next }) => next);
  const linked = new Set(
    read.flatMap(({ links }) => links.flatMap((link) => (link.endedAt ? [] : [link.contactId]))),
  );
  const alarms = await alarmsOfContacts(deps, { triggers, linked, blanked: blankedOf(read) }, at);
  const missing = ids.filter((_, position) => !answer.value[position]);
  return ok({ collected: { seen: [{ side: 'hubspot', rows }], triggers, alarms }, missing });
}

function unique(contacts: HubSpotContact[]): HubSpotContact[] {
  return [...new Map(contacts.map((contact) => [contact.id, contact])).values()];
}

async function withMemory(
  deps: CollectDeps,
  contacts: HubSpotContact[],
  mapped: MappedNames,
): Promise<Read[]> {
  const { scope, store } = deps;
  const ids = contacts.map(({ id }) => id);
  const seen = await store.seen(scope, 'hubspot', ids);
  const links = await store.linksOfContacts(scope, [...ids, ...contacts.flatMap(mergedIds)]);
  return contacts.map((contact) => {
    const before = seen.get(contact.id) ?? null;
    const fields = nextSeen(before?.fields ?? null, contact.values, mapped.properties, contact.updatedAt);
    const own = new Set([contact.id, ...mergedIds(contact)]);
    return {
      contact,
      before,
      next: { id: contact.id, fields, modifiedAt: contact.updatedAt },
      links: links.filter(({ contactId }) => own.has(contactId)),
    };
  });
}

async function historyOf(
  deps: CollectDeps,
  read: Read[],
  mapped: MappedNames,
): Promise<Collecting<Map<string, PropertyHistory | null>>> {
  if (read.length === 0 || mapped.properties.length === 0) return ok(new Map());
  const ids = read.map(({ contact }) => contact.id);
  const answer = of('hubspot', await deps.hubspot.readHistory(ids, mapped.properties));
  if (!answer.ok) return answer;
  return ok(new Map(ids.map((id, position) => [id, answer.value[position] ?? null])));
}

function causesOf(
  { contact, before, next, links }: Read,
  isNew: boolean,
  history: PropertyHistory | null,
  since: Date,
): Pick<Cause, 'kind' | 'side' | 'fields'>[] {
  const side = 'hubspot';
  const own = links.filter(({ contactId }) => contactId === contact.id);
  const isBack =
    own.length > 0 && own.every(({ endedAt }) => endedAt) && own[0]?.endCause === 'deleted_in_hubspot';
  const back = isBack ? [{ kind: 'restored' as const, side } as const] : [];
  if (before) {
    const { changed } = changedSince(before.fields, next.fields);
    return changed.length > 0 ? [...back, { kind: 'changed', side, fields: changed }] : back;
  }
  if (isNew) return [...back, { kind: 'created', side }];
  const fields = Object.entries(history ?? {})
    .filter(([, versions]) => versions.some(({ at }) => at >= since))
    .map(([name]) => name);
  return fields.length > 0 ? [...back, { kind: 'changed', side, fields }] : back;
}

const wasCreated = { kind: 'created', side: 'hubspot' } as const;

/** Made since the org was connected first, and nobody has seen it: it lay in the bin whenever a poll came by. */
function isFoundLate({ contact, before, links }: Read, beganAt: Date): boolean {
  return !before && links.length === 0 && createdAt(contact) >= beganAt.getTime();
}

/** Linked contacts that live on in this one. */
function mergesOf({ contact, links }: Read, source: Cause['source'], at: Date): NewTrigger[] {
  return links
    .filter(({ contactId, endedAt }) => contactId !== contact.id && endedAt === null)
    .map(({ contactId }) =>
      triggerOf({ contactId }, { kind: 'merged', side: 'hubspot', source, into: contact.id }, at),
    );
}

function blankedOf(read: Read[]): { id: string; names: string[] }[] {
  return read.map(({ contact, before, next }) => ({
    id: contact.id,
    names: changedSince(before?.fields ?? null, next.fields).blanked,
  }));
}

function mergedIds({ values }: HubSpotContact): string[] {
  return values[mergedProperty]?.split(';').filter((id) => id !== '') ?? [];
}

/** When HubSpot made the contact; long ago if it does not tell. */
function createdAt({ values }: HubSpotContact): number {
  const text = values[createdProperty];
  const time = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? 0 : time;
}
