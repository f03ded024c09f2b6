import { fail, ok, type Result } from '#lib/core/result.ts';
import type { PropertyHistory } from '#lib/crm/ports.ts';
import type { Change } from '../change.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import type { Person } from './person.ts';
import type { Session } from './session.ts';

/** HubSpot's name for what an app wrote, the sync itself among them. */
const byAnApp = 'INTEGRATION';

const isUnnamed = ({ failure }: Change) => failure?.code === 'automation_loop' && failure.message === '';

/**
 * Says of fields that go to and fro who wrote them last in each system, as far as the CRMs tell. Costs a call
 * only where there are such fields.
 */
export async function nameWriters(session: Session, people: Person[]): Promise<Result<Person[], Trouble>> {
  const looping = people.filter(({ plan }) => plan.changes.some(isUnnamed));
  if (looping.length === 0) return ok(people);
  const ids = looping.map(({ contact }) => contact.id);
  const names = looping.flatMap(({ plan }) => plan.changes.filter(isUnnamed).map((each) => each.property));
  const histories = await session.hubspot.readHistory(ids, [...new Set(names)]);
  if (!histories.ok) return fail(troubleOf('hubspot', histories.failure, session.troubles));
  const historyOf = new Map(ids.map((id, position) => [id, histories.value[position] ?? {}]));
  return ok(
    people.map((person) => {
      const history = historyOf.get(person.contact.id);
      if (!history) return person;
      const changes = person.plan.changes.map((change) => named(session, person, change, history));
      return { ...person, plan: { ...person.plan, changes } };
    }),
  );
}

function named(session: Session, { record }: Person, change: Change, history: PropertyHistory): Change {
  if (!change.failure || !isUnnamed(change)) return change;
  const versions = history[change.property] ?? [];
  const inHubSpot = versions.find(({ source }) => source !== null && source !== byAnApp)?.source;
  const { lastModifiedById: userId } = record;
  // Of a record that the sync has saved last, Salesforce no longer tells who did it before.
  const isOurs = userId === null || userId === session.integrationUserId;
  const inSalesforce = isOurs ? null : (session.owners.nameOfUser(userId) ?? userId);
  const writers = [inHubSpot && `HubSpot: ${inHubSpot}`, inSalesforce && `Salesforce: ${inSalesforce}`];
  return { ...change, failure: { ...change.failure, message: writers.filter(Boolean).join(' · ') } };
}
