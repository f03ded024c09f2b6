import { beforeEach, describe, expect, it } from 'vitest';
import { createHubSpot } from '#lib/crm/hubspot/index.ts';
import type { HubSpotPort } from '#lib/crm/ports.ts';
import { createSalesforce } from '#lib/crm/salesforce/index.ts';
import { accessWith, expectValue } from '#lib/testing/crm.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { defaultMappings } from '../default-mappings.ts';
import type { AccountFields } from '../own-properties.ts';
import { ensureProperties } from './index.ts';

const simulators = testSimulators();
const mappings = defaultMappings.map((mapping, position) => ({
  ...mapping,
  id: `m${position}`,
  rule: 'PREFER_SALESFORCE' as const,
}));
const wanted = [...new Set(mappings.map(({ hubspotProperty }) => hubspotProperty))].sort();
let hubspot: HubSpotPort;
let account: AccountFields;

beforeEach(async () => {
  const { current } = simulators;
  await current.reset();
  hubspot = createHubSpot(accessWith(current.hubspot.url, [(await current.hubspot.tokens()).accessToken]));
  const user = 'integration@northwind.example';
  const { accessToken } = await current.salesforce.tokens({ user });
  const salesforce = createSalesforce(accessWith(current.salesforce.url, [accessToken]));
  account = {
    properties: expectValue(await hubspot.properties()),
    fields: {
      Lead: expectValue(await salesforce.describe('Lead')),
      Contact: expectValue(await salesforce.describe('Contact')),
    },
  };
});

const ensure = (given: AccountFields = account) => ensureProperties(hubspot, 'w', mappings, given);
const mappedOf = (properties: readonly { name: string }[]) =>
  properties
    .map(({ name }) => name)
    .filter((name) => wanted.includes(name))
    .sort();
const posts = async () => {
  const { counts } = await simulators.current.hubspot.requests();
  return Object.entries(counts)
    .filter(([key]) => key.startsWith('POST /crm/v3/properties/'))
    .reduce((sum, [, count]) => sum + count, 0);
};

describe('properties of our own', () => {
  it('are made once, also when two ask at the same moment; then nothing is asked', async () => {
    expect(mappedOf(account.properties)).not.toEqual(wanted);
    const [first, second] = await Promise.all([ensure(), ensure()]);
    expect(mappedOf(first)).toEqual(wanted);
    expect(mappedOf(second)).toEqual(wanted);
    const own = first.filter(({ groupName }) => groupName === 'segbridge');
    expect(own.map(({ name }) => name)).toContain('salesforce_lead_status');
    expect(own.every(({ readOnly, calculated }) => !readOnly && !calculated)).toBe(true);
    const before = await posts();
    expect(await ensure({ ...account, properties: first })).toEqual(first);
    expect(await posts()).toBe(before);
  });

  it('that HubSpot refuses stay absent, the others are made', async () => {
    const body = { status: 'error', category: 'VALIDATION_ERROR', message: 'no' };
    await simulators.current.hubspot.faults([
      { method: 'POST', path: '*/properties/contacts', status: 400, body, times: 1 },
    ]);
    const made = await ensure();
    expect(mappedOf(made).length).toBe(wanted.length - 1);
  });

  it('need a right that may be missing', async () => {
    const body = { status: 'error', category: 'MISSING_SCOPES', message: 'no' };
    await simulators.current.hubspot.faults([
      { method: 'POST', path: '/crm/v3/properties', status: 403, body },
    ]);
    expect(await ensure()).toEqual(account.properties);
    expect(await posts()).toBe(1);
  });
});
