import { type APIRequestContext, expect } from '@playwright/test';
import { endFaults, hubspotApi, salesforce, soql } from './app.ts';
import {
  addCampaign,
  addContact,
  addRecords,
  changeSetting,
  contactOf,
  limitTo,
  type Member,
  quietMembers,
  salesforceApi,
  salesReady,
  stateOf,
  whenSynced,
} from './people.ts';

/** Somebody of each kind that the page of a person tells apart. */
export type Scene = Record<
  | 'quiet'
  | 'synced'
  | 'noEmail'
  | 'outside'
  | 'left'
  | 'exception'
  | 'emailOnly'
  | 'values'
  | 'automation'
  | 'duplicates'
  | 'permissions'
  | 'associations'
  | 'linkLost'
  | 'deleted',
  Member
>;

export const refusal = 'Leads from the web need a campaign';
export const longFax = '0'.repeat(60);

/** Asks for a sync of these contacts, and waits for what becomes of them. */
async function syncNow(app: APIRequestContext, people: readonly Member[]): Promise<void> {
  for (const { id } of people) {
    const asked = await app.post(`/api/contacts/${id}/sync`);
    expect(asked.ok(), await asked.text()).toBe(true);
  }
  const ids = people.map(({ id }) => id);
  const open = async () => {
    const states = await Promise.all(ids.map((id) => stateOf(app, id)));
    // Who failed waits again at once, for the next try.
    return states.filter(({ outcome }) => outcome === null).length;
  };
  await whenSynced(app, () => ids, open).toBe(0);
}

type Why = { verdict: { kind: string }; conflicts: unknown[] };

async function storedWhy(app: APIRequestContext, { id }: Member): Promise<Why> {
  return (await (await app.get(`/api/contacts/${id}/why?read=stored`)).json()) as Why;
}

/** Brings the members of a campaign over; only Salesforce's import does so while its changes are off. */
async function importCampaign(app: APIRequestContext, name: string): Promise<void> {
  const [campaign] = await soql(`SELECT Id FROM Campaign WHERE Name = '${name}'`);
  const which = { kind: 'campaign', campaignId: campaign?.Id };
  const made = await app.post('/api/imports', { data: { objects: ['lead'], which } });
  expect(made.ok(), await made.text()).toBe(true);
  const { id } = (await made.json()) as { id: string };
  const state = async () => ((await (await app.get(`/api/imports/${id}`)).json()) as { state: string }).state;
  await expect.poll(state).toBe('counted');
  const started = await app.post(`/api/imports/${id}/start`);
  expect(started.ok(), await started.text()).toBe(true);
  await expect.poll(state, { timeout: 30_000 }).toBe('ended');
}

async function named(email: string, name: string): Promise<Member> {
  const found = await contactOf(email, ['email']);
  expect(found).not.toBeNull();
  return { id: found?.id ?? '', email, name };
}

async function newContact(email: string | null, lastname: string, properties: object): Promise<Member> {
  const id = await addContact({ lastname, ...(email ? { email } : {}), ...properties });
  return { id, email: email ?? '', name: lastname };
}

/** Syncs somebody whose creation Salesforce refuses so. */
async function refuse(app: APIRequestContext, who: Member, statusCode: string): Promise<void> {
  const body = [{ success: false, errors: [{ statusCode, message: 'refused', fields: [] }] }];
  const path = '/services/data/*/composite/sobjects';
  await salesforce.post('faults', [{ method: 'POST', path, status: 200, body }]);
  await syncNow(app, [who]);
  await endFaults();
}

/** Lets both CRMs and the sync itself bring everybody about. */
export async function makeScene(app: APIRequestContext): Promise<Scene> {
  await changeSetting(app, 'salesforceChanges', 'do_nothing');
  await limitTo(app, salesReady.name);
  const members = await quietMembers(salesReady.name);
  const take = (): Member => {
    const next = members.pop();
    if (!next) throw new Error('The demo data has too few members for this.');
    return next;
  };
  await addCampaign('Why', [{ LastName: 'Import', Company: 'Acme', Email: 'import@why.example' }]);
  await importCampaign(app, 'Why');
  await changeSetting(app, 'salesforceChanges', 'create_or_update');

  const [synced, left, linkLost, deleted, values] = [take(), take(), take(), take(), take()];
  const [automation, duplicates] = [take(), take()];
  await refuseBoth(automation, duplicates);
  await hubspotApi('PATCH', `/crm/v3/objects/contacts/${values.id}`, { properties: { fax: longFax } });
  const noEmail = await newContact(null, 'Silent', salesReady.member);
  const outside = await newContact('outside@why.example', 'Stranger', salesReady.outside);
  await addRecords('Lead', [{ LastName: 'Once', Company: 'Acme', Email: 'once@why.example' }]);
  await syncNow(app, [synced, left, linkLost, deleted, values]);
  await syncNow(app, [automation, duplicates, noEmail, outside]);
  await whenSynced(
    app,
    () => [],
    async () => (await contactOf('once@why.example', [])) !== null,
  ).toBe(true);
  const exception = await named('once@why.example', 'Once');

  await hubspotApi('PATCH', `/crm/v3/objects/contacts/${left.id}`, { properties: { country: 'Brazil' } });
  await hubspotApi('PATCH', `/crm/v3/objects/contacts/${synced.id}`, { properties: { lastname: 'Changed' } });
  await hubspotApi('DELETE', `/crm/v3/objects/contacts/${deleted.id}`);
  await deleteRecordOf(linkLost);
  // Polls see no deletion in HubSpot: it is found at the next read of the person.
  await syncNow(app, [deleted]);
  const told = async () => {
    const kinds = await Promise.all([left, linkLost, deleted].map((each) => storedWhy(app, each)));
    return [...kinds.map(({ verdict }) => verdict.kind), (await storedWhy(app, synced)).conflicts.length];
  };
  await whenSynced(app, () => [left.id, synced.id], told).toEqual(['left', 'link_lost', 'deleted', 1]);
  const [permissions, associations, quiet] = [take(), take(), take()];
  await refuse(app, permissions, 'INSUFFICIENT_ACCESS_OR_READONLY');
  await refuse(app, associations, 'INVALID_CROSS_REFERENCE_KEY');
  const emailOnly = await named('import@why.example', 'import@why.example');
  return {
    ...{ quiet, synced, noEmail, outside, left, exception, emailOnly, values, automation, duplicates },
    ...{ permissions, associations, linkLost, deleted },
  };
}

/** One is refused by a validation rule, the other by a duplicate rule: its double has another address. */
async function refuseBoth(automation: Member, duplicates: Member): Promise<void> {
  const read = (await contactOf(duplicates.email, ['lastname', 'company']))?.properties;
  const [LastName, Company] = [read?.lastname, read?.company];
  await addRecords('Lead', [{ LastName, Company, Email: 'double@why.example' }]);
  await salesforce.post('config', {
    rules: {
      validation: [
        { name: 'Web', object: 'Lead', condition: `Email = '${automation.email}'`, message: refusal },
      ],
      duplicate: [{ name: 'Doubles', object: 'Lead', matchOn: ['LastName', 'Company'], action: 'block' }],
    },
  });
}

async function leadOf(email: string): Promise<string> {
  const [lead] = await soql(`SELECT Id FROM Lead WHERE Email = '${email}'`);
  return String(lead?.Id);
}

async function deleteRecordOf({ email }: Member): Promise<void> {
  await salesforceApi('DELETE', `sobjects/Lead/${await leadOf(email)}`);
}
