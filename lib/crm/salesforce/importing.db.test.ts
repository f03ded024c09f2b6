import { beforeEach, expect, it } from 'vitest';
import { accessWith, expectValue } from '#lib/testing/crm.ts';
import { type Simulator, testSimulators } from '#lib/testing/simulators.ts';
import { createSalesforce } from './index.ts';

const simulators = testSimulators();
let simulator: Simulator;
let salesforce: ReturnType<typeof createSalesforce>;
let token: string;

beforeEach(async () => {
  simulator = simulators.current.salesforce;
  await simulator.reset({ seed: 'empty' });
  await simulator.config({ bulkStepMs: 10 });
  ({ accessToken: token } = await simulator.tokens());
  salesforce = createSalesforce(accessWith(simulator.url, [token]));
});

async function create(object: string, values: object): Promise<string> {
  const answer = await fetch(`${simulator.url}/services/data/v66.0/sobjects/${object}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(values),
  });
  const { id } = (await answer.json()) as { id?: string };
  if (!id) throw new Error(`${object} was not created (${answer.status}).`);
  return id;
}

const lead = (name: string) => create('Lead', { LastName: name, Company: 'Trial' });

it('counts Contacts and unconverted Leads', async () => {
  await lead('One');
  await lead('Two');
  await create('Contact', { LastName: 'Three' });
  expect(expectValue(await salesforce.countOpen())).toEqual({ Lead: 2, Contact: 1 });
});

it('names active campaigns by name, and who is in one, whatever the id holds', async () => {
  const fair = await create('Campaign', { Name: 'Fair', IsActive: true });
  await create('Campaign', { Name: 'Autumn', IsActive: true });
  await create('Campaign', { Name: 'Over', IsActive: false });
  const leadId = await lead('One');
  const contactId = await create('Contact', { LastName: 'Two' });
  await lead('Nobody');
  await create('CampaignMember', { CampaignId: fair, LeadId: leadId });
  await create('CampaignMember', { CampaignId: fair, ContactId: contactId });
  const campaigns = expectValue(await salesforce.campaigns());
  expect(campaigns.map(({ name }) => name)).toEqual(['Autumn', 'Fair']);
  const members = expectValue(await salesforce.campaignMembers(fair));
  expect(members).toHaveLength(2);
  expect(members).toEqual(
    expect.arrayContaining([
      { id: leadId, object: 'Lead' },
      { id: contactId, object: 'Contact' },
    ]),
  );
  expect(await salesforce.campaignMembers("x' OR Id != '")).toMatchObject({ ok: false });
});

it('scans what was created since a moment', async () => {
  await lead('Early');
  await simulator.clock(3_600_000);
  const since = new Date(Date.now() + 1_800_000);
  const late = await lead('Late');
  const found: string[] = [];
  for await (const page of salesforce.scanCreatedSince('Lead', ['Email'], since)) {
    found.push(...expectValue(page).map(({ id }) => id));
  }
  expect(found).toEqual([late]);
});
