import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { accessWith } from '#lib/testing/crm.ts';
import { createHubSpot } from './hubspot/index.ts';
import { createSalesforce, exchangeCode } from './salesforce/index.ts';

let server: Server | undefined;
const seen: { url: string; headers: IncomingHttpHeaders; body: string }[] = [];

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  seen.length = 0;
});

/** A server that answers as told; an answer that is cut promises more than it sends. */
async function serve(answer: (url: string) => { json: unknown; cut?: boolean }): Promise<string> {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      seen.push({ url: request.url ?? '', headers: request.headers, body });
      const { json, cut } = answer(request.url ?? '');
      const text = JSON.stringify(json);
      const length = text.length + (cut ? 1_000 : 0);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': length });
      response.write(text, () => (cut ? response.destroy() : response.end()));
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const field = {
  name: 'LastName',
  label: 'Last Name',
  type: 'string',
  nillable: false,
  defaultedOnCreate: false,
};
const describeAnswer = { fields: [{ ...field, createable: true, updateable: true }] };
const record = { object: 'Lead' as const, values: { LastName: 'x' } };

describe('what goes over the wire to Salesforce', () => {
  it('names the app, passes rules that warn, says whether to assign, and keeps the token out of the address', async () => {
    const url = await serve((path) => ({
      json: path.endsWith('/describe')
        ? describeAnswer
        : [{ id: '00Q000000000001AAA', success: true, errors: [] }],
    }));
    const port = createSalesforce(accessWith(url, ['00D!token']));
    expect(await port.createRecords([record], { autoAssign: true })).toMatchObject({ ok: true });
    expect(seen.map((each) => each.url)).toEqual([
      '/services/data/v66.0/sobjects/Lead/describe',
      '/services/data/v66.0/composite/sobjects',
    ]);
    expect(seen[1]?.headers).toMatchObject({
      authorization: 'Bearer 00D!token',
      'sforce-call-options': 'client=Segbridge',
      'sforce-duplicate-rule-header': 'allowSave=true',
      'sforce-auto-assign': 'TRUE',
    });
    expect(JSON.parse(seen[1]?.body ?? '')).toEqual({
      allOrNone: false,
      records: [{ attributes: { type: 'Lead' }, LastName: 'x' }],
    });
  });

  it('survives an answer that is cut in the middle, of a read, a write and a token', async () => {
    const url = await serve((path) => ({
      json: path.endsWith('/describe') ? describeAnswer : [],
      cut: !path.endsWith('/describe'),
    }));
    const port = createSalesforce(accessWith(url, ['00D!token']));
    expect(await port.limits()).toMatchObject({
      ok: false,
      failure: { kind: 'unavailable', maybeDone: false },
    });
    expect(await port.createRecords([record], { autoAssign: false })).toMatchObject({
      value: [{ ok: false, failure: { kind: 'unavailable', maybeDone: true } }],
    });
    const app = { clientId: 'c', clientSecret: 's', loginUrl: url, redirectUri: 'http://localhost/callback' };
    const tokens = await exchangeCode(app, { code: 'c', verifier: 'v' });
    expect(tokens).toMatchObject({ ok: false, failure: { kind: 'unavailable' } });
  });
});

describe('what goes over the wire to HubSpot', () => {
  it('has one token, no key in the address, and content only where there is some', async () => {
    const url = await serve(() => ({ json: { portalId: 1, timeZone: 'UTC', uiDomain: 'app.example' } }));
    const port = createHubSpot(accessWith(url, ['token']));
    expect(await port.account()).toMatchObject({ ok: true, value: { hubId: '1' } });
    expect(seen[0]?.url).toBe('/account-info/v3/details');
    expect(seen[0]?.headers.authorization).toBe('Bearer token');
    expect(seen[0]?.headers['content-type']).toBeUndefined();
  });

  it('survives an answer that is cut in the middle', async () => {
    const url = await serve(() => ({ json: { results: [] }, cut: true }));
    const port = createHubSpot(accessWith(url, ['token']));
    const answer = await port.updateContacts([{ id: '1', values: { firstname: 'x' } }]);
    expect(answer).toMatchObject({ value: [{ failure: { kind: 'unavailable', maybeDone: true } }] });
  });

  it('tells a server that cannot be reached: nothing was done', async () => {
    const url = await serve(() => ({ json: {} }));
    await new Promise((resolve) => server?.close(resolve));
    const port = createHubSpot(accessWith(url, ['token']));
    const answer = await port.updateContacts([{ id: '1', values: { firstname: 'x' } }]);
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'unavailable', maybeDone: false } });
  });
});
