import { setTimeout as sleep } from 'node:timers/promises';
import { chunk } from '#lib/core/chunk.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import type {
  HubSpotContact,
  HubSpotPort,
  SalesforcePort,
  SalesforceRecord,
  Values,
} from '#lib/crm/ports.ts';
import { defaultMappings } from '#lib/mappings/default-mappings.ts';
import { bulkFrom } from '#lib/sync/engine/bulk/bulk-job.ts';

const status = { property: 'salesforce_lead_status', field: 'Status' };
const properties = defaultMappings.map(({ hubspotProperty }) => hubspotProperty);
const ofField = (field: (mapping: (typeof defaultMappings)[number]) => string | null) =>
  defaultMappings.flatMap((mapping) => field(mapping) ?? []);
const fields = { Lead: ofField((each) => each.leadField), Contact: ofField((each) => each.contactField) };
/** As the sync: so many people in a group, so many groups at once, so long until a Bulk job is asked for. */
const groupSize = 5_000;
const groupsAtOnce = 2;
const bulkPauseMs = 1_000;

/** Where their records are looked for: in what a Bulk query of the org has found, or by asking for the addresses. */
type Finder = (addresses: string[]) => Promise<boolean[]>;
type Crms = { hubspot: HubSpotPort; salesforce: SalesforcePort };

/**
 * The calls of a first sync and nothing else, with the same clients, batch sizes and groups at once: reads the members
 * and their contacts, asks whether they are members, looks for their addresses, creates those who are missing and
 * reads them back, asks for their membership again and writes to HubSpot what Salesforce gave them. No rule, no store,
 * no crash that anybody could recover from. Answers how many were read.
 */
export async function bareLoop(crms: Crms, listId: string): Promise<number> {
  const { size } = answerOf(await crms.hubspot.list(listId));
  await makeProperty(crms.hubspot);
  const find = (size ?? 0) < bulkFrom ? byAddress(crms.salesforce) : await byScan(crms.salesforce);
  const groups = groupsOf(crms.hubspot, listId);
  let count = 0;
  const lane = async () => {
    // Each takes the next group as soon as it is done with one.
    for (let next = await groups.next(); !next.done; next = await groups.next()) {
      await copy(crms, next.value, find);
      count += next.value.length;
    }
  };
  await Promise.all(Array.from({ length: groupsAtOnce }, lane));
  return count;
}

async function* groupsOf(hubspot: HubSpotPort, listId: string): AsyncGenerator<string[], void> {
  let ids: string[] = [];
  let after: string | null = null;
  do {
    const page: { ids: string[]; after: string | null } = answerOf(await hubspot.members(listId, after));
    ids.push(...page.ids);
    after = page.after;
    if (ids.length < groupSize && after !== null) continue;
    yield ids;
    ids = [];
  } while (after !== null);
}

async function copy({ hubspot, salesforce }: Crms, ids: string[], find: Finder): Promise<void> {
  const contacts = answerOf(await hubspot.readContacts(ids, properties)).flatMap((each) => each ?? []);
  answerOf(await hubspot.memberships(ids));
  const addressed = contacts.filter(({ values }) => values.email);
  const found = await find(addressed.map(addressOf));
  const missing = addressed.filter(({ values }, at) => !found[at] && values.company);
  const made = await create(salesforce, missing.map(leadOf));
  const records = answerOf(await salesforce.readRecords('Lead', made, fields.Lead));
  const contactIds = new Map(missing.map((contact) => [addressOf(contact), contact.id]));
  const changes = records.flatMap((record) => {
    const id = contactIds.get(record?.values.Email?.toLowerCase() ?? '');
    return record && id ? [{ id, values: { [status.property]: record.values[status.field] ?? null } }] : [];
  });
  answerOf(await hubspot.memberships(changes.map(({ id }) => id)));
  answerOf(await hubspot.updateContacts(changes));
}

async function makeProperty(hubspot: HubSpotPort): Promise<void> {
  const there = answerOf(await hubspot.properties());
  if (there.some(({ name }) => name === status.property)) return;
  const kind = { type: 'string', fieldType: 'text', groupName: 'contactinformation', options: [] };
  answerOf(
    await hubspot.createProperty({ name: status.property, label: 'Lead status', description: '', ...kind }),
  );
}

function byAddress(salesforce: SalesforcePort): Finder {
  return async (addresses) => {
    const found = answerOf(await salesforce.findByEmail(addresses, fields));
    return found.map((records) => records.length > 0);
  };
}

async function byScan(salesforce: SalesforcePort): Promise<Finder> {
  const known = new Set<string>();
  const add = (records: SalesforceRecord[]) => {
    for (const { values } of records) if (values.Email) known.add(values.Email.toLowerCase());
  };
  for (const object of ['Lead', 'Contact'] as const)
    for await (const page of salesforce.scanRecords(object, ['Email'])) add(answerOf(page));
  return async (addresses) => addresses.map((address) => known.has(address));
}

/** By a Bulk job where there are many, otherwise by collections; answers the ids. */
async function create(salesforce: SalesforcePort, leads: Values[]): Promise<string[]> {
  if (leads.length >= bulkFrom) return createInBulk(salesforce, leads);
  const ids: string[] = [];
  for (const part of chunk(leads, 200)) {
    const records = part.map((values) => ({ object: 'Lead' as const, values }));
    const created = answerOf(await salesforce.createRecords(records, { autoAssign: false }));
    ids.push(...created.flatMap((each) => (each.ok ? [each.value.id] : [])));
  }
  return ids;
}

async function createInBulk(salesforce: SalesforcePort, leads: Values[]): Promise<string[]> {
  const { jobId } = answerOf(await salesforce.openBulkJob({ object: 'Lead', operation: 'insert' }));
  answerOf(await salesforce.startBulkJob(jobId, leads));
  do await sleep(bulkPauseMs);
  while (answerOf(await salesforce.bulkJob(jobId)).state === 'working');
  const { saved } = answerOf(await salesforce.bulkResults(jobId, leads.length));
  return saved.map(({ id }) => id);
}

const addressOf = ({ values }: HubSpotContact) => values.email?.toLowerCase() ?? '';

function leadOf({ values }: HubSpotContact): Values {
  const mapped = defaultMappings.flatMap(({ leadField, hubspotProperty, direction }) => {
    const value = values[hubspotProperty];
    const isOwner = leadField === 'OwnerId' || leadField === 'HasOptedOutOfEmail';
    return leadField && value && direction === 'BOTH' && !isOwner ? [[leadField, value] as const] : [];
  });
  return { ...Object.fromEntries(mapped), LastName: values.lastname || 'Unknown' };
}

/** The value of a call that must go well for the bench to mean anything. */
export function answerOf<T>(result: CrmResult<T>): T {
  if (!result.ok) throw new Error(`A call failed: ${JSON.stringify(result.failure)}`);
  return result.value;
}
