import { fail, ok, type Result } from '#lib/core/result.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import type { HubSpotContact, Values } from '#lib/crm/ports.ts';
import { isSame } from '#lib/mappings/rules.ts';
import type { ConflictRow } from '../store.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { type Answer, causeForAll } from './answers.ts';
import { stayMembers, whileFresh } from './ask-gate.ts';
import { emailInUse } from './check-addresses.ts';
import { tellArrived } from './conflicts.ts';
import { freshLink, newLinkOf } from './links.ts';
import { type Later, objectOf, type Person } from './person.ts';
import type { Session } from './session.ts';
import { storeWritten } from './store-written.ts';
import { intendedOf, type Work } from './work.ts';
import { writeRows } from './write-rows.ts';

const retryWaitMs = 5_000;

/**
 * Writes the planned values of a batch of people on both sides, then stores links, shadows, what was seen,
 * conflicts and outcomes in one transaction. What is about to be written is stored before it is sent, so that
 * whoever comes after a crash can tell it. Those who sync both ways were members at `askedAt`. Answers those who must
 * be tried again.
 */
export async function writePeople(
  session: Session,
  people: Person[],
  askedAt: Date,
): Promise<Result<Later[], Trouble>> {
  const works = worksOf(session, people);
  await storeIntentions(session, works);
  const salesforce = await writeSalesforce(session, works, askedAt);
  if (!salesforce.ok) return salesforce;
  const asked = await stillMembers(session, works, askedAt);
  if (!asked.ok) return asked;
  const hubspot = await writeHubSpot(session, works, asked.value);
  if (!hubspot.ok) return hubspot;
  await storeWritten(
    session,
    works.filter((work) => !work.isLater),
  );
  return ok(
    works
      .filter((work) => work.isLater)
      .map(({ person }) => ({ wanted: person.wanted, reason: 'record_locked', waitMs: retryWaitMs })),
  );
}

/** People as they are before anything of their plan is written. */
export function worksOf(session: Session, people: readonly Person[]): Work[] {
  return people.map((person) => ({
    person,
    linkId: person.link?.id ?? session.newId(),
    changes: person.plan.changes.map((change) => ({ ...change })),
    isLater: false,
    answered: null,
  }));
}

/** Links those who were only matched so far, and notes what is about to be written. */
export async function storeIntentions(session: Session, works: Work[]): Promise<void> {
  const createdAt = await session.store.now();
  const links = works
    .filter(({ person }) => person.link === null)
    .map(({ person, linkId }) =>
      newLinkOf(
        freshLink({
          id: linkId,
          contactId: person.contact.id,
          recordId: person.record.id,
          object: objectOf(person.record.object),
          origin: person.origin,
          createdAt,
          openException: person.scope === 'toHubSpot',
          importOnly: person.scope === 'emailOnly',
        }),
      ),
    );
  const overwritten = works.flatMap((work) => tellBefore(session, work, createdAt));
  const intended = works
    .filter(({ person }) => Object.keys(person.plan.intended).length > 0)
    .map(({ person, linkId }) => ({ id: linkId, intended: intendedOf(person) }));
  if (links.length + intended.length === 0) return;
  await session.store.transaction(async (tx) => {
    await tx.insertLinks(links);
    await tx.insertConflicts(session.run.id, overwritten);
    await tx.storeIntended(intended);
  });
}

/** What is intended now takes the place of what was: before that it is told what the former has overwritten. */
function tellBefore(session: Session, work: Work, at: Date): ConflictRow[] {
  const { person } = work;
  if (!person.link?.intended || isEmpty(person.plan.intended)) return [];
  const { rows, link } = tellArrived(session, { ...person, link: person.link }, at);
  work.person = { ...person, link };
  return rows;
}

const isEmpty = (values: object) => Object.keys(values).length === 0;
const isOfMember = ({ person }: Work) => person.scope === 'both';

/** The writes in Salesforce may have taken long: whoever left the segment meanwhile is tried again. */
export async function stillMembers(
  session: Session,
  works: Work[],
  askedAt: Date,
): Promise<Result<Date, Trouble>> {
  const wanted = works.filter(
    (work) => isOfMember(work) && !work.isLater && !isEmpty(work.person.plan.hubspot),
  );
  const asked = await stayMembers(
    session,
    wanted.map(({ person }) => person),
    askedAt,
  );
  if (!asked.ok) return asked;
  const members = new Set(asked.value.people);
  for (const work of wanted) work.isLater = !members.has(work.person);
  return ok(asked.value.askedAt);
}

/** The creation exception and imports write without being a member. */
function sendOf<T>(
  session: Session,
  works: readonly Work[],
  { askedAt, send }: { askedAt: Date; send: () => Promise<CrmResult<T>> },
): Promise<CrmResult<T>> {
  return works.some(isOfMember) ? whileFresh(session, askedAt, send) : send();
}

/** Writes what is planned for Salesforce; what became of it is in the works. */
export async function writeSalesforce(
  session: Session,
  works: Work[],
  askedAt: Date,
): Promise<Result<null, Trouble>> {
  const wanted = works.filter(({ person }) => !isEmpty(person.plan.salesforce));
  if (wanted.length === 0) return ok(null);
  const rows = wanted.map(({ person, changes }) => ({ values: person.plan.salesforce, changes }));
  const answers = await writeRows<void>(
    rows,
    (positions, values) => {
      const changes = positions.map((position, at) => {
        const record = wanted[position]?.person.record;
        if (!record) throw new Error('A record to update got lost.');
        return { id: record.id, object: record.object, values: values[at] ?? {} };
      });
      const send = () => session.salesforce.updateRecords(changes);
      return sendOf(session, wanted, { askedAt, send });
    },
    'salesforce',
    session.troubles,
  );
  if (!answers.ok) return answers;
  const cause = causeForAll(answers.value);
  if (cause) return fail(troubleOf('salesforce', cause, session.troubles));
  for (const [position, work] of wanted.entries()) work.isLater = isLater(answers.value[position]);
  return ok(null);
}

function isLater(answer: Answer<unknown> | undefined): boolean {
  return answer === undefined || answer.kind === 'later';
}

/** The same for HubSpot. */
export async function writeHubSpot(
  session: Session,
  works: Work[],
  askedAt: Date,
): Promise<Result<null, Trouble>> {
  const wanted = works.filter(({ person, isLater }) => !isLater && !isEmpty(person.plan.hubspot));
  if (wanted.length === 0) return ok(null);
  const rows = wanted.map(({ person, changes }) => ({ values: person.plan.hubspot, changes }));
  const answers = await writeRows<HubSpotContact>(
    rows,
    async (positions, values) => {
      const changes = positions.map((position, at) => ({
        id: wanted[position]?.person.contact.id ?? '',
        values: values[at] ?? {},
      }));
      const send = () => session.hubspot.updateContacts(changes);
      const sent = await sendOf(session, wanted, { askedAt, send });
      return sent.ok ? ok(sent.value.map((each, at) => namingTaken(each, changes[at]?.values ?? {}))) : sent;
    },
    'hubspot',
    session.troubles,
  );
  if (!answers.ok) return answers;
  const cause = causeForAll(answers.value);
  if (cause) return fail(troubleOf('hubspot', cause, session.troubles));
  for (const [position, work] of wanted.entries()) {
    const answer = answers.value[position];
    work.isLater = isLater(answer);
    if (answer?.kind === 'done') {
      work.answered = answer.value.values;
      markNotTaken(session, work);
    }
  }
  return ok(null);
}

/** HubSpot says of an address that somebody else has no more than that; the other fields are to go over. */
function namingTaken<T>(result: CrmResult<T>, values: Values): CrmResult<T> {
  if (result.ok || result.failure.kind !== 'rejected') return result;
  const { category, fields } = result.failure;
  if (category !== 'duplicates' || fields.length > 0 || !('email' in values)) return result;
  return fail({ ...result.failure, fields: ['email'], code: emailInUse.code });
}

/** HubSpot's answer is compared with what was sent: a value silently not taken is a failed field. */
function markNotTaken(session: Session, work: Work): void {
  const { person, changes, answered } = work;
  const { byMapping } = session.tables[person.record.object];
  for (const change of changes) {
    const field = byMapping.get(change.mappingId);
    if (change.to !== 'hubspot' || change.failure || !field || !answered) continue;
    if (!(change.property in answered)) continue;
    const wanted = person.plan.hubspot[change.property] ?? null;
    const isTaken =
      field.kind === 'email'
        ? answered[change.property]?.toLowerCase() === wanted?.toLowerCase()
        : isSame(field.pair, answered[change.property], wanted);
    if (isTaken) continue;
    change.failure = { category: 'values', code: 'value_not_taken', message: '' };
  }
}
