import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { request, startTestOrg, type TestOrg } from './testing.ts';

let t: TestOrg;

beforeAll(async () => {
  t = await startTestOrg();
});
afterAll(() => t.org.stop());
beforeEach(() => t.control('POST', 'reset', { seed: 'empty' }));

describe('daily requests', () => {
  it('are counted in a rolling window; the one beyond the limit answers 403', async () => {
    await t.control('POST', 'config', { dailyApiLimit: 3 });
    for (const used of [1, 2, 3]) {
      const answer = await t.call('GET', 'limits');
      expect(answer.headers.get('sforce-limit-info')).toBe(`api-usage=${used}/3`);
    }
    const refused = await t.call('GET', 'limits');
    expect(refused.status).toBe(403);
    expect(refused.json).toEqual([
      { message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' },
    ]);
    expect(refused.headers.get('retry-after')).toBeNull();
    await t.control('POST', 'clock', { advanceMs: 25 * 3_600_000 });
    expect((await t.call('GET', 'limits')).json.DailyApiRequests).toEqual({ Max: 3, Remaining: 2 });
  });

  it('do not count versions and tokens', async () => {
    await request(`${t.url}/services/data`, 'GET');
    const answer = await t.call('GET', 'limits');
    expect(answer.headers.get('sforce-limit-info')).toBe('api-usage=1/100000');
  });
});

describe('faults on demand', () => {
  const PATH = '/services/data/v66.0/sobjects/Contact';
  const count = async () => (await t.call('GET', 'query?q=SELECT+count()+FROM+Contact')).json.totalSize;

  it('answers an error page, then the truth', async () => {
    await t.control('POST', 'faults', [
      { path: PATH, status: 503, body: '<html>Server Unavailable</html>', times: 1 },
    ]);
    const down = await t.call('POST', 'sobjects/Contact', { LastName: 'A' });
    expect([down.status, down.text]).toEqual([503, '<html>Server Unavailable</html>']);
    expect((await t.call('POST', 'sobjects/Contact', { LastName: 'A' })).status).toBe(201);
  });

  it('cuts the connection before or after the commit', async () => {
    await t.call('GET', 'limits');
    await t.control('POST', 'faults', [{ path: PATH, dropBeforeCommit: true, times: 1 }]);
    await expect(t.call('POST', 'sobjects/Contact', { LastName: 'A' })).rejects.toThrow();
    expect(await count()).toBe(0);
    await t.control('POST', 'faults', [{ path: PATH, dropAfterCommit: true, times: 1 }]);
    await expect(t.call('POST', 'sobjects/Contact', { LastName: 'A' })).rejects.toThrow();
    expect(await count()).toBe(1);
  });

  it('counts requests and written records', async () => {
    const made = await t.call('POST', 'composite/sobjects', {
      records: ['A', 'B'].map((LastName) => ({ attributes: { type: 'Contact' }, LastName })),
    });
    await t.call('PATCH', `sobjects/Contact/${made.json[0].id}`, { Title: 'x' });
    await t.call('DELETE', `sobjects/Contact/${made.json[1].id}`);
    const { writes, counts } = await t.control('GET', 'requests');
    expect(writes).toEqual({ created: 2, changed: 1, deleted: 1 });
    expect(counts).toMatchObject({
      'POST /services/data/v66.0/composite/sobjects': 1,
      'PATCH /services/data/v66.0/sobjects/Contact/{id}': 1,
    });
  });
});

describe('two orgs', () => {
  it('differ in id, users and kind', async () => {
    const sandbox = await startTestOrg({ sandbox: true, seed: 'demo' });
    const row = async (org: TestOrg) =>
      (
        await (
          await org.connect()
        ).query<{ Id: string; IsSandbox: boolean }>('SELECT Id, IsSandbox FROM Organization')
      ).records[0];
    const [production, copy] = [await row(t), await row(sandbox)];
    expect([production?.IsSandbox, copy?.IsSandbox]).toEqual([false, true]);
    expect(copy?.Id).not.toBe(production?.Id);
    const foreign = await t.token();
    const answer = await request(`${sandbox.url}/services/data/v66.0/limits`, 'GET', undefined, {
      authorization: `Bearer ${foreign.accessToken}`,
    });
    expect(answer.status).toBe(401);
    await sandbox.org.stop();
  });
});

function refresh(url: string, refreshToken: string) {
  const fields = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: 'segbridge-salesforce',
    client_secret: 'segbridge-salesforce-secret',
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return request(`${url}/services/oauth2/token`, 'POST', fields.toString(), headers);
}

/** Starts an org in a process of its own, which can be killed. */
async function startChild(entry: string) {
  const child = fork(entry, { execArgv: [] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  return { child, url: `http://localhost:${port}` };
}

describe('state', () => {
  it('survives kill -9: records, tokens, schema, settings, usage', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'salesforce-state-'));
    const entry = join(folder, 'start.ts');
    const server = new URL('./server.ts', import.meta.url).href;
    writeFileSync(
      entry,
      `import { startSalesforce } from '${server}';
       const org = await startSalesforce({ port: 0, folder: '${join(folder, 'state')}', seed: 'empty' });
       process.send({ port: org.port });`,
    );
    const first = await startChild(entry);
    const control = (path: string, body: object) => request(`${first.url}/__control/${path}`, 'POST', body);
    const { accessToken, refreshToken } = (await control('tokens', {})).json;
    const headers = { authorization: `Bearer ${accessToken}` };
    await control('schema', {
      fields: [{ object: 'Contact', name: 'Ext__c', type: 'string', externalId: true }],
    });
    await control('config', { dailyApiLimit: 77 });
    const records = Array.from({ length: 50 }, (_, i) => ({
      attributes: { type: 'Contact' },
      LastName: `L${i}`,
      Ext__c: `k${i}`,
    }));
    const made = await request(
      `${first.url}/services/data/v66.0/composite/sobjects`,
      'POST',
      { records },
      headers,
    );
    expect(made.status).toBe(200);
    const ended = new Promise((resolve) => first.child.once('exit', resolve));
    first.child.kill('SIGKILL');
    await ended;

    const second = await startChild(entry);
    const answer = await request(
      `${second.url}/services/data/v66.0/query?q=SELECT+Ext__c+FROM+Contact`,
      'GET',
      undefined,
      headers,
    );
    expect(answer.json.totalSize).toBe(50);
    expect(answer.headers.get('sforce-limit-info')).toBe('api-usage=2/77');
    expect((await refresh(second.url, refreshToken)).status).toBe(200);
    second.child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
});
