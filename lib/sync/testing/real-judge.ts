import { db } from '#lib/core/db.ts';
import type { SalesforceObject, Values } from '#lib/crm/ports.ts';
import { expectValue } from '#lib/testing/crm.ts';
import { plain } from './model.ts';
import type { Grounds } from './real-people.ts';

const mapped = [
  ['firstname', 'FirstName', 'FirstName'],
  ['lastname', 'LastName', 'LastName'],
  ['jobtitle', 'Title', 'Title'],
  ['phone', 'Phone', 'Phone'],
  ['message', 'Description', 'Description'],
  ['city', 'City', 'MailingCity'],
] as const;
const properties = ['email', ...mapped.map(([name]) => name)];
const fieldsOf = (object: SalesforceObject) =>
  mapped.map(([, lead, contact]) => (object === 'Lead' ? lead : contact));

/** What is not in agreement, of all who are linked; everybody is a member. */
export async function disagreements(workspaceId: string, grounds: Grounds): Promise<string[]> {
  const ids = await grounds.contacts();
  const contacts = expectValue(await grounds.hubspot.port.readContacts(ids, properties));
  const outcomes = await db().outcome.findMany({
    where: { workspaceId, contactId: { in: ids } },
    orderBy: { at: 'desc' },
    distinct: ['contactId'],
  });
  const records = await linkedRecords(workspaceId, grounds);
  const found: string[] = [];
  for (const contact of contacts) {
    if (!contact) continue;
    const outcome = outcomes.find(({ contactId }) => contactId === contact.id);
    if (outcome?.result === 'FAILED' || JSON.stringify(outcome?.changes ?? []).includes('"failure"'))
      continue;
    const link = records.get(contact.id);
    if (!link) {
      if (contact.values.email && outcome?.reason !== 'merged') found.push(`${contact.id} has no record`);
      continue;
    }
    const { recordId, object, values } = link;
    found.push(...(values ? differences(contact.values, values, object) : [`${recordId} is gone`]));
  }
  return found;
}

type Linked = { recordId: string; object: SalesforceObject; values: Values | null };

/** By contact: its record as Salesforce has it, null if it is not there. */
async function linkedRecords(workspaceId: string, { salesforce }: Grounds): Promise<Map<string, Linked>> {
  const links = await db().link.findMany({ where: { workspaceId, endedAt: null } });
  const found = new Map<string, Linked>();
  for (const object of ['Lead', 'Contact'] as const) {
    const own = links.filter((link) => link.object === object.toUpperCase());
    const ids = own.map(({ recordId }) => recordId);
    const records = expectValue(await salesforce.port.readRecords(object, ids, fieldsOf(object)));
    for (const [position, { contactId, recordId }] of own.entries()) {
      found.set(contactId, { recordId, object, values: records[position]?.values ?? null });
    }
  }
  return found;
}

function differences(contact: Values, record: Values, object: SalesforceObject): string[] {
  const fields = fieldsOf(object);
  return mapped.flatMap(([property], position) => {
    const [h, s] = [contact[property] ?? null, record[fields[position] ?? ''] ?? null];
    return plain(property, h) === plain(property, s) ? [] : [`${property}: ${h} and ${s}`];
  });
}
