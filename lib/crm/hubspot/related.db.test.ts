import { beforeEach, expect, it } from 'vitest';
import { accessWith, expectValue } from '#lib/testing/crm.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { createHubSpot } from './index.ts';

const simulators = testSimulators();

beforeEach(() => simulators.current.hubspot.reset());

async function open() {
  const { url, tokens } = simulators.current.hubspot;
  const { accessToken } = await tokens();
  return { url, accessToken, hubspot: createHubSpot(accessWith(url, [accessToken])) };
}

it('reads the companies and deals of contacts, in the order asked', async () => {
  const { url, accessToken, hubspot } = await open();
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${url}${path}`, { method, headers, ...sent });
    expect(answer.ok, `${path} ${answer.status}`).toBe(true);
    return answer.json();
  };
  const make = async (type: string, properties: Record<string, string>): Promise<string> =>
    (await call('POST', `/crm/v3/objects/${type}`, { properties })).id;
  const alone = await make('contacts', { email: 'alone@related.example' });
  const busy = await make('contacts', { email: 'busy@related.example' });
  const company = await make('companies', { name: 'Holm', annualrevenue: '5' });
  const deal = await make('deals', { dealname: 'Fifty chairs', amount: '12' });
  const tie = async (path: string, associationTypeId: number) =>
    call('PUT', `/crm/v4/objects/contacts/${busy}/associations/${path}`, [
      { associationCategory: 'HUBSPOT_DEFINED', associationTypeId },
    ]);
  await tie(`companies/${company}`, 279);
  await tie(`deals/${deal}`, 4);
  const companies = expectValue(await hubspot.relatedRecords([alone, busy], 'company', ['annualrevenue']));
  expect(companies).toEqual([
    [],
    [{ id: company, typeIds: [279], values: expect.objectContaining({ annualrevenue: '5' }) }],
  ]);
  const deals = expectValue(await hubspot.relatedRecords([busy], 'deal', ['amount']));
  expect(deals).toMatchObject([[{ id: deal, typeIds: [4], values: { amount: '12' } }]]);
});

it('tells the properties of companies and deals', async () => {
  const { hubspot } = await open();
  const names = async (object: 'company' | 'deal') =>
    expectValue(await hubspot.properties(object)).map(({ name }) => name);
  expect(await names('company')).toContain('annualrevenue');
  expect(await names('deal')).toContain('dealstage');
});
