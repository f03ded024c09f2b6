import { ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact } from '#lib/crm/ports.ts';
import type { Trouble } from '../trouble.ts';
import { askGate, stayMembers, waitingFor } from './ask-gate.ts';
import { createInBulk } from './bulk/create-in-bulk.ts';
import { claimKeys } from './claims.ts';
import { type ContactDraft, createContacts } from './create-contacts.ts';
import { createRecords, type Draft } from './create-records.ts';
import { otherRecordUsed } from './find-contacts.ts';
import type { Single } from './find-records.ts';
import { type Pair, pairOf } from './pass-gate.ts';
import { isBusy, type Later, type Person, type Scope, type Wanted } from './person.ts';
import type { Session } from './session.ts';
import { settle } from './settle.ts';
import { writePeople } from './write-people.ts';

/** A Salesforce collection takes 200 records; people without a write cost no call. */
const writeSize = 200;
/** A HubSpot batch. */
const contactSize = 100;

type Work = { session: Session; shouldStop: () => Promise<boolean>; askedAt: Date; later: Later[] };
/** Null: go on. Otherwise the group ends here: stopped, or in trouble. */
type Halt = Result<true, Trouble> | null;

/** Creates contacts; whoever is there already goes on as a pair, or as a single if it is a member. */
export async function createAllContacts(
  work: Work,
  drafts: readonly ContactDraft[],
): Promise<Result<{ singles: Single[]; pairs: Pair[]; stopped: boolean }, Trouble>> {
  const found = { singles: [] as Single[], pairs: [] as Pair[], stopped: false };
  for (const batch of batchesOf(drafts, contactSize)) {
    if (await work.shouldStop()) return ok({ ...found, stopped: true });
    const created = await createContacts(work.session, batch, await work.session.store.now());
    if (!created.ok) return created;
    work.later.push(...created.value.later);
    const sorted = await sortKnown(work, created.value.known, found);
    if (!sorted.ok) return sorted;
  }
  return ok(found);
}

/** Contacts that HubSpot named: they are asked for at the gate as if they had been found at once. */
async function sortKnown(
  work: Work,
  known: readonly { draft: ContactDraft; contact: HubSpotContact }[],
  found: { singles: Single[]; pairs: Pair[] },
): Promise<Result<null, Trouble>> {
  if (known.length === 0) return ok(null);
  const { session } = work;
  const keyOf = (id: string) => claimKeys.contact(session.store.scope.workspaceId, id);
  const ids = known.map(({ contact }) => contact.id);
  const taken = await session.claims.take(ids.map(keyOf));
  const links = await session.store.linksOfContacts(ids);
  const linked = new Set(links.flatMap((link) => (link.endedAt === null ? [link.contactId] : [])));
  const gate = await askGate(
    session,
    known.map(({ draft, contact }) => ({ wanted: draft.stranger.wanted, contact })),
  );
  if (!gate.ok) return gate;
  for (const { draft, contact } of known) {
    const { wanted, record } = draft.stranger;
    const standing = gate.value.standing.get(contact.id) ?? 'outside';
    if (linked.has(contact.id)) await settle(session, [otherRecordUsed(draft.stranger)]);
    else if (!taken.has(keyOf(contact.id))) work.later.push(isBusy(wanted));
    else if (standing === 'waits' || standing === 'unclear') {
      work.later.push(waitingFor(wanted, standing, gate.value));
    } else {
      linked.add(contact.id);
      if (standing === 'member') found.singles.push({ wanted, contact, asked: record });
      else {
        const scope: Scope = draft.scope === 'both' ? 'toHubSpot' : draft.scope;
        const origin = draft.origin === 'CREATED' ? 'CREATION_EXCEPTION' : draft.origin;
        found.pairs.push(pairOf({ wanted, contact, record, origin, scope }));
      }
    }
  }
  return ok(null);
}

/** Creates records and goes on with what Salesforce made of them. */
export async function createAll(work: Work, drafts: readonly Draft[]): Promise<Halt> {
  const groups = [
    drafts.filter(({ autoAssign }) => !autoAssign),
    drafts.filter(({ autoAssign }) => autoAssign),
  ];
  const left: Draft[][] = [];
  for (const group of groups) {
    const rest = await createMany(work, group);
    if (!rest.ok) return rest;
    if (rest.value === 'stop') return ok(true);
    left.push(rest.value);
  }
  for (const batch of left.flatMap((group) => batchesOf(group, writeSize))) {
    const members = await nextBatch(work, batch);
    if (!members.ok) return members;
    if (members.value === 'stop') return ok(true);
    if (members.value.length === 0) continue;
    const created = await createRecords(work.session, members.value);
    if (!created.ok) return created;
    work.later.push(...created.value.later);
    const written = await writePeople(work.session, created.value.people);
    if (!written.ok) return written;
    work.later.push(...written.value);
  }
  return null;
}

/** Creates by a Bulk job what is many; answers who is left for collections, or `stop`. */
async function createMany(work: Work, drafts: Draft[]): Promise<Result<Draft[] | 'stop', Trouble>> {
  const { session } = work;
  if (drafts.length < session.bulk.leastRows || drafts.length === 0) return ok(drafts);
  if (await work.shouldStop()) return ok('stop' as const);
  const made = await createInBulk(session, drafts);
  if (!made.ok) return made;
  work.later.push(...made.value.later);
  const halted = await writeAll(work, made.value.people);
  if (halted) return halted.ok ? ok('stop' as const) : halted;
  return ok(made.value.left);
}

/** Writes what is planned. */
export async function writeAll(work: Work, people: readonly Person[]): Promise<Halt> {
  const isEmpty = ({ plan }: Person) => Object.keys(plan.salesforce).length === 0;
  // Those for Salesforce together: so it takes the fewest calls.
  const sorted = [...people.filter((person) => !isEmpty(person)), ...people.filter(isEmpty)];
  for (const batch of batchesOf(sorted, writeSize)) {
    const members = await nextBatch(work, batch);
    if (!members.ok) return members;
    if (members.value === 'stop') return ok(true);
    const written = await writePeople(work.session, members.value);
    if (!written.ok) return written;
    work.later.push(...written.value);
  }
  return null;
}

/** The batch as far as its people may still sync, or `stop`. Only members need to be so still. */
async function nextBatch<T extends { wanted: Wanted; contact: HubSpotContact; scope?: Scope }>(
  work: Work,
  batch: T[],
): Promise<Result<T[] | 'stop', Trouble>> {
  if (await work.shouldStop()) return ok('stop' as const);
  const isMember = ({ scope }: T) => scope === undefined || scope === 'both';
  const members = await stayMembers(work.session, batch.filter(isMember), work.askedAt);
  if (!members.ok) return members;
  await settle(work.session, members.value.settled);
  work.later.push(...members.value.later);
  return ok([...members.value.people, ...batch.filter((person) => !isMember(person))]);
}

function batchesOf<T>(items: readonly T[], size: number): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += size) batches.push(items.slice(start, start + size));
  return batches;
}
