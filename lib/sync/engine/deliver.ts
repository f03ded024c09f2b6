import { chunk } from '#lib/core/chunk.ts';
import { ok, type Result } from '#lib/core/result.ts';
import type { HubSpotContact } from '#lib/crm/ports.ts';
import type { Trouble } from '../trouble.ts';
import { askGate, stayMembers, waitingFor } from './ask-gate.ts';
import { createInBulk } from './bulk/create-in-bulk.ts';
import { updateInBulk } from './bulk/update-in-bulk.ts';
import { claimKeys } from './claims.ts';
import { type ContactDraft, createContacts } from './create-contacts.ts';
import { createRecords, type Draft } from './create-records.ts';
import { otherRecordUsed } from './find-contacts.ts';
import type { Single } from './find-records.ts';
import { type Pair, pairOf } from './pass-gate.ts';
import { isBusy, type Later, type Person, type Scope, type Wanted } from './person.ts';
import { type Made, readBack } from './read-back.ts';
import type { Session } from './session.ts';
import { settle } from './settle.ts';
import { writePeople } from './write-people.ts';

/** A Salesforce collection takes 200 records; people without a write cost no call. */
const writeSize = 200;
/** Batches without a write to Salesforce are larger: what a batch asks and stores is asked and stored less often. */
const otherSize = 500;
/** So many such batches are under way together, while others are stored. */
const batchesAtOnce = 2;
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
  for (const batch of chunk(drafts, contactSize)) {
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

/** Records that were created in one way; `askedAt`: when HubSpot was asked for the members among their contacts. */
type Created = { made: Made[]; askedAt: Date; shouldStop: Work['shouldStop'] };

/**
 * Creates records, then goes on with what Salesforce made of them, which is read of all together: a call takes far
 * more than are created by one.
 */
export async function createAll(work: Work, drafts: readonly Draft[]): Promise<Halt> {
  const groups = [false, true].map((auto) => drafts.filter(({ autoAssign }) => autoAssign === auto));
  const created: Created[] = [];
  const left: Draft[][] = [];
  let ended: Halt = null;
  for (const group of groups) {
    const rest = await createMany(work, group, created);
    if (!rest.ok) return rest;
    if (rest.value === 'stop') ended = ok(true);
    else left.push(rest.value);
    if (ended) break;
  }
  ended ??= await createFew(work, left, created);
  if (ended && !ended.ok) return ended;
  return (await finish(work, created)) ?? ended;
}

/** Reads what Salesforce made of new records, and writes what follows from it. */
async function finish(work: Work, created: readonly Created[]): Promise<Halt> {
  const all = created.flatMap(({ made }) => made);
  const people = await readBack(work.session, all);
  if (!people.ok) return people;
  for (const { made, ...how } of created) {
    const halted = await writeAll({ ...work, ...how }, people.value.splice(0, made.length));
    if (halted) return halted;
  }
  return null;
}

/** Creates by collections. Whoever is created is finished too, though the run is stopped meanwhile. */
async function createFew(work: Work, groups: Draft[][], created: Created[]): Promise<Halt> {
  const { session } = work;
  const made: Made[] = [];
  created.push({ made, askedAt: work.askedAt, shouldStop: async () => false });
  const batches = groups.flatMap((group) => chunk(group, writeSize));
  return severalAtOnce(batches, 1, async (batch) => {
    const members = await nextBatch(work, batch);
    if (!members.ok) return members;
    if (members.value === 'stop') return ok(true);
    const { people, askedAt } = members.value;
    if (people.length === 0) return null;
    const answer = await createRecords(session, people, askedAt);
    if (!answer.ok) return answer;
    work.later.push(...answer.value.later);
    made.push(...answer.value.made);
    return null;
  });
}

/** Creates by a Bulk job what is many; answers who is left for collections, or `stop`. */
async function createMany(
  work: Work,
  drafts: Draft[],
  created: Created[],
): Promise<Result<Draft[] | 'stop', Trouble>> {
  const { session, shouldStop } = work;
  if (drafts.length < session.bulk.leastRows || drafts.length === 0) return ok(drafts);
  if (await shouldStop()) return ok('stop' as const);
  const carried = await createInBulk(session, drafts);
  if (!carried.ok) return carried;
  const { made, left, later, askedAt } = carried.value;
  work.later.push(...later);
  created.push({ made, askedAt: askedAt ?? work.askedAt, shouldStop });
  return ok(left);
}

/** Writes by Bulk jobs what is many of one object; answers who is left for collections, or `stop`. */
async function writeMany(work: Work, people: readonly Person[]): Promise<Result<Person[] | 'stop', Trouble>> {
  const { session } = work;
  const left: Person[] = [];
  for (const object of ['Lead', 'Contact'] as const) {
    const some = people.filter(({ record }) => record.object === object);
    if (some.length < session.bulk.leastRows || some.length === 0) {
      left.push(...some);
      continue;
    }
    if (await work.shouldStop()) return ok('stop' as const);
    const updated = await updateInBulk(session, object, some, work);
    if (!updated.ok) return updated;
    work.later.push(...updated.value.later);
    left.push(...updated.value.left);
  }
  return ok(left);
}

/** Writes what is planned: batch after batch in Salesforce, where one write may lock what the next one needs. */
export async function writeAll(work: Work, people: readonly Person[]): Promise<Halt> {
  const isEmpty = ({ plan }: Person) => Object.keys(plan.salesforce).length === 0;
  const few = await writeMany(
    work,
    people.filter((person) => !isEmpty(person)),
  );
  if (!few.ok) return few;
  if (few.value === 'stop') return ok(true);
  // Those for Salesforce together: so it takes the fewest calls.
  const batches = chunk(few.value, writeSize);
  const others = chunk(people.filter(isEmpty), otherSize);
  const write = async (batch: Person[]): Promise<Halt> => {
    const members = await nextBatch(work, batch);
    if (!members.ok) return members;
    if (members.value === 'stop') return ok(true);
    const written = await writePeople(work.session, members.value.people, members.value.askedAt);
    if (!written.ok) return written;
    work.later.push(...written.value);
    return null;
  };
  return (await severalAtOnce(batches, 1, write)) ?? (await severalAtOnce(others, batchesAtOnce, write));
}

/**
 * Works on a few batches at a time, so that one is stored while the next is under way. After the first that
 * halts none is begun any more; it is answered once all that were begun have ended.
 */
async function severalAtOnce<T>(
  batches: readonly T[],
  atOnce: number,
  work: (batch: T) => Promise<Halt>,
): Promise<Halt> {
  let halted: Halt = null;
  let isBroken = false;
  let next = 0;
  const lane = async () => {
    for (let batch = batches[next++]; batch !== undefined; batch = batches[next++]) {
      if (halted || isBroken) return;
      try {
        const ended = await work(batch);
        halted ??= ended;
      } catch (error) {
        isBroken = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(atOnce, batches.length) }, lane));
  const broken = lanes.find((each) => each.status === 'rejected');
  if (broken) throw broken.reason;
  return halted;
}

/** The batch as far as its people may still sync, and when HubSpot said so, or `stop`. Only members need to be so still. */
async function nextBatch<T extends { wanted: Wanted; contact: HubSpotContact; scope?: Scope }>(
  work: Work,
  batch: T[],
): Promise<Result<{ people: T[]; askedAt: Date } | 'stop', Trouble>> {
  if (await work.shouldStop()) return ok('stop' as const);
  const isMember = ({ scope }: T) => scope === undefined || scope === 'both';
  const members = await stayMembers(work.session, batch.filter(isMember), work.askedAt);
  if (!members.ok) return members;
  await settle(work.session, members.value.settled);
  work.later.push(...members.value.later);
  const { people, askedAt } = members.value;
  return ok({ people: [...people, ...batch.filter((person) => !isMember(person))], askedAt });
}
