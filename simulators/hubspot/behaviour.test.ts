import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Signature } from '@hubspot/api-client';
import { afterEach, describe, expect, it } from 'vitest';
import type { HubSpotConfig } from './config.ts';
import { type Bench, startBench } from './testing.ts';

const CONTACTS = '/crm/v3/objects/contacts';
let bench: Bench;
let receiver: Server | undefined;
const folders: string[] = [];

afterEach(async () => {
  await bench.stop();
  receiver?.closeAllConnections();
  receiver?.close();
  receiver = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const open = async (
  config: Partial<HubSpotConfig> = {},
  seed: 'empty' | 'demo' = 'empty',
  folder?: string,
) => {
  bench = await startBench(seed, config, folder ? { folder } : {});
};
const advance = (advanceMs: number) => bench.control('POST', '/clock', { advanceMs });

async function create(properties: Record<string, string>): Promise<string> {
  const answer = await bench.call('POST', CONTACTS, { properties });
  expect(answer.status).toBe(201);
  return String(answer.body.id);
}

interface ListAnswer {
  list: { listId: string; processingStatus: string; size: number; listVersion: number };
}

const containing = (value: string) => ({
  filterBranchType: 'OR',
  filterBranches: [
    {
      filterBranchType: 'AND',
      filters: [
        {
          filterType: 'PROPERTY',
          property: 'email',
          operation: { operationType: 'STRING', operator: 'CONTAINS', value },
        },
      ],
    },
  ],
});

async function createList(name: string, filterBranch: object): Promise<ListAnswer['list']> {
  const body = { name, objectTypeId: '0-1', processingType: 'DYNAMIC', filterBranch };
  return (await bench.call<ListAnswer>('POST', '/crm/v3/lists', body)).body.list;
}
const getList = async (id: string) => (await bench.call<ListAnswer>('GET', `/crm/v3/lists/${id}`)).body.list;

describe('records', () => {
  it('keep their time when a write changes nothing', async () => {
    await open();
    const id = await create({ email: 'same@x.example', city: 'Lund' });
    const before = (await bench.call('GET', `${CONTACTS}/${id}`)).body.updatedAt;
    await advance(60_000);
    await bench.call('PATCH', `${CONTACTS}/${id}`, { properties: { city: 'Lund', email: 'SAME@x.example' } });
    expect((await bench.call('GET', `${CONTACTS}/${id}`)).body.updatedAt).toBe(before);
    await bench.call('PATCH', `${CONTACTS}/${id}`, { properties: { city: '' } });
    const after = await bench.call('GET', `${CONTACTS}/${id}?properties=city&propertiesWithHistory=city`);
    expect(after.body.updatedAt).not.toBe(before);
    expect(after.body).toMatchObject({
      properties: { city: null },
      propertiesWithHistory: { city: [{ value: '' }, { value: 'Lund' }] },
    });
  });

  it('move the lifecycle stage only forward, and append to a multi-select with a leading semicolon', async () => {
    await open();
    const options = ['a', 'b'].map((value) => ({ label: value, value }));
    const property = { name: 'multi', label: 'Multi', type: 'enumeration', fieldType: 'checkbox', options };
    await bench.control('POST', '/schema', { properties: [property] });
    const id = await create({ lifecyclestage: 'customer', multi: 'a' });
    await bench.call('PATCH', `${CONTACTS}/${id}`, { properties: { lifecyclestage: 'lead', multi: ';b' } });
    const read = await bench.call('GET', `${CONTACTS}/${id}?properties=lifecyclestage,multi,nothing`);
    expect(read.body.properties).toMatchObject({ lifecyclestage: 'customer', multi: 'a;b' });
    expect(read.body.properties).not.toHaveProperty('nothing');
  });

  it('create all or nothing in a batch, unless every input has a trace of its own', async () => {
    await open();
    const bad = { properties: { email: 'no address' } };
    const good = (email: string) => ({ properties: { email } });
    expect(
      (await bench.call('POST', `${CONTACTS}/batch/create`, { inputs: [good('a@x.example'), bad] })).status,
    ).toBe(400);
    expect((await bench.call('GET', CONTACTS)).body.results).toEqual([]);
    const inputs = [good('a@x.example'), bad].map((input, index) => ({
      ...input,
      objectWriteTraceId: `t${index}`,
    }));
    const traced = await bench.call('POST', `${CONTACTS}/batch/create`, { inputs });
    expect(traced.status).toBe(207);
    expect(traced.body).toMatchObject({
      numErrors: 1,
      errors: [{ context: { objectWriteTraceId: ['t1'] } }],
    });
  });

  it('that a reset seeded are found at once, whatever the delay', async () => {
    await open({ searchDelayMs: 60_000 });
    await bench.control('POST', '/reset', { seed: 'demo', contacts: 30 });
    const { accessToken } = await bench.control<{ accessToken: string }>('POST', '/tokens', {});
    const answer = await fetch(`${bench.url}${CONTACTS}/search`, {
      ...{ method: 'POST', body: '{}' },
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    });
    expect(await answer.json()).toMatchObject({ total: 30 });
  });

  it('are found by search only after the delay, in the form they had before', async () => {
    await open({ searchDelayMs: 60_000 });
    const id = await create({ email: 'late@x.example' });
    const total = async (value: string) => {
      const filters = [{ propertyName: 'email', operator: 'EQ', value }];
      return (await bench.call('POST', `${CONTACTS}/search`, { filterGroups: [{ filters }] })).body.total;
    };
    expect(await total('late@x.example')).toBe(0);
    await advance(60_000);
    expect(await total('LATE@x.example')).toBe(1);
    await bench.call('PATCH', `${CONTACTS}/${id}`, { properties: { email: 'new@x.example' } });
    expect([await total('late@x.example'), await total('new@x.example')]).toEqual([1, 0]);
    await advance(60_000);
    expect([await total('late@x.example'), await total('new@x.example')]).toEqual([0, 1]);
  });
});

describe('lists', () => {
  it('grow while they are processed, follow changes later, and count versions', async () => {
    await open({ listDelayMs: 5_000, listProcessingMs: 100_000 });
    for (let index = 0; index < 10; index += 1) await create({ email: `p${index}@x.example` });
    await advance(5_000);
    const { listId, processingStatus, size } = await createList('All', containing('@x.example'));
    expect([processingStatus, size]).toEqual(['PROCESSING', 0]);
    await advance(50_000);
    const half = await getList(listId);
    expect(half.processingStatus).toBe('PROCESSING');
    expect(half.size).toBeGreaterThan(0);
    expect(half.size).toBeLessThan(10);
    await advance(50_000);
    expect(await getList(listId)).toMatchObject({ processingStatus: 'COMPLETE', size: 10, listVersion: 1 });
    await create({ email: 'more@x.example' });
    expect((await getList(listId)).size).toBe(10);
    await advance(5_000);
    expect((await getList(listId)).size).toBe(11);
    const filterBranch = containing('p1@');
    const put = await bench.call('PUT', `/crm/v3/lists/${listId}/update-list-filters`, { filterBranch });
    expect(put.body.updatedList).toMatchObject({ processingStatus: 'PROCESSING', listVersion: 2 });
    await advance(100_000);
    expect(await getList(listId)).toMatchObject({ processingStatus: 'COMPLETE', size: 1 });
  });

  it('follow other lists, associated companies and the calendar', async () => {
    await open();
    const id = await create({ email: 'a@x.example' });
    const base = await createList('Base', containing('a@'));
    const inBase = { filterType: 'IN_LIST', listId: base.listId, operator: 'IN_LIST' };
    const young = {
      ...{ filterType: 'PROPERTY', property: 'createdate' },
      operation: {
        operationType: 'ROLLING_DATE_RANGE',
        operator: 'IS_LESS_THAN_X_DAYS_AGO',
        numberOfDays: 7,
      },
    };
    const branch = (filters: object[], filterBranches: object[] = []) => ({
      ...{ filterBranchType: 'OR', filterBranches: [{ filterBranchType: 'AND', filters, filterBranches }] },
    });
    const revenue = { operationType: 'NUMBER', operator: 'IS_GREATER_THAN', value: 100 };
    const ofCompany = {
      ...{
        filterBranchType: 'ASSOCIATION',
        operator: 'IN_LIST',
        objectTypeId: '0-2',
        associationTypeId: 279,
      },
      ...{ associationCategory: 'HUBSPOT_DEFINED' },
      filters: [{ filterType: 'PROPERTY', property: 'annualrevenue', operation: revenue }],
    };
    const lists = [
      await createList('In base', branch([inBase])),
      await createList('Young', branch([young])),
      await createList('Of a large company', branch([], [ofCompany])),
    ];
    await advance(10);
    const sizes = () => Promise.all(lists.map(async ({ listId }) => (await getList(listId)).size));
    expect(await sizes()).toEqual([1, 1, 0]);
    const company = await bench.call('POST', '/crm/v3/objects/companies', {
      properties: { annualrevenue: '50' },
    });
    const path = `/crm/v4/objects/contacts/${id}/associations/default/companies/${company.body.id}`;
    await bench.call('PUT', path);
    await bench.call('PATCH', `/crm/v3/objects/companies/${company.body.id}`, {
      properties: { annualrevenue: '500' },
    });
    expect(await sizes()).toEqual([1, 1, 1]);
    await bench.call('PATCH', `${CONTACTS}/${id}`, { properties: { email: 'b@x.example' } });
    await advance(10);
    expect(await sizes()).toEqual([0, 1, 1]);
    const token = bench.control<{ accessToken: string }>;
    await advance(9 * 86_400_000);
    const { accessToken } = await token('POST', '/tokens', {});
    const answer = await fetch(`${bench.url}/crm/v3/lists/${lists[1]?.listId}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(((await answer.json()) as ListAnswer).list.size).toBe(0);
  });

  it('follow a clock that is moved within a day', async () => {
    await open({ accessTokenSeconds: 86_400 });
    await create({ email: 'hours@x.example' });
    const point = { timeType: 'INDEXED', timezoneSource: 'CUSTOM', zoneId: 'UTC', offset: { hours: -2 } };
    const timePoint = { ...point, indexReference: { referenceType: 'NOW' } };
    const operation = {
      ...{ operationType: 'TIME_POINT', operator: 'IS_BEFORE', endpointBehavior: 'EXCLUSIVE', timePoint },
      includeObjectsWithNoValueSet: false,
    };
    const filter = { filterType: 'PROPERTY', property: 'createdate', operation };
    const filterBranch = {
      filterBranchType: 'OR',
      filterBranches: [{ filterBranchType: 'AND', filters: [filter] }],
    };
    const { listId } = await createList('Two hours old', filterBranch);
    await advance(3_600_000);
    expect((await getList(listId)).size).toBe(0);
    await advance(3_700_000);
    expect((await getList(listId)).size).toBe(1);
  });

  it('see what a contact did: forms sent, how often and when', async () => {
    await open();
    const id = await create({ email: 'active@x.example' });
    const filled = (more: object) => ({
      ...{ filterBranchType: 'OR' },
      filterBranches: [
        { filterBranchType: 'AND', filters: [{ filterType: 'FORM_SUBMISSION', formId: 'f1', ...more }] },
      ],
    });
    const week = { amount: 7, timeUnit: 'DAYS', offsetDirection: 'PAST' };
    const recent = { type: 'RELATIVE_COMPARATIVE', comparison: 'AFTER', timeOffset: week };
    const twice = { type: 'NUM_OCCURRENCES', minOccurrences: 2 };
    const lists = [
      await createList('Sent', filled({ operator: 'FILLED_OUT' })),
      await createList('Never sent', filled({ operator: 'NOT_FILLED_OUT' })),
      await createList('Twice', filled({ operator: 'FILLED_OUT', coalescingRefineBy: twice })),
      await createList('Lately', filled({ operator: 'FILLED_OUT', pruningRefineBy: recent })),
    ];
    const sizes = () => Promise.all(lists.map(async ({ listId }) => (await getList(listId)).size));
    const send = (at: number) =>
      bench.control('POST', '/activities', { contactId: id, filterType: 'FORM_SUBMISSION', id: 'f1', at });
    await advance(10);
    expect(await sizes()).toEqual([0, 1, 0, 0]);
    await send(Date.now() - 30 * 86_400_000);
    expect(await sizes()).toEqual([1, 0, 0, 0]);
    await send(Date.now() - 1_000);
    expect(await sizes()).toEqual([1, 0, 1, 1]);
  });

  it('page their members upward and downward, by id and by the time of joining', async () => {
    await open();
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.push(await create({ email: `m${index}@x.example` }));
    const made = await bench.call<ListAnswer>('POST', '/crm/v3/lists', {
      ...{ name: 'Hand', objectTypeId: '0-1', processingType: 'MANUAL' },
    });
    const base = `/crm/v3/lists/${made.body.list.listId}/memberships`;
    for (const id of [ids[3], ids[0], ids[4], ids[1], ids[2]]) {
      await bench.call('PUT', `${base}/add`, [id]);
      await advance(1_000);
    }
    interface Page {
      results: { recordId: string }[];
      paging?: { next?: { after: string }; prev?: { before: string } };
    }
    const walk = async (path: string) => {
      const seen: string[] = [];
      for (let after = ''; ; ) {
        const page = await bench.call<Page>('GET', `${path}?limit=2${after}`);
        seen.push(...page.body.results.map((each) => each.recordId));
        if (!page.body.paging?.next) return seen;
        after = `&after=${page.body.paging.next.after}`;
      }
    };
    expect(await walk(base)).toEqual(ids);
    expect(await walk(`${base}/join-order`)).toEqual([ids[3], ids[0], ids[4], ids[1], ids[2]]);
    const down = await bench.call<Page>('GET', `${base}?limit=2&before=${ids[3]}`);
    expect(down.body.results.map((each) => each.recordId)).toEqual([ids[2], ids[1]]);
    expect(down.body.paging?.prev?.before).toBe(ids[1]);
  });
});

describe('an uninstall', () => {
  it('ends every token of the app in the account', async () => {
    await open();
    expect((await bench.call('DELETE', '/appinstalls/v3/external-install')).status).toBe(204);
    expect((await bench.call('GET', CONTACTS)).status).toBe(401);
    const fields = { client_id: 'segbridge-hubspot', client_secret: 'simulated-hubspot-app-secret' };
    const again = { grant_type: 'refresh_token', refresh_token: bench.refreshToken, ...fields };
    expect((await bench.form('/oauth/2026-03/token', again)).status).toBe(400);
  });
});

describe('rate limits', () => {
  it('are told in headers, and enforced when switched on, search apart', async () => {
    await open({ rateLimits: true, rateLimitTenSecondly: 3, rateLimitSearchPerSecond: 2, dailyApiLimit: 8 });
    const first = await bench.call('GET', CONTACTS);
    expect(first.headers.get('x-hubspot-ratelimit-remaining')).toBe('2');
    expect(first.headers.get('x-hubspot-ratelimit-daily-remaining')).toBe('7');
    for (let count = 0; count < 2; count += 1) await bench.call('GET', CONTACTS);
    const general = await bench.call('GET', CONTACTS);
    expect([general.status, general.body.policyName]).toEqual([429, 'TEN_SECONDLY_ROLLING']);
    const search = () => bench.call('POST', `${CONTACTS}/search`, {});
    expect((await search()).headers.get('x-hubspot-ratelimit-max')).toBeNull();
    await search();
    const refused = await search();
    expect([refused.status, refused.body.message, refused.body.policyName]).toEqual([
      ...[429, 'You have reached your secondly limit.', undefined],
    ]);
    await advance(11_000);
    expect((await bench.call('GET', CONTACTS)).status).toBe(200);
    expect((await bench.call('GET', CONTACTS)).body.policyName).toBe('DAILY');
  });
});

describe('webhooks', () => {
  interface Delivery {
    headers: IncomingHttpHeaders;
    body: string;
  }

  const receive = async (answer: () => number) => {
    const got: Delivery[] = [];
    let arrived = () => {};
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        got.push({ headers: request.headers, body });
        response.writeHead(answer()).end();
        arrived();
      });
    });
    await new Promise<void>((resolve) => receiver?.listen(0, '127.0.0.1', resolve));
    const address = receiver.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hooks?a=1`;
    const atLeast = async (count: number) => {
      while (got.length < count) await new Promise<void>((resolve) => (arrived = resolve));
    };
    return { url, got, atLeast };
  };

  it('deliver signed batches, and again after a failure', async () => {
    let status = 500;
    const { url, got, atLeast } = await receive(() => status);
    await open({ webhookUrl: url });
    const id = await create({ email: 'hook@x.example' });
    await atLeast(1);
    status = 200;
    await advance(86_400_000);
    await atLeast(2);
    const [first, second] = got.map(({ body }) => JSON.parse(body) as Record<string, unknown>[]);
    const creation = first?.find((event) => event.subscriptionType === 'contact.creation');
    expect(creation).toMatchObject({
      ...{ objectId: Number(id), portalId: 147893286, changeFlag: 'CREATED', attemptNumber: 0 },
      ...{ changeSource: 'INTEGRATION', sourceId: '16111050' },
    });
    expect(second?.[0]?.attemptNumber).toBe(1);
    const secret = 'simulated-hubspot-app-secret';
    const headers = got[0]?.headers ?? {};
    const timestamp = Number(headers['x-hubspot-request-timestamp']);
    const signed = { clientSecret: secret, requestBody: got[0]?.body ?? '', url, timestamp, signature: '' };
    expect(Signature.getSignature('POST', 'v3', signed)).toBe(headers['x-hubspot-signature-v3']);
  });

  it('wait over a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hubspot-'));
    folders.push(folder);
    let status = 500;
    const { url, got, atLeast } = await receive(() => status);
    await open({ webhookUrl: url }, 'empty', folder);
    await create({ email: 'later@x.example' });
    await atLeast(1);
    await bench.stop();
    status = 200;
    await open({ webhookUrl: url }, 'empty', folder);
    await advance(86_400_000);
    await atLeast(2);
    expect(got.at(-1)?.body).toContain('later@x.example');
  });

  it('are sent only as many at once as the app allows', async () => {
    let underWay = 0;
    let most = 0;
    const done: string[] = [];
    let arrived = () => {};
    receiver = createServer(async (request, response) => {
      underWay += 1;
      most = Math.max(most, underWay);
      for await (const _ of request);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      done.push('');
      response.end();
      arrived();
    });
    await new Promise<void>((resolve) => receiver?.listen(0, '127.0.0.1', resolve));
    const address = receiver.address();
    const targetUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hooks`;
    await open({ webhookDelayMs: 1_000 });
    const app = '/webhooks/v3/16111050';
    const throttling = { maxConcurrentRequests: 2 };
    expect((await bench.call('PUT', `${app}/settings`, { targetUrl, throttling })).status).toBe(200);
    const subscription = { eventType: 'contact.creation', active: true };
    await bench.call('POST', `${app}/subscriptions`, subscription);
    for (let first = 0; first < 500; first += 100) {
      const inputs = Array.from({ length: 100 }, (_, at) => ({
        properties: { email: `many${first + at}@x.example` },
      }));
      await bench.call('POST', `${CONTACTS}/batch/create`, { inputs });
    }
    await advance(1_000);
    while (done.length < 5) await new Promise<void>((resolve) => (arrived = resolve));
    expect(most).toBe(2);
  });
});

describe('the state', () => {
  it('is there after a restart: records, lists, tokens, settings, the moved clock', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hubspot-'));
    folders.push(folder);
    await open({}, 'empty', folder);
    const id = await create({ email: 'stays@x.example' });
    const { listId } = await createList('Stays', containing('stays'));
    await advance(3_600_000);
    const { accessToken } = await bench.control<{ accessToken: string }>('POST', '/tokens', {});
    await bench.control('POST', '/config', { planListLimit: 7 });
    await bench.stop();
    await open({}, 'empty', folder);
    const config = await bench.control<{ planListLimit: number; now: string }>('GET', '/config');
    expect(config.planListLimit).toBe(7);
    expect(Date.parse(config.now)).toBeGreaterThan(Date.now() + 3_500_000);
    const answer = await fetch(`${bench.url}${CONTACTS}/${id}`, {
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
    const { lists } = (await bench.call<Found>('POST', '/crm/lists/2026-03/search', { count: 100 })).body;
    const sizes = Object.fromEntries(
      lists.map((list) => [list.name, Number(list.additionalProperties.hs_list_size)]),
    );
    expect(lists.filter((list) => list.processingType === 'DYNAMIC')).toHaveLength(10);
    expect(lists.filter((list) => list.processingType === 'MANUAL')).toHaveLength(4);
    expect(sizes['Sales-ready contacts, EMEA and US']).toBe(500);
    expect([Math.min(...Object.values(sizes)), Math.max(...Object.values(sizes))]).toEqual([0, 2_500]);
    expect(sizes['Everyone in the database']).toBe(2_500);
    const config = await bench.control<{ accounts: { members: { superAdmin: boolean }[] }[] }>(
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
      const page = (await bench.call<Page>('POST', '/crm/lists/2026-09/all', body)).body;
      ids.push(...page.lists.map(({ listId }) => listId));
      after = page.paging?.next.after;
    } while (after);
    expect(ids).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    const owners = async (query: string) =>
      (await bench.call<{ results: object[] }>('GET', `/crm/v3/owners${query}`)).body.results;
    expect(await owners('?archived=true')).toMatchObject([
      { id: '83104177', archived: true, userId: null, userIdIncludingInactive: 60342691 },
    ]);
    const emea = { id: '5501871', name: 'Sales EMEA', primary: true };
    expect(await owners('?email=ines.carvalho@northwind.example')).toMatchObject([{ teams: [emea] }]);
    const given = { properties: { hubspot_owner_id: '83104177' } };
    expect((await bench.call('POST', CONTACTS, given)).body.message).toContain('INVALID_OWNER_ID');
  });

  it('lets a person edit a contact in the browser', async () => {
    await open({}, 'demo');
    const page = await (await fetch(`${bench.url}/contacts?q=anneliese`)).text();
    const address = /href="(\/contacts\/147893286\/record\/0-1\/\d+)"/.exec(page)?.[1] ?? '';
    const form = await (await fetch(`${bench.url}${address}`)).text();
    expect(form).toContain('name="lastname"');
    const saved = await bench.form(address, { lastname: '<Meyer> & Söhne', action: 'save' });
    expect(saved.status).toBe(303);
    expect(await (await fetch(`${bench.url}${address}`)).text()).toContain(
      'value="&lt;Meyer&gt; &amp; Söhne"',
    );
    const refused = await bench.form(address, { email: 'no address', action: 'save' });
    expect(refused.status).toBe(400);
  });
});
