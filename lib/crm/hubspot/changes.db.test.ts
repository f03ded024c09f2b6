import { beforeEach, describe, expect, it } from 'vitest';
import { accessWith, expectValue } from '#lib/testing/crm.ts';
import { type Simulator, testSimulators } from '#lib/testing/simulators.ts';
import type { ContactStamp, HubSpotPort } from '../ports.ts';
import { createHubSpot } from './index.ts';

const simulators = testSimulators();
let simulator: Simulator;
let hubspot: HubSpotPort;
let token: string;

beforeEach(async () => {
  simulator = simulators.current.hubspot;
  await simulator.reset();
  await simulator.clock(60_000);
  token = (await simulator.tokens()).accessToken;
  hubspot = createHubSpot(accessWith(simulator.url, [token]));
});

const beginning = { at: new Date(0), id: '0' };

async function pagesSince(since: ContactStamp): Promise<ContactStamp[][]> {
  const pages: ContactStamp[][] = [];
  for await (const page of hubspot.changedContacts(since)) pages.push(expectValue(page));
  return pages;
}
const idsSince = async (since: ContactStamp) => (await pagesSince(since)).flat().map(({ id }) => id);
const keyOf = ({ at, id }: ContactStamp) => `${at.getTime()} ${id.padStart(20, '0')}`;

/** The whole account, as reading by id gives it. */
async function everybody(): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const url = `${simulator.url}/crm/v3/objects/contacts?limit=100${after ? `&after=${after}` : ''}`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const page = (await answer.json()) as {
      results: { id: string }[];
      paging?: { next: { after: string } };
    };
    ids.push(...page.results.map(({ id }) => id));
    if (!page.paging) return ids;
    after = page.paging.next.after;
  }
}

async function touch(id: string, city: string): Promise<void> {
  expectValue(await hubspot.updateContacts([{ id, values: { city } }]));
}

describe('changes', () => {
  it('are found from the beginning: everybody once, in the order of the cursor', async () => {
    const all = (await pagesSince(beginning)).flat();
    expect(all.map(({ id }) => id).sort()).toEqual((await everybody()).sort());
    const keys = all.map(keyOf);
    expect(keys).toEqual([...keys].sort());
  });

  it('are found from any cursor on: exactly what comes after it', async () => {
    const all = (await pagesSince(beginning)).flat();
    for (const position of [1_234, all.length - 1]) {
      const cursor = all[position] ?? beginning;
      expect(await idsSince(cursor)).toEqual(all.slice(position + 1).map(({ id }) => id));
    }
  });

  it('are single changes, seen once search knows of them', async () => {
    const newest = (await pagesSince(beginning)).flat().at(-1) ?? beginning;
    const [one = '', two = ''] = await everybody();
    await touch(two, 'Lund');
    await simulator.clock(1_000);
    await touch(one, 'Malmö');
    await simulator.clock(60_000);
    expect(await idsSince(newest)).toEqual([two, one]);
  });

  it('end with the failure when HubSpot fails', async () => {
    const body = { status: 'error', category: 'VALIDATION_ERROR', message: 'no' };
    await simulator.faults([{ path: '/crm/v3/objects/contacts/search', status: 400, body, times: 1 }]);
    const pages = [];
    for await (const page of hubspot.changedContacts(beginning)) pages.push(page);
    expect(pages).toMatchObject([{ ok: false, failure: { kind: 'rejected' } }]);
  });
});

describe('archiving and merging', () => {
  it('puts contacts into the bin, a hundred a call; one that is there already is a success', async () => {
    const ids = (await everybody()).slice(0, 130);
    const outcomes = expectValue(await hubspot.archiveContacts(ids));
    expect(outcomes).toHaveLength(130);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    const { counts, writes } = await simulator.requests();
    expect([counts['POST /crm/v3/objects/contacts/batch/archive'], writes.deleted]).toEqual([2, 130]);
    expect(expectValue(await hubspot.readContacts(ids.slice(0, 2), []))).toEqual([null, null]);
    expect(expectValue(await hubspot.archiveContacts(ids.slice(0, 1)))).toMatchObject([{ ok: true }]);
  });

  it('halves a batch that HubSpot refuses as a whole', async () => {
    const ids = (await everybody()).slice(0, 4);
    const body = { status: 'error', category: 'VALIDATION_ERROR', message: 'one of these is wrong' };
    const path = '/crm/v3/objects/contacts/batch/archive';
    // The whole, the first half and its first contact.
    await simulator.faults([{ path, status: 400, body, times: 3 }]);
    const outcomes = expectValue(await hubspot.archiveContacts(ids));
    expect(outcomes.map(({ ok }) => ok)).toEqual([false, true, true, true]);
  });

  it('tells what a contact became by merges', async () => {
    const [survivor = '', loser = '', other = ''] = await everybody();
    const merged = await fetch(`${simulator.url}/crm/v3/objects/contacts/merge`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ primaryObjectId: survivor, objectIdToMerge: loser }),
    });
    const { id } = (await merged.json()) as { id: string };
    const infos = expectValue(await hubspot.mergeInfo([loser, other, survivor, '999999999']));
    expect(infos.map((info) => info?.id ?? null)).toEqual([id, other, id, null]);
    expect(infos[0]?.mergedIds).toEqual(expect.arrayContaining([loser]));
    expect(infos[1]?.mergedIds).toEqual([]);
  });
});
