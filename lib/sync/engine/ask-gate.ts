import { fail, ok, type Result } from '#lib/core/result.ts';
import type { CrmFailure, CrmResult } from '#lib/crm/failure.ts';
import type { HubSpotContact, HubSpotList } from '#lib/crm/ports.ts';
import { compile, needs } from '#lib/segments/evaluate/evaluate.ts';
import { filterBranchSchema } from '#lib/segments/filter/model.ts';
import { listsOf, standingOf } from '../gate.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { type Later, type Settled, skipped, type Wanted } from './person.ts';
import type { Criteria, Session } from './session.ts';

/** HubSpot's answer may be at most this old when a value is written (sync rules, section 3). */
const answerLastsMs = 60_000;
/** A request takes its time too: an answer this old is asked anew before the next write. */
const askAgainAfterMs = answerLastsMs / 2;
const processingWaitMs = 10_000;
/** How long a person waits at most while our reading of the criteria differs from HubSpot's answer. */
const unclearLastsMs = 15 * 60_000;
const unclearWaitMs = 60_000;
/** Where we cannot read the criteria, a contact is left alone for so long after its last change. */
const settlingMs = 60_000;

export type Standing =
  | 'member'
  | 'outside'
  /** Passes only one of two gates while a switch waits. */
  | 'waits'
  /** HubSpot's answer may not have caught up with the contact's values yet. */
  | 'unclear';

export type GateAnswer = {
  standing: Map<string, Standing>;
  /** Where somebody stands who is no contact yet: in no list. */
  ofNobody: Standing;
  askedAt: Date;
  /** When those who wait for a switch may go on. */
  waitsUntil: Date | null;
};

export type Asked = { wanted: Wanted; contact: HubSpotContact };

/** Reads the criteria of the lists that are in force, so that contacts are read with what they look at. */
export async function readCriteria(session: Session): Promise<Result<string[], Trouble>> {
  const gate = await session.store.gate(await session.store.now());
  const properties: string[] = [];
  for (const listId of listsOf(gate)) {
    let criteria = session.criteria.get(listId);
    if (!criteria) {
      const read = await askList(session, listId);
      if (!read.ok) return read;
      criteria = session.criteria.get(listId);
    }
    properties.push(...(criteria?.properties ?? []));
  }
  return ok(properties);
}

/**
 * Asks HubSpot which of these contacts may sync now: their memberships first, then whether the lists
 * themselves are active and completely processed, for otherwise nothing may be decided by them. Whoever our
 * own reading of the criteria puts elsewhere is unclear for a while.
 */
export async function askGate(
  session: Session,
  people: readonly Asked[],
): Promise<Result<GateAnswer, Trouble>> {
  const { store, hubspot, troubles } = session;
  const askedAt = await store.now();
  const gate = await store.gate(askedAt);
  const { waitsUntil } = gate;
  const standing = new Map<string, Standing>();
  const ofNobody = standingOf(gate, []);
  const lists = listsOf(gate);
  if (lists.length === 0) {
    for (const { contact } of people) standing.set(contact.id, 'member');
    return ok({ standing, ofNobody, askedAt, waitsUntil });
  }
  const ids = people.map(({ contact }) => contact.id);
  const memberships = ids.length > 0 ? await hubspot.memberships(ids) : ok([]);
  if (!memberships.ok) return fail(troubleOf('hubspot', memberships.failure, troubles));
  for (const listId of lists) {
    const former = session.criteria.get(listId);
    const ready = await askList(session, listId);
    if (!ready.ok) return ready;
    const isEdited = former !== undefined && former.version !== session.criteria.get(listId)?.version;
    if (isEdited) return fail({ reason: 'segment_processing', waitMs: processingWaitMs });
  }
  for (const [position, { contact, wanted }] of people.entries()) {
    const listIds = memberships.value[position] ?? [];
    const isUnclear =
      isOpen(session, { contact, wanted }, askedAt) && differs(session, lists, contact, listIds, askedAt);
    standing.set(contact.id, isUnclear ? 'unclear' : standingOf(gate, listIds));
  }
  return ok({ standing, ofNobody, askedAt, waitsUntil });
}

/** May HubSpot's answer still be doubted? It holds after 15 minutes. */
function isOpen(session: Session, { contact, wanted }: Asked, at: Date): boolean {
  const { kind, since: began } = session.run;
  // People of the inbox have a row that keeps since when.
  const begun = kind === 'RESYNC' || kind === 'IMPORT' ? latest(began, contact.updatedAt) : at;
  const since = wanted.unclearSince ?? begun;
  return at.getTime() - since.getTime() < unclearLastsMs;
}

const latest = (a: Date, b: Date) => (a > b ? a : b);

function differs(
  session: Session,
  lists: readonly string[],
  contact: HubSpotContact,
  listIds: readonly string[],
  at: Date,
): boolean {
  const known = new Set(listIds);
  return lists.some((listId) => {
    const verdict = session.criteria.get(listId)?.decide(contact, known) ?? 'unknown';
    if (verdict === 'unknown') return at.getTime() - contact.updatedAt.getTime() < settlingMs;
    return (verdict === 'yes') !== known.has(listId);
  });
}

/** Is the list active and completely processed? Its criteria are kept with the session. */
export async function askList(
  session: Session,
  listId: string,
): Promise<Result<{ name: string; size: number | null }, Trouble>> {
  const answer = await session.hubspot.listWithFilters(listId);
  if (!answer.ok && answer.failure.kind === 'notFound') return fail(gone);
  if (!answer.ok) return fail(troubleOf('hubspot', answer.failure, session.troubles));
  const { list, filterBranch } = answer.value;
  const state = stateOf(list);
  if (!state.ok) return state;
  if (session.criteria.get(listId)?.version !== list.version) {
    session.criteria.set(listId, await criteriaOf(session, list.version, filterBranch));
  }
  return state;
}

const gone: Trouble = { reason: 'inclusion_segment_gone', waitMs: null };

function stateOf(list: HubSpotList): Result<{ name: string; size: number | null }, Trouble> {
  const { deletedAt, processingType, processingStatus, name, size } = list;
  if (deletedAt !== null || processingType !== 'DYNAMIC') return fail(gone);
  if (processingStatus !== 'COMPLETE')
    return fail({ reason: 'segment_processing', waitMs: processingWaitMs });
  return ok({ name, size });
}

async function criteriaOf(session: Session, version: number, filterBranch: unknown): Promise<Criteria> {
  const branch = filterBranchSchema.safeParse(filterBranch);
  if (!branch.success) return { version, properties: [], decide: () => 'unknown' };
  const { properties, onlyHubSpot } = needs(branch.data);
  if (onlyHubSpot) return { version, properties: [], decide: () => 'unknown' };
  const { timeZone } = session;
  const decide = compile(branch.data, { now: await session.store.now(), timeZone });
  return { version, properties, decide: ({ values }, lists) => decide({ values, lists }) };
}

export type StillMembers<T> = { people: T[]; askedAt: Date; settled: Settled[]; later: Later[] };

/** Those who may still sync, by an answer of HubSpot that is fresh enough for a write now. */
export async function stayMembers<T extends Asked>(
  session: Session,
  people: T[],
  askedAt: Date,
): Promise<Result<StillMembers<T>, Trouble>> {
  const isFresh = async () => (await session.store.now()).getTime() - askedAt.getTime() < askAgainAfterMs;
  if (people.length === 0 || (await isFresh())) return ok({ people, askedAt, settled: [], later: [] });
  const gate = await askGate(session, people);
  if (!gate.ok) return gate;
  const by = (wanted: Standing) =>
    people.filter(({ contact }) => gate.value.standing.get(contact.id) === wanted);
  return ok({
    people: by('member'),
    askedAt: gate.value.askedAt,
    settled: by('outside').map((person) => skipped(person.wanted, person, 'not_in_segment')),
    later: [...by('waits'), ...by('unclear')].map(({ wanted, contact }) =>
      waitingFor(wanted, gate.value.standing.get(contact.id) ?? 'unclear', gate.value),
    ),
  });
}

/** Is HubSpot's answer too old to write by it? What is stored before a write, and the write before it, take time. */
export async function isStale({ store }: Pick<Session, 'store'>, askedAt: Date): Promise<boolean> {
  return (await store.now()).getTime() - askedAt.getTime() > answerLastsMs;
}

const askedTooLongAgo: CrmFailure = {
  kind: 'unavailable',
  message: 'What HubSpot said of the members is too old to write by it.',
  maybeDone: false,
  unsent: true,
};

/** Sends only while HubSpot's answer may still be written by: the last look at the clock is just before it. */
export async function whileFresh<T>(
  session: Pick<Session, 'store'>,
  askedAt: Date,
  send: () => Promise<CrmResult<T>>,
): Promise<CrmResult<T>> {
  return (await isStale(session, askedAt)) ? fail(askedTooLongAgo) : send();
}

/** Leaves a person until the switch is over, or until HubSpot's answer can be trusted. */
export function waitingFor(wanted: Wanted, standing: Standing, gate: GateAnswer): Later {
  if (standing === 'unclear') return { wanted, reason: 'membership_unclear', waitMs: unclearWaitMs };
  const waitMs = Math.max((gate.waitsUntil?.getTime() ?? 0) - gate.askedAt.getTime(), 0);
  return { wanted, reason: 'switch_waits', waitMs };
}
