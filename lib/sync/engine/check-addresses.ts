import { fail, ok, type Result } from '#lib/core/result.ts';
import type { FieldFailure } from '../change.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import { markRefused, without } from './answers.ts';
import type { Person } from './person.ts';
import type { Session } from './session.ts';

export const emailInUse: FieldFailure = { category: 'duplicates', code: 'email_in_use', message: '' };

/** Takes a new address out of what goes to Salesforce if another Lead or Contact has it already. */
export async function checkAddresses(session: Session, people: Person[]): Promise<Result<Person[], Trouble>> {
  const newAddress = (person: Person) => person.plan.salesforce.Email?.trim().toLowerCase() ?? '';
  const addresses = [...new Set(people.map(newAddress).filter((address) => address !== ''))];
  if (addresses.length === 0) return ok(people);
  const hits = await session.salesforce.findByEmail(addresses, { Lead: [], Contact: [] });
  if (!hits.ok) return fail(troubleOf('salesforce', hits.failure, session.troubles));
  const holders = new Map(
    addresses.map((address, at) => [address, (hits.value[at] ?? []).map(({ id }) => id)]),
  );
  return ok(
    people.map((person) => {
      const others = (holders.get(newAddress(person)) ?? []).filter((id) => id !== person.record.id);
      return others.length > 0 ? withoutAddress(person) : person;
    }),
  );
}

function withoutAddress(person: Person): Person {
  const changes = person.plan.changes.map((change) => ({ ...change }));
  markRefused(
    changes.filter((change) => change.to === 'salesforce'),
    ['Email'],
    emailInUse,
  );
  return {
    ...person,
    plan: { ...person.plan, changes, salesforce: without(person.plan.salesforce, ['Email']) },
  };
}
