import { db } from '#lib/core/db.ts';
import type { HubSpotContact } from '#lib/crm/ports.ts';
import type { Person } from '../schemas.ts';
import { linkedRecords } from './repository.ts';

/** What tables of people show of a contact. */
export const personProperties = [
  'firstname',
  'lastname',
  'email',
  'lifecyclestage',
  'country',
  'hs_country_region_code',
];

/** Contacts as tables show them, with what they are linked to in Salesforce. */
export async function toPeople(workspaceId: string, contacts: readonly HubSpotContact[]): Promise<Person[]> {
  const linked = await linkedRecords(
    db(),
    workspaceId,
    contacts.map((contact) => contact.id),
  );
  return contacts.map(({ id, values }) => ({
    id,
    name: [values.firstname, values.lastname].filter(Boolean).join(' '),
    email: values.email ?? null,
    lifecycleStage: values.lifecyclestage ?? null,
    country: values.country ?? null,
    salesforce: linked.get(id) ?? null,
  }));
}
