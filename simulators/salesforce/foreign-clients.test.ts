import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APPS } from './oauth/grants.ts';
import { REDIRECT, request, startTestOrg, type TestOrg } from './testing.ts';

const load = createRequire(import.meta.url);
const CLASSIC = APPS.find((app) => !app.pkceRequired);
let t: TestOrg;

beforeAll(async () => {
  t = await startTestOrg();
});
afterAll(() => t.org.stop());

interface NforceRecord {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  getId(): string;
}
type OAuth = Record<string, string>;
interface Nforce {
  createConnection(options: object): {
    getAuthUri(options?: object): string;
    authenticate(options: { code: string }): Promise<OAuth>;
    refreshToken(options: { oauth: OAuth }): Promise<OAuth>;
    insert(options: { sobject: NforceRecord; oauth: OAuth }): Promise<{ id: string; success: boolean }>;
    update(options: { sobject: NforceRecord; oauth: OAuth }): Promise<unknown>;
    upsert(options: { sobject: NforceRecord; oauth: OAuth }): Promise<{ created?: boolean }>;
    getRecord(options: { sobject: NforceRecord; oauth: OAuth }): Promise<NforceRecord>;
    query(options: { query: string; oauth: OAuth }): Promise<{ totalSize: number; records: NforceRecord[] }>;
    delete(options: { sobject: NforceRecord; oauth: OAuth }): Promise<unknown>;
    getDescribe(options: { type: string; oauth: OAuth }): Promise<{ name: string }>;
  };
  createSObject(
    type: string,
    values?: object,
  ): NforceRecord & { setExternalId(field: string, value: string): void };
}

describe('nforce 1.13', () => {
  it('logs in by a code without a verifier, refreshes, and works with lower-case names', async () => {
    const nforce: Nforce = load('nforce');
    const org = nforce.createConnection({
      clientId: CLASSIC?.id,
      clientSecret: CLASSIC?.secret,
      redirectUri: REDIRECT,
      authEndpoint: `${t.url}/services/oauth2/authorize`,
      loginUri: `${t.url}/services/oauth2/token`,
      apiVersion: 'v60.0',
      mode: 'multi',
    });
    const page = new URL(org.getAuthUri());
    const form = new URLSearchParams(page.searchParams);
    form.set('decision', 'allow');
    form.set('user', (await t.token()).userId);
    const allowed = await request(`${page.origin}${page.pathname}`, 'POST', form.toString());
    const code = new URL(allowed.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const first = await org.authenticate({ code });
    const refreshed = await org.refreshToken({ oauth: first });
    const oauth = { ...first, ...refreshed };
    expect(oauth.access_token).not.toBe('');

    const contact = nforce.createSObject('Contact', { LastName: 'Foreign', Email: 'foreign@x.example' });
    const made = await org.insert({ sobject: contact, oauth });
    expect(made.success).toBe(true);
    contact.set('Id', made.id);
    contact.set('Title', 'CEO');
    await org.update({ sobject: contact, oauth });
    const read = await org.getRecord({ sobject: contact, oauth });
    expect([read.get('lastname'), read.get('title')]).toEqual(['Foreign', 'CEO']);
    const found = await org.query({
      query: "select id, email from contact where lastname = 'foreign'",
      oauth,
    });
    expect([found.totalSize, found.records[0]?.get('email')]).toEqual([1, 'foreign@x.example']);
    expect((await org.getDescribe({ type: 'contact', oauth })).name).toBe('Contact');
    await org.delete({ sobject: contact, oauth });
    expect((await org.query({ query: 'select id from contact', oauth })).totalSize).toBe(0);
  });
});

describe('ts-force 3.5', () => {
  it('queries, describes, writes collections and sends batches', async () => {
    const { Rest, RestObject, CompositeBatch, CompositeCollection, sField, SalesforceFieldType } = load(
      'ts-force',
    ) as typeof import('ts-force');
    class Lead extends RestObject {
      declare lastName: string;
      declare company: string;
    }
    for (const [key, apiName] of [
      ['lastName', 'LastName'],
      ['company', 'Company'],
    ] as const) {
      const flags = {
        createable: true,
        updateable: true,
        required: true,
        externalId: false,
        childRelationship: false,
      };
      const property = { apiName, ...flags, reference: null, salesforceType: SalesforceFieldType.STRING };
      sField(property as never)(Lead.prototype, key);
    }
    const { accessToken } = await t.token();
    const client = new Rest({ accessToken, instanceUrl: t.url, version: 60 });
    const leads = ['A', 'B'].map((lastName) =>
      Object.assign(new Lead('Lead', client), { lastName, company: 'Holm' }),
    );
    const saved = await new CompositeCollection(client).insert(leads, false, true);
    expect(saved.map((result) => result.success)).toEqual([true, true]);
    expect(leads[0]?.id).toBe(saved[0]?.id);

    const response = await client.query<{ LastName: string }>('SELECT LastName FROM Lead ORDER BY LastName');
    expect(response.records.map((record) => record.LastName)).toEqual(['A', 'B']);
    expect((await client.getSObjectDescribe('Lead')).keyPrefix).toBe('00Q');
    expect(client.apiLimit.limit).toBe(100_000);

    const [one] = leads;
    if (one === undefined) throw new Error('no lead');
    const batch = new CompositeBatch(client).addGet(one).addQuery('SELECT count() FROM Lead').addDelete(one);
    const { hasErrors, results } = await batch.send();
    expect(hasErrors).toBe(false);
    expect(results.map((result) => result.statusCode)).toEqual([200, 200, 204]);
    const [gone] = await new CompositeCollection(client).delete([one], false);
    expect(gone).toMatchObject({ success: false, errors: [{ statusCode: 'ENTITY_IS_DELETED' }] });
  });
});
