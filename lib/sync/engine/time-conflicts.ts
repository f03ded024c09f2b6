import { fail, ok, type Result } from '#lib/core/result.ts';
import type { PropertyHistory } from '#lib/crm/ports.ts';
import { isOurModification } from '../own-writes.ts';
import { nextSeen } from '../seen.ts';
import type { Seen } from '../store.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { type Person, planPerson } from './person.ts';
import type { Session } from './session.ts';

/**
 * Plans those anew who have fields in conflict, with the time at which each value came about: by HubSpot's
 * history, and by the modification with which we first saw Salesforce's. A contact or record as a whole changes
 * for many other reasons. Costs no call where nothing is in conflict.
 */
export async function timeConflicts(
  session: Session,
  people: Person[],
  at: Date,
): Promise<Result<Person[], Trouble>> {
  const contested = people.filter(({ plan }) => plan.contested.length > 0);
  if (contested.length === 0) return ok(people);
  const ids = contested.map(({ contact }) => contact.id);
  const properties = [...new Set(contested.flatMap(({ plan }) => plan.contested))];
  const histories = await session.hubspot.readHistory(ids, properties);
  if (!histories.ok) return fail(troubleOf('hubspot', histories.failure, session.troubles));
  const historyOf = new Map(ids.map((id, position) => [id, histories.value[position] ?? {}]));
  const seen = await session.store.seen(
    'salesforce',
    contested.map(({ record }) => record.id),
  );
  return ok(
    people.map((person) => {
      const history = historyOf.get(person.contact.id);
      if (!history) return person;
      const propertyChangedAt = timesOf(person, history);
      const fieldChangedAt = fieldTimesOf(session, person, seen.get(person.record.id) ?? null);
      return planPerson(session, { ...person, propertyChangedAt, fieldChangedAt }, at);
    }),
  );
}

/** The time of the value that was read, which need not be the newest any more. */
function timesOf({ contact, plan }: Person, history: PropertyHistory): Record<string, Date> {
  const times: Record<string, Date> = {};
  for (const property of plan.contested) {
    const versions = history[property] ?? [];
    const read = contact.values[property] || null;
    const version = versions.find(({ value }) => (value || null) === read) ?? versions[0];
    if (version) times[property] = version.at;
  }
  return times;
}

/** When the record's values were first seen, as far as they are still those that were seen. */
function fieldTimesOf(session: Session, { record, link }: Person, seen: Seen | null): Record<string, Date> {
  if (!seen) return {};
  const { names } = session.tables[record.object];
  const isOurs = isOurModification(record, session.integrationUserId, link);
  const lastOfOthers = isOurs ? seen.modifiedAt : record.lastModifiedAt;
  if (!lastOfOthers) return {};
  const now = nextSeen(seen.fields, record.values, names, lastOfOthers);
  const times: Record<string, Date> = {};
  for (const name of names) {
    const at = now[name]?.at;
    if (at && name in record.values) times[name] = new Date(at);
  }
  return times;
}
