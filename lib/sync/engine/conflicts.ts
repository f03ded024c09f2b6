import type { Change } from '../change.ts';
import type { Intended } from '../shadow.ts';
import type { ConflictRow, Link, SyncTx } from '../store.ts';
import type { Person } from './person.ts';
import type { Session } from './session.ts';
import { arrivedUnlogged, forgottenUnlogged, type Work } from './work.ts';

type Ids = Pick<ConflictRow, 'contactId' | 'recordId' | 'mappingId' | 'property' | 'field' | 'at'>;
type Lost = NonNullable<Intended[string]['conflict']>;

function rowOf(
  ids: Ids,
  overwritten: 'hubspot' | 'salesforce',
  lost: Lost,
  kept: string | null,
): ConflictRow {
  const time = (text: string | null) => (text === null ? null : new Date(text));
  const isHubSpotLost = overwritten === 'hubspot';
  return {
    ...ids,
    hubspotValue: isHubSpotLost ? lost.lost : kept,
    salesforceValue: isHubSpotLost ? kept : lost.lost,
    hubspotAt: time(lost.hubspotAt),
    salesforceAt: time(lost.salesforceAt),
    winner: isHubSpotLost ? 'salesforce' : 'hubspot',
  };
}

const keptOf = (pair: Intended[string]) => (pair.to === 'hubspot' ? pair.s : pair.h);

/** What a person's writes overwrote, and what an earlier write did whose answer nobody stored. */
export function conflictsOf(session: Session, { person, changes }: Work, at: Date): ConflictRow[] {
  return [...arrivedConflicts(session, person, at), ...changes.flatMap((each) => written(person, each, at))];
}

function written({ contact, record }: Person, change: Change, at: Date): ConflictRow[] {
  const { conflict, mappingId, property, field, to } = change;
  if (!conflict || change.failure) return [];
  const ids = { contactId: contact.id, recordId: record.id, mappingId, property, field, at };
  return [rowOf(ids, to, conflict, change.new)];
}

/** Somebody who was read, whose link stands, and who is not written now. */
type Passed = Pick<Person, 'contact' | 'record'> & { link: Link };

/**
 * Logs what writes without a stored answer have overwritten, of people who are passed over: our own write may
 * have put them outside, and nobody may ever look at them again. What was intended stays as it is otherwise.
 */
export async function logArrived(
  session: Session,
  people: readonly Passed[],
  tx: Pick<SyncTx, 'insertConflicts' | 'storeIntended'>,
  at: Date,
): Promise<void> {
  const logged = people.flatMap((person) => {
    const told = tellArrived(session, person, at);
    return told.rows.length > 0 ? [told] : [];
  });
  if (logged.length === 0) return;
  await tx.insertConflicts(
    session.run.id,
    logged.flatMap(({ rows }) => rows),
  );
  await tx.storeIntended(logged.map(({ link: { id, intended } }) => ({ id, intended: intended ?? {} })));
}

/** What earlier writes without a stored answer have overwritten, and the link once that is told. */
export function tellArrived(session: Session, person: Passed, at: Date): { rows: ConflictRow[]; link: Link } {
  const { link } = person;
  const rows = arrivedConflicts(session, person, at);
  const ids = new Set(rows.map(({ mappingId }) => mappingId));
  const told = Object.entries(link.intended ?? {}).map(([id, { conflict, ...pair }]) => [
    id,
    conflict && !ids.has(id) ? { ...pair, conflict } : pair,
  ]);
  return { rows, link: { ...link, intended: link.intended && Object.fromEntries(told) } };
}

function arrivedConflicts(
  session: Session,
  person: Pick<Person, 'contact' | 'record' | 'link'>,
  at: Date,
): ConflictRow[] {
  const { contact, record } = person;
  const of = { contactId: contact.id, recordId: record.id, at };
  const arrived = arrivedUnlogged(session, person).flatMap(({ field, pair }) => {
    if (!pair.conflict) return [];
    const { mappingId, property, name } = field;
    return [rowOf({ ...of, mappingId, property, field: name }, pair.to, pair.conflict, keptOf(pair))];
  });
  const forgotten = forgottenUnlogged(session, person).flatMap(([mappingId, pair]) => {
    const { property, field } = pair.conflict ?? {};
    if (!pair.conflict || property === undefined || field === undefined) return [];
    return [rowOf({ ...of, mappingId, property, field }, pair.to, pair.conflict, keptOf(pair))];
  });
  return [...arrived, ...forgotten];
}

/**
 * What writes without a stored answer may have overwritten, of links that end: nobody asks again whether they
 * have arrived, and an entry too many is better than a value lost without a word.
 */
export function conflictsOfEnded(session: Session, links: readonly Link[], at: Date): ConflictRow[] {
  const fields = [...session.tables.Lead.fields, ...session.tables.Contact.fields];
  return links.flatMap((link) =>
    Object.entries(link.intended ?? {}).flatMap(([mappingId, pair]) => {
      const known = fields.find((each) => each.mappingId === mappingId);
      const property = known?.property ?? pair.conflict?.property;
      const field = known?.name ?? pair.conflict?.field;
      if (!pair.conflict || property === undefined || field === undefined) return [];
      const { contactId, recordId } = link;
      const ids = { contactId, recordId, mappingId, property, field, at };
      return [rowOf(ids, pair.to, pair.conflict, keptOf(pair))];
    }),
  );
}
