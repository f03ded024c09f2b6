import { beforeEach, describe, expect, it } from 'vitest';
import { accessWith, expectValue } from '#lib/testing/crm.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { createHubSpot } from './hubspot/index.ts';
import type { HubSpotPort } from './ports.ts';
import { createSalesforce } from './salesforce/index.ts';

const simulators = testSimulators();
let salesforce: ReturnType<typeof createSalesforce>;
let hubspot: HubSpotPort;

/** Each would find everybody if it ended its literal. */
const evil = [
  "x' OR Id != '",
  "x') OR (Id != '",
  "x\\' OR Id != null OR Email = \\'",
  "x\\') OR (Email LIKE '%",
  '%',
  "'; DELETE FROM Lead; --",
];
const fields = { Lead: ['Email'], Contact: ['Email'] };

beforeEach(async () => {
  const { current } = simulators;
  await current.salesforce.reset({ seed: 'empty' });
  await current.hubspot.reset({ seed: 'empty' });
  salesforce = createSalesforce(
    accessWith(current.salesforce.url, [(await current.salesforce.tokens()).accessToken]),
  );
  hubspot = createHubSpot(accessWith(current.hubspot.url, [(await current.hubspot.tokens()).accessToken]));
  const values = { LastName: 'Victim', Company: 'Acme', Email: 'victim@x.example' };
  const made = await salesforce.createRecords([{ object: 'Lead', values }], { autoAssign: false });
  expectValue(expectValue(made)[0] ?? { ok: false, failure: { kind: 'notFound' } });
  const contact = { traceId: '1', values: { email: 'victim@x.example' } };
  expectValue(await hubspot.createContacts([contact]));
  await current.hubspot.clock(60_000);
});

describe('SOQL injection in an e-mail address', () => {
  it('4: matching finds nobody by it, and everybody else as before', async () => {
    const [victim, ...others] = expectValue(
      await salesforce.findByEmail(['victim@x.example', ...evil], fields),
    );
    expect(victim).toHaveLength(1);
    expect(others).toEqual(evil.map(() => []));
  });

  it('8: a poll goes on after a cursor whatever its id holds', async () => {
    const at = new Date(Date.now() + 3_600_000);
    for (const id of evil) {
      for await (const page of salesforce.changedRecords('Lead', { at, id })) {
        // Refused, or nobody: what comes after this moment.
        if (page.ok) expect(page.value.stamps).toEqual([]);
      }
    }
  });

  it('3: an import asks for the members of one campaign', async () => {
    for (const id of evil) expect(await salesforce.campaignMembers(id)).toMatchObject({ ok: false });
  });

  it('4: HubSpot’s search takes it for a text', async () => {
    const searchFor = async (values: string[]) => {
      const filters = [{ propertyName: 'email', operator: 'IN' as const, values }];
      const page = await hubspot.searchContacts({
        ...{ filterGroups: [{ filters }], properties: ['email'], limit: 100 },
      });
      return expectValue(page).contacts.length;
    };
    expect(await searchFor(['victim@x.example'])).toBe(1);
    expect(await searchFor(evil)).toBe(0);
  });
});

describe('empty IN ()', () => {
  it('4: is never sent: nobody to look for costs no call', async () => {
    const { current } = simulators;
    const before = (await current.salesforce.requests()).total;
    expect(expectValue(await salesforce.findByEmail([], fields))).toEqual([]);
    expect(expectValue(await salesforce.findByEmail(['', ' '], fields))).toEqual([[], []]);
    expect(expectValue(await salesforce.readRecords('Lead', [], ['Email']))).toEqual([]);
    expect(expectValue(await salesforce.updateRecords([]))).toEqual([]);
    expect(expectValue(await salesforce.createRecords([], { autoAssign: false }))).toEqual([]);
    expect((await current.salesforce.requests()).total).toBe(before);
    const asked = (await current.hubspot.requests()).total;
    expect(expectValue(await hubspot.memberships([]))).toEqual([]);
    expect(expectValue(await hubspot.readContacts([], ['email']))).toEqual([]);
    expect((await current.hubspot.requests()).total).toBe(asked);
  });
});
