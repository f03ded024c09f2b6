import { chunk } from '#lib/core/chunk.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import type { HubSpotContact, HubSpotPort, SalesforcePort, Values } from '#lib/crm/ports.ts';

const properties = [
  'email',
  'firstname',
  'lastname',
  'company',
  'phone',
  'jobtitle',
  'city',
  'hubspot_owner_id',
];
const ofBoth = ['FirstName', 'LastName', 'Phone', 'Title', 'OwnerId'];
const fields = { Lead: [...ofBoth, 'Company', 'City'], Contact: ofBoth };
const groupSize = 1_000;
const writeSize = 200;

/**
 * What any sync must at least do, with the same clients and batch sizes and nothing else: reads the members and
 * their contacts, asks whether they are members, looks for their addresses, creates those who are missing and
 * reads them back. No rule, no store, no crash that anybody could recover from. Answers how many were read.
 */
export async function bareLoop(
  hubspot: HubSpotPort,
  salesforce: SalesforcePort,
  listId: string,
): Promise<number> {
  let count = 0;
  let ids: string[] = [];
  let after: string | null = null;
  do {
    const page: { ids: string[]; after: string | null } = answerOf(await hubspot.members(listId, after));
    ids.push(...page.ids);
    after = page.after;
    if (ids.length < groupSize && after !== null) continue;
    await copy(hubspot, salesforce, ids);
    count += ids.length;
    ids = [];
  } while (after !== null);
  return count;
}

async function copy(hubspot: HubSpotPort, salesforce: SalesforcePort, ids: string[]): Promise<void> {
  const contacts = answerOf(await hubspot.readContacts(ids, properties)).flatMap((each) => each ?? []);
  answerOf(await hubspot.memberships(ids));
  const addressed = contacts.filter(({ values }) => values.email);
  const addresses = addressed.map(({ values }) => values.email?.toLowerCase() ?? '');
  const found = answerOf(await salesforce.findByEmail(addresses, fields));
  const missing = addressed.filter(({ values }, at) => found[at]?.length === 0 && values.company);
  for (const part of chunk(missing, writeSize)) {
    const records = part.map((contact) => ({ object: 'Lead' as const, values: leadOf(contact) }));
    const created = answerOf(await salesforce.createRecords(records, { autoAssign: false }));
    const made = created.flatMap((each) => (each.ok ? [each.value.id] : []));
    answerOf(await salesforce.readRecords('Lead', made, fields.Lead));
  }
}

function leadOf({ values }: HubSpotContact): Values {
  return {
    ...{ Email: values.email ?? null, FirstName: values.firstname ?? null, City: values.city ?? null },
    ...{ LastName: values.lastname || 'Unknown', Company: values.company ?? null },
    ...{ Phone: values.phone ?? null, Title: values.jobtitle ?? null },
  };
}

/** The value of a call that must go well for the bench to mean anything. */
export function answerOf<T>(result: CrmResult<T>): T {
  if (!result.ok) throw new Error(`A call failed: ${JSON.stringify(result.failure)}`);
  return result.value;
}
