import { beforeEach, describe, expect, it } from 'vitest';
import { accessWith, expectValue } from '#lib/testing/crm.ts';
import { type Simulator, testSimulators } from '#lib/testing/simulators.ts';
import type { HubSpotList, HubSpotPort } from '../ports.ts';
import { createHubSpot } from './index.ts';

const simulators = testSimulators();
let simulator: Simulator;
let token: string;
let hubspot: HubSpotPort;

beforeEach(async () => {
  simulator = simulators.current.hubspot;
  await simulator.reset();
  // Search sees what was just seeded only after a while.
  await simulator.clock(60_000);
  token = (await simulator.tokens()).accessToken;
  hubspot = createHubSpot(accessWith(simulator.url, [token]));
});

async function countOf(key: string): Promise<number> {
  return (await simulator.requests()).counts[key] ?? 0;
}

async function allLists(): Promise<HubSpotList[]> {
  const lists: HubSpotList[] = [];
  for await (const page of hubspot.lists()) lists.push(...expectValue(page));
  return lists;
}

async function someIds(count: number): Promise<string[]> {
  const list = (await allLists()).find(({ size }) => (size ?? 0) >= count);
  const ids: string[] = [];
  for (let after: string | null = null; ids.length < count; ) {
    const page: { ids: string[]; after: string | null } = expectValue(
      await hubspot.members(list?.listId ?? '', after),
    );
    ids.push(...page.ids);
    after = page.after;
  }
  return ids.slice(0, count);
}

const filters = {
  filterBranchType: 'OR',
  filters: [],
  filterBranches: [
    {
      filterBranchType: 'AND',
      filterBranches: [],
      filters: [
        {
          filterType: 'PROPERTY',
          property: 'email',
          operation: { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN' },
        },
      ],
    },
  ],
};
const newList = { name: 'Trial', objectTypeId: '0-1', processingType: 'DYNAMIC', filterBranch: filters };

describe('the account', () => {
  it('tells who it is, its properties and its owners', async () => {
    expect(expectValue(await hubspot.account())).toEqual({
      ...{ hubId: '147893286', timeZone: 'Europe/Berlin', uiDomain: 'app-eu1.hubspot.com' },
    });
    expect(expectValue(await hubspot.countContacts())).toBe(2_500);
    const properties = new Map(expectValue(await hubspot.properties()).map((each) => [each.name, each]));
    expect(properties.get('email')).toMatchObject({ type: 'string', readOnly: false });
    expect(properties.get('createdate')).toMatchObject({ type: 'datetime', readOnly: true });
    expect(properties.get('lifecyclestage')?.options.map(({ value }) => value)).toContain(
      'salesqualifiedlead',
    );
    expect(expectValue(await hubspot.owners())[0]).toMatchObject({
      email: 'maya.lindqvist@northwind.example',
      active: true,
    });
  });
});

describe('properties', () => {
  const group = { name: 'trial', label: 'Trial' };
  const option = (value: string) => ({ value, label: value.toUpperCase(), hidden: value === 'old' });
  const wanted = {
    ...{ name: 'trial_stage', label: 'Stage', type: 'enumeration', fieldType: 'select', groupName: 'trial' },
    ...{ description: 'What a trial is', options: [option('new'), option('old')] },
  };

  it('are made in a group that exists, once', async () => {
    expect(await hubspot.createProperty(wanted)).toMatchObject({ failure: { category: 'values' } });
    expect(await hubspot.createPropertyGroup(group)).toEqual({ ok: true, value: undefined });
    expect(expectValue(await hubspot.createProperty(wanted))).toMatchObject({ ...wanted, readOnly: false });
    const known = expectValue(await hubspot.properties());
    expect(known.find(({ name }) => name === 'trial_stage')).toMatchObject(wanted);
    for (const again of [await hubspot.createPropertyGroup(group), await hubspot.createProperty(wanted)]) {
      expect(again).toMatchObject({ failure: { kind: 'rejected', category: 'duplicates' } });
    }
  });
});

describe('reading contacts', () => {
  it('keeps the order asked over batches, and null for an id that HubSpot does not know', async () => {
    const ids = await someIds(230);
    const asked = [...ids.slice(0, 120), '999999999', ...ids.slice(120), ids[0] ?? ''];
    const before = await countOf('POST /crm/v3/objects/contacts/batch/read');
    const contacts = expectValue(await hubspot.readContacts(asked, ['email', 'no_such_property']));
    expect(contacts.map((contact) => contact?.id ?? '999999999')).toEqual(asked);
    expect(contacts[0]?.values).toHaveProperty('email');
    expect(contacts[0]?.values).not.toHaveProperty('no_such_property');
    expect((await countOf('POST /crm/v3/objects/contacts/batch/read')) - before).toBe(3);
  });

  it('follows a contact that was merged into another', async () => {
    const [survivor = '', loser = ''] = await someIds(2);
    const merged = await fetch(`${simulator.url}/crm/v3/objects/contacts/merge`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ primaryObjectId: survivor, objectIdToMerge: loser }),
    });
    expect(merged.status).toBe(200);
    const { id } = (await merged.json()) as { id: string };
    const contacts = expectValue(await hubspot.readContacts([loser, survivor], ['email']));
    expect(contacts.map((contact) => contact?.id)).toEqual([id, id]);
  });

  it('tells what a property held and when, newest first, 50 contacts a call', async () => {
    const ids = await someIds(70);
    const [id = ''] = ids;
    const write = async (values: Record<string, string | null>) => {
      expectValue(await hubspot.updateContacts([{ id, values }]));
      await simulator.clock(5_000);
    };
    await write({ jobtitle: 'Head', city: 'Lund' });
    await write({ jobtitle: null });
    await write({ city: 'Malmö' });
    const before = await countOf('POST /crm/v3/objects/contacts/batch/read');
    const asked = [...ids, '999999999'];
    const histories = expectValue(await hubspot.readHistory(asked, ['jobtitle', 'city', 'no_such_property']));
    expect((await countOf('POST /crm/v3/objects/contacts/batch/read')) - before).toBe(2);
    expect(histories).toHaveLength(71);
    expect(histories[70]).toBeNull();
    const { jobtitle = [], city = [], ...others } = histories[0] ?? {};
    expect(others).toEqual({});
    expect(jobtitle.slice(0, 2)).toMatchObject([{ value: null }, { value: 'Head', source: 'INTEGRATION' }]);
    expect(city.slice(0, 2)).toMatchObject([{ value: 'Malmö' }, { value: 'Lund' }]);
    const at = (position: number, of: typeof city) => of[position]?.at.getTime() ?? 0;
    expect(at(0, jobtitle) - at(1, jobtitle)).toBeGreaterThanOrEqual(5_000);
    expect(at(0, city) - at(0, jobtitle)).toBeGreaterThanOrEqual(5_000);
  });

  it('searches page by page', async () => {
    const search = { filterGroups: [], properties: ['email'], limit: 200 };
    const first = expectValue(await hubspot.searchContacts(search));
    const second = expectValue(await hubspot.searchContacts({ ...search, after: first.after ?? '' }));
    expect([first.total, first.contacts.length, second.contacts.length]).toEqual([2_500, 200, 200]);
    expect(second.contacts[0]?.id).not.toBe(first.contacts[0]?.id);
  });
});

describe('writing contacts', () => {
  it('gives each input its outcome, bad ones among good ones', async () => {
    const [taken] = expectValue(await hubspot.readContacts(await someIds(1), ['email']));
    const outcomes = expectValue(
      await hubspot.createContacts([
        { traceId: 'a', values: { email: 'a@trial.example', firstname: 'Ada' } },
        { traceId: 'b', values: { email: taken?.values.email ?? '' } },
        { traceId: 'c', values: { email: 'no address' } },
        { traceId: 'd', values: { email: 'd@trial.example', lifecyclestage: 'no stage' } },
        { traceId: 'e', values: { email: 'e@trial.example' } },
      ]),
    );
    expect(outcomes.map((each) => (each.ok ? each.value.values.email : each.failure))).toMatchObject([
      'a@trial.example',
      { category: 'duplicates', message: `Contact already exists. Existing ID: ${taken?.id}` },
      { category: 'values', code: 'INVALID_EMAIL', fields: ['email'] },
      { category: 'values', code: 'INVALID_OPTION', fields: ['lifecyclestage'] },
      'e@trial.example',
    ]);
    expect((await simulator.requests()).writes.created).toBe(2);
  });

  it('halves a batch that HubSpot refuses as a whole until the bad input stands alone', async () => {
    const ids = await someIds(8);
    const bad = { status: 'error', category: 'VALIDATION_ERROR', message: 'one of these is wrong' };
    // The whole, the first half and its first quarter are refused; the rest meets HubSpot itself.
    await simulator.faults([
      { path: '/crm/v3/objects/contacts/batch/update', status: 400, body: bad, times: 4 },
    ]);
    const outcomes = expectValue(
      await hubspot.updateContacts(ids.map((id) => ({ id, values: { jobtitle: 'Trial' } }))),
    );
    expect(outcomes.map(({ ok }) => ok)).toEqual([false, true, true, true, true, true, true, true]);
    expect(await countOf('POST /crm/v3/objects/contacts/batch/update')).toBe(7);
  });

  it('clears a value, tells an unknown contact and a read-only property', async () => {
    const [id = '', other = ''] = await someIds(2);
    const outcomes = expectValue(
      await hubspot.updateContacts([
        { id, values: { firstname: 'Zed', jobtitle: null } },
        { id: '99999999', values: { firstname: 'x' } },
        { id: other, values: { createdate: '2020-01-01T00:00:00Z' } },
      ]),
    );
    expect(outcomes.map((each) => each.ok || each.failure.kind)).toEqual([true, 'notFound', 'rejected']);
    const [contact] = expectValue(await hubspot.readContacts([id], ['firstname', 'jobtitle']));
    expect(contact?.values).toMatchObject({ firstname: 'Zed', jobtitle: null });
  });
});

describe('lists', () => {
  it('are all read, with their sizes, and single ones with their filters untouched', async () => {
    const lists = await allLists();
    expect(lists.length).toBeGreaterThanOrEqual(14);
    const sales = lists.find(({ name }) => name.startsWith('Sales-ready'));
    expect(sales?.size).toBeGreaterThan(400);
    expect(expectValue(await hubspot.list(sales?.listId ?? ''))).toEqual(sales);
    const { filterBranch } = expectValue(await hubspot.listWithFilters(sales?.listId ?? ''));
    expect(filterBranch).toMatchObject({
      filterBranchType: 'OR',
      filterBranches: [{ filterBranchType: 'AND' }],
    });
    expect(await hubspot.list('987654')).toEqual({ ok: false, failure: { kind: 'notFound' } });
  });

  it('are made, renamed, edited, deleted and restored', async () => {
    const made = expectValue(await hubspot.createList(newList));
    expect(made).toMatchObject({ name: 'Trial', processingStatus: 'PROCESSING', version: 1 });
    expect(await hubspot.createList(newList)).toMatchObject({
      failure: { code: 'ILS.DUPLICATE_LIST_NAMES' },
    });
    expect(expectValue(await hubspot.renameList(made.listId, 'Trial & error')).name).toBe('Trial & error');
    expect(expectValue(await hubspot.updateListFilters(made.listId, filters)).version).toBe(2);
    expectValue(await hubspot.deleteList(made.listId));
    expect(await hubspot.renameList(made.listId, 'x')).toMatchObject({ ok: false });
    expectValue(await hubspot.restoreList(made.listId));
    expect(expectValue(await hubspot.list(made.listId)).deletedAt).toBeNull();
  });

  it('tell when each member was added, by id and in the order of joining, and go on from a cursor', async () => {
    const list = expectValue(await hubspot.createList({ ...newList, name: 'By date' }));
    await simulator.clock(60_000);
    const timesOf = async (order: 'id' | 'join', after: string | null) =>
      expectValue(await hubspot.membersWithTimes(list.listId, { order, after }));
    const first = await timesOf('id', null);
    expect(first.members).toHaveLength(250);
    const ids = first.members.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => Number(a) - Number(b)));
    let [led, page] = [null as string | null, await timesOf('join', null)];
    while (page.after !== null) [led, page] = [page.after, await timesOf('join', page.after)];
    await simulator.clock(60_000);
    const trial = { traceId: 'x', values: { email: 'late@joiner.example' } };
    const [created] = expectValue(await hubspot.createContacts([trial]));
    const late = created ? expectValue(created) : null;
    await simulator.clock(60_000);
    const last = (await timesOf('join', led)).members.at(-1);
    expect(last?.id).toBe(late?.id);
    expect(last?.at.getTime()).toBeGreaterThan(page.members.at(-1)?.at.getTime() ?? 0);
  });

  it('tell their members in pages of 250, and each contact’s lists in the order asked', async () => {
    const lists = await allLists();
    const sales = lists.find(({ name }) => name.startsWith('Sales-ready'));
    const page = expectValue(await hubspot.members(sales?.listId ?? '', null));
    expect(page.ids).toHaveLength(250);
    const asked = [...page.ids.slice(0, 149), '999999999', page.ids[0] ?? ''];
    const memberships = expectValue(await hubspot.memberships(asked));
    expect(memberships).toHaveLength(151);
    expect(memberships[149]).toEqual([]);
    expect(memberships[150]).toEqual(memberships[0]);
    for (const of of memberships.slice(0, 149)) expect(of).toContain(sales?.listId);
    expect(await countOf('POST /crm/v3/lists/records/memberships/batch/read')).toBe(2);
  });
});
