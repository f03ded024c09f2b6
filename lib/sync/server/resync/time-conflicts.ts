import { fail, ok, type Result } from '#lib/core/result.ts';
import type { PropertyHistory } from '#lib/crm/ports.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { type Person, planPerson } from './person.ts';
import type { Session } from './session.ts';

/**
 * Plans those anew who have properties in conflict, with the time at which each of these got its value: a
 * contact as a whole changes for many other reasons. Costs no call where nothing is in conflict.
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
  return ok(
    people.map((person) => {
      const history = historyOf.get(person.contact.id);
      if (!history) return person;
      const propertyChangedAt = timesOf(person, history);
      return planPerson(session, { ...person, propertyChangedAt }, person.link?.shadow ?? {}, at);
    }),
  );
}

/** The time of the value that was read, which need not be the newest any more. */
function timesOf({ contact, plan }: Person, history: PropertyHistory): Record<string, Date> {
  const times: Record<string, Date> = {};
  for (const property of plan.contested) {
    const versions = history[property] ?? [];
    const read = contact.values[property] || null;
    const version = versions.find(({ value }) => value === read) ?? versions[0];
    if (version) times[property] = version.at;
  }
  return times;
}
