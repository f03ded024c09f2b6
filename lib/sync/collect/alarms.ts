import type { SalesforceObject } from '#lib/crm/ports.ts';
import { addressesOf } from '../match.ts';
import type { Side } from '../shadow.ts';
import type { NewTrigger } from '../triggers.ts';
import type { Counting } from './deps.ts';
import type { Alarm, AlarmKind, KnownLink } from './store.ts';

type Blanked = { id: string; names: string[] }[];

/** What a page of contacts adds to the counts of the circuit breaker. */
export async function alarmsOfContacts(
  deps: Counting,
  page: { triggers: NewTrigger[]; linked: ReadonlySet<string>; blanked: Blanked },
  at: Date,
): Promise<Alarm[]> {
  const unlinked = page.triggers.flatMap(({ contactId, causes }) => {
    const mayCreate = causes.some(
      ({ kind }) => kind === 'created' || kind === 'changed' || kind === 'joined',
    );
    return contactId && mayCreate && !page.linked.has(contactId) ? [contactId] : [];
  });
  // They may have been linked since they were read.
  const linked = await linkedAmong(deps, unlinked);
  const members = await membersAmong(
    deps,
    unlinked.filter((id) => !linked.has(id)),
  );
  const created = members.map((id) => alarm('created_salesforce', id, at));
  const { blankTravels } = await deps.store.mapped(deps.scope);
  const travels = new Set(blankTravels.properties);
  const blanked = page.blanked.filter(({ id }) => page.linked.has(id));
  return [...created, ...alarmsOfBlanks('hubspot', blanked, travels, at)];
}

/** What a page of records adds to the counts of the circuit breaker. */
export async function alarmsOfRecords(
  deps: Counting,
  page: {
    object: SalesforceObject;
    triggers: NewTrigger[];
    links: ReadonlyMap<string, KnownLink>;
    blanked: Blanked;
    /** Of the records, as far as they were read. */
    emails?: ReadonlyMap<string, string | null>;
  },
  at: Date,
): Promise<Alarm[]> {
  const { scope, store } = deps;
  const settings = await store.settings(scope);
  const of = (kinds: string[]) =>
    page.triggers.filter(({ causes }) => causes.some(({ kind }) => kinds.includes(kind)));
  const archives = settings.salesforceDeletes === 'delete_contact' ? of(['deleted']) : [];
  const holders = archives.flatMap(({ recordId }) => page.links.get(recordId ?? '')?.contactId ?? []);
  const archived = await membersAmong(deps, holders);
  const creates = settings.salesforceChanges === 'create_or_update' ? of(['created', 'changed']) : [];
  const unlinked = creates.flatMap(({ recordId }) =>
    recordId && !page.links.has(recordId) ? [recordId] : [],
  );
  const created = await strangersAmong(deps, unlinked, page.emails ?? new Map());
  const { blankTravels } = await store.mapped(scope);
  const blanked = page.blanked.filter(({ id }) => page.links.has(id));
  return [
    ...archived.map((id) => alarm('archived', id, at)),
    ...created.map((id) => alarm('created_hubspot', id, at)),
    ...alarmsOfBlanks('salesforce', blanked, new Set(blankTravels.fields[page.object]), at),
  ];
}

/** Which of these contacts have a link now. */
async function linkedAmong({ scope, store }: Counting, contactIds: string[]): Promise<Set<string>> {
  const links = contactIds.length > 0 ? await store.linksOfContacts(scope, contactIds) : [];
  return new Set(links.flatMap(({ contactId, endedAt }) => (endedAt ? [] : [contactId])));
}

/** Records that are not our own: one whose creation is under way has a contact, though no link is stored yet. */
async function strangersAmong(
  { scope, store }: Counting,
  recordIds: string[],
  emails: ReadonlyMap<string, string | null>,
): Promise<string[]> {
  if (recordIds.length === 0) return [];
  const addressOf = (id: string) => addressesOf({ email: emails.get(id) ?? null })[0] ?? '';
  const underWay = await store.creationsUnderWay(scope, recordIds.map(addressOf).filter(Boolean));
  // Asked afterwards: a creation that has ended meanwhile has left its link.
  const links = await store.linksOfRecords(scope, recordIds);
  const linked = new Set(links.flatMap(({ recordId, endedAt }) => (endedAt ? [] : [recordId])));
  return recordIds.filter((id) => !linked.has(id) && !underWay.has(addressOf(id)));
}

/** Linked contacts among these that came in or went out. */
export async function alarmsOfSides(deps: Counting, contactIds: string[], at: Date): Promise<Alarm[]> {
  return [...(await linkedAmong(deps, contactIds))].map((id) => alarm('sides', id, at));
}

/** Who of them may sync, as far as the stored membership tells. */
async function membersAmong({ scope, store }: Counting, contactIds: string[]): Promise<string[]> {
  const { inclusionListId } = await store.settings(scope);
  if (inclusionListId === null || contactIds.length === 0) return contactIds;
  return (await store.stays(scope, inclusionListId, contactIds)).map(({ contactId }) => contactId);
}

function alarmsOfBlanks(side: Side, blanked: Blanked, travels: ReadonlySet<string>, at: Date): Alarm[] {
  return blanked.flatMap(({ id, names }) =>
    names
      .filter((name) => travels.has(name))
      .map((name): Alarm => ({ kind: 'blanked', key: `${side}:${name}`, person: id, at })),
  );
}

function alarm(kind: AlarmKind, person: string, at: Date): Alarm {
  return { kind, key: '', person, at };
}
