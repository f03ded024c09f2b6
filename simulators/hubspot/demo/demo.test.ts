import { describe, expect, it } from 'vitest';
import { benchPerTest, containing } from '../testing.ts';

const CONTACTS = '/crm/v3/objects/contacts';
const scene = benchPerTest();
const { open, advance, create, createList, getList } = scene;

describe('the state', () => {
  it('is there after a restart: records, lists, tokens, settings, the moved clock', async () => {
    const folder = scene.newFolder();
    await open({}, 'empty', folder);
    const id = await create({ email: 'stays@x.example' });
    const { listId } = await createList('Stays', containing('stays'));
    await advance(3_600_000);
    const { accessToken } = await scene.bench.control<{ accessToken: string }>('POST', '/tokens', {});
    await scene.bench.control('POST', '/config', { planListLimit: 7 });
    await scene.bench.stop();
    await open({}, 'empty', folder);
    const config = await scene.bench.control<{ planListLimit: number; now: string }>('GET', '/config');
    expect(config.planListLimit).toBe(7);
    expect(Date.parse(config.now)).toBeGreaterThan(Date.now() + 3_500_000);
    const answer = await fetch(`${scene.bench.url}${CONTACTS}/${id}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(answer.status).toBe(200);
    expect((await getList(listId)).size).toBe(1);
  });
});

describe('the demo', () => {
  it('has ten active segments from nobody to everybody, four static ones, and two accounts', async () => {
    await open({}, 'demo');
    interface Found {
      lists: { name: string; processingType: string; additionalProperties: { hs_list_size: string } }[];
    }
    const { lists } = (await scene.bench.call<Found>('POST', '/crm/lists/2026-03/search', { count: 100 }))
      .body;
    const sizes = Object.fromEntries(
      lists.map((list) => [list.name, Number(list.additionalProperties.hs_list_size)]),
    );
    expect(lists.filter((list) => list.processingType === 'DYNAMIC')).toHaveLength(10);
    expect(lists.filter((list) => list.processingType === 'MANUAL')).toHaveLength(4);
    expect(sizes['Sales-ready contacts, EMEA and US']).toBe(500);
    expect([Math.min(...Object.values(sizes)), Math.max(...Object.values(sizes))]).toEqual([0, 2_500]);
    expect(sizes['Everyone in the database']).toBe(2_500);
    const config = await scene.bench.control<{ accounts: { members: { superAdmin: boolean }[] }[] }>(
      'GET',
      '/config',
    );
    expect(config.accounts.map((account) => account.members.map((member) => member.superAdmin))).toEqual([
      ...[[true, true, false], [true]],
    ]);
  });

  it('pages through all lists by id behind a cursor, and shows owners who left and their teams', async () => {
    await open({}, 'demo');
    interface Page {
      lists: { listId: string; additionalProperties: { hs_list_size?: string } }[];
      paging?: { next: { after: string } };
    }
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const body = { count: 4, after, objectTypeId: '0-1', processingTypes: ['DYNAMIC'] };
      const page = (await scene.bench.call<Page>('POST', '/crm/lists/2026-09/all', body)).body;
      ids.push(...page.lists.map(({ listId }) => listId));
      after = page.paging?.next.after;
    } while (after);
    expect(ids).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    const owners = async (query: string) =>
      (await scene.bench.call<{ results: object[] }>('GET', `/crm/v3/owners${query}`)).body.results;
    expect(await owners('?archived=true')).toMatchObject([
      { id: '83104177', archived: true, userId: null, userIdIncludingInactive: 60342691 },
    ]);
    const emea = { id: '5501871', name: 'Sales EMEA', primary: true };
    expect(await owners('?email=ines.carvalho@northwind.example')).toMatchObject([{ teams: [emea] }]);
    const given = { properties: { hubspot_owner_id: '83104177' } };
    expect((await scene.bench.call('POST', CONTACTS, given)).body.message).toContain('INVALID_OWNER_ID');
  });

  it('has as many segments as are asked for, beyond what a plan usually allows', async () => {
    await open({}, 'demo');
    await scene.bench.control('POST', '/reset', { seed: 'demo', contacts: 3, segments: 1_010 });
    const body = { query: 'Campaign audience', count: 1, offset: 0 };
    const { accessToken } = await scene.bench.control<{ accessToken: string }>('POST', '/tokens', {});
    const found = await fetch(`${scene.bench.url}/crm/v3/lists/search`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(await found.json()).toMatchObject({ total: 1_010 });
  });

  it('lets a person edit a contact in the browser', async () => {
    await open({}, 'demo');
    const page = await (await fetch(`${scene.bench.url}/contacts?q=anneliese`)).text();
    const address = /href="(\/contacts\/147893286\/record\/0-1\/\d+)"/.exec(page)?.[1] ?? '';
    const form = await (await fetch(`${scene.bench.url}${address}`)).text();
    expect(form).toContain('name="lastname"');
    const saved = await scene.bench.form(address, { lastname: '<Meyer> & Söhne', action: 'save' });
    expect(saved.status).toBe(303);
    expect(await (await fetch(`${scene.bench.url}${address}`)).text()).toContain(
      'value="&lt;Meyer&gt; &amp; Söhne"',
    );
    const refused = await scene.bench.form(address, { email: 'no address', action: 'save' });
    expect(refused.status).toBe(400);
  });
});
