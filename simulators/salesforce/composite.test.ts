import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestOrg, type TestOrg } from './testing.ts';

const BASE = '/services/data/v66.0';
let t: TestOrg;

beforeAll(async () => {
  t = await startTestOrg();
});
afterAll(() => t.org.stop());
beforeEach(() => t.control('POST', 'reset', { seed: 'empty' }));

const account = {
  method: 'POST',
  url: `${BASE}/sobjects/Account`,
  referenceId: 'acc',
  body: { Name: 'Holm' },
};
const contact = (body: object) => ({
  method: 'POST',
  url: `${BASE}/sobjects/Contact`,
  referenceId: 'con',
  body: { AccountId: '@{acc.id}', ...body },
});
const count = async (object: string) =>
  (await t.call('GET', `query?q=SELECT+count()+FROM+${object}`)).json.totalSize;

describe('composite', () => {
  it('runs parts with references', async () => {
    const query = {
      method: 'GET',
      url: `${BASE}/query?q=SELECT+Name,Account.Name+FROM+Contact+WHERE+Id='@{con.id}'`,
      referenceId: 'q',
    };
    const { json } = await t.call('POST', 'composite', {
      allOrNone: true,
      compositeRequest: [account, contact({ LastName: 'A' }), query],
    });
    const [first, , last] = json.compositeResponse;
    expect(first).toMatchObject({ httpStatusCode: 201, referenceId: 'acc', body: { success: true } });
    expect(first.httpHeaders.Location).toBe(`${BASE}/sobjects/Account/${first.body.id}`);
    expect(last.body.records[0].Account.Name).toBe('Holm');
  });

  it('rolls back when one part of allOrNone fails', async () => {
    const { status, json } = await t.call('POST', 'composite', {
      allOrNone: true,
      compositeRequest: [account, contact({})],
    });
    expect(status).toBe(200);
    expect(json.compositeResponse[0]).toEqual({
      body: [
        {
          errorCode: 'PROCESSING_HALTED',
          message: 'The transaction was rolled back since another operation in the same transaction failed.',
        },
      ],
      httpHeaders: {},
      httpStatusCode: 400,
      referenceId: 'acc',
    });
    expect(json.compositeResponse[1].body[0].errorCode).toBe('REQUIRED_FIELD_MISSING');
    expect(await count('Account')).toBe(0);
  });

  it('keeps the others without allOrNone', async () => {
    await t.call('POST', 'composite', { compositeRequest: [account, contact({})] });
    expect(await count('Account')).toBe(1);
  });

  it('refuses 26 parts, 6 queries, a name used twice and an unknown reference', async () => {
    const query = (index: number) => ({
      method: 'GET',
      url: `${BASE}/query?q=SELECT+Id+FROM+Lead`,
      referenceId: `q${index}`,
    });
    const parts = (n: number, make: (index: number) => object) =>
      Array.from({ length: n }, (_, i) => make(i));
    const describePart = (index: number) => ({
      method: 'GET',
      url: `${BASE}/limits`,
      referenceId: `r${index}`,
    });
    const post = (compositeRequest: object[]) => t.call('POST', 'composite', { compositeRequest });
    expect((await post(parts(5, query))).status).toBe(200);
    expect((await post(parts(6, query))).status).toBe(400);
    expect((await post(parts(26, describePart))).status).toBe(400);
    expect((await post([account, account])).status).toBe(400);
    const { json } = await post([contact({ LastName: 'A' })]);
    expect(json.compositeResponse[0]).toMatchObject({
      httpStatusCode: 400,
      body: [{ errorCode: 'PROCESSING_HALTED' }],
    });
  });
});

describe('composite batch', () => {
  it('runs independent parts, each counted, without rollback', async () => {
    const used = async () =>
      Number(/=(\d+)\//.exec((await t.call('GET', 'limits')).headers.get('sforce-limit-info') ?? '')?.[1]);
    const before = await used();
    const { json } = await t.call('POST', 'composite/batch', {
      batchRequests: [
        { method: 'POST', url: 'v66.0/sobjects/Account', richInput: { Name: 'A' } },
        { method: 'GET', url: 'v66.0/sobjects/Nothing' },
        { method: 'GET', url: 'v66.0/limits' },
      ],
    });
    expect(json.hasErrors).toBe(true);
    expect(json.results.map((result: { statusCode: number }) => result.statusCode)).toEqual([201, 404, 200]);
    expect((await used()) - before).toBe(4);
    expect(await count('Account')).toBe(1);
  });

  it('halts on the first error when asked, answers null for 204', async () => {
    const made = await t.call('POST', 'sobjects/Account', { Name: 'A' });
    const { json } = await t.call('POST', 'composite/batch', {
      haltOnError: true,
      batchRequests: [
        { method: 'PATCH', url: `v66.0/sobjects/Account/${made.json.id}`, richInput: { Site: 'x' } },
        { method: 'GET', url: 'v66.0/sobjects/Nothing' },
        { method: 'GET', url: 'v66.0/limits' },
      ],
    });
    expect(json.results[0]).toEqual({ statusCode: 204, result: null });
    expect(json.results[2]).toMatchObject({
      statusCode: 412,
      result: [{ errorCode: 'BATCH_PROCESSING_HALTED' }],
    });
  });
});

describe('composite graph', () => {
  it('makes each graph one transaction', async () => {
    const { json } = await t.call('POST', 'composite/graph', {
      graphs: [
        { graphId: 'good', compositeRequest: [account, contact({ LastName: 'A' })] },
        { graphId: 'bad', compositeRequest: [account, contact({})] },
      ],
    });
    expect(json.graphs.map((graph: { isSuccessful: boolean }) => graph.isSuccessful)).toEqual([true, false]);
    expect(json.graphs[1].graphResponse.compositeResponse[0].body[0].errorCode).toBe('PROCESSING_HALTED');
    expect(await count('Account')).toBe(1);
  });

  it('halts after 14 failed graphs, refuses 76, and is unknown before API 50', async () => {
    const bad = (index: number) => ({ graphId: `g${index}`, compositeRequest: [contact({})] });
    const graphs = Array.from({ length: 16 }, (_, index) => bad(index));
    const { json } = await t.call('POST', 'composite/graph', { graphs });
    expect(json.graphs[15].graphResponse.compositeResponse[0].body[0].message).toContain('14 graphs');
    const many = Array.from({ length: 76 }, (_, index) => bad(index));
    expect((await t.call('POST', 'composite/graph', { graphs: many })).status).toBe(400);
    expect((await t.call('POST', '/services/data/v49.0/composite/graph', { graphs })).status).toBe(404);
  });
});
