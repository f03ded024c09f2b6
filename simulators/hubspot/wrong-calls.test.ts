import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, redirectUri, startBench } from './testing.ts';

const CONTACTS = '/crm/v3/objects/contacts';
const app = { client_id: 'segbridge-hubspot', client_secret: 'simulated-hubspot-app-secret' };
let bench: Bench;

beforeAll(async () => {
  bench = await startBench('empty');
});
afterAll(() => bench.stop());

async function code(scope = 'oauth', extra: Record<string, string> = {}): Promise<string> {
  const answer = await bench.form('/oauth/authorize', {
    ...{ client_id: app.client_id, redirect_uri: redirectUri, scope, ...extra },
    ...{ who: '147893286:60342733', decision: 'connect' },
  });
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

async function withToken(token: string, method: string, path: string) {
  const answer = await fetch(`${bench.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** The list inside the message of refused values. */
function problems(message: unknown): { error: string; name: string; message: string }[] {
  return JSON.parse(String(message).replace('Property values were not valid: ', ''));
}

describe('OAuth refuses', () => {
  const exchange = (version: string, fields: Record<string, string>) =>
    bench.form(`/oauth/${version}/token`, {
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      ...app,
      ...fields,
    });

  it('a code that was used, in the words of each version', async () => {
    const once = await code();
    expect((await exchange('2026-03', { code: once })).status).toBe(200);
    const again = await exchange('2026-03', { code: once });
    expect(again.status).toBe(400);
    expect(again.body).toMatchObject({ error: 'invalid_grant', status: 'BAD_AUTH_CODE' });
    const old = await exchange('v1', { code: once });
    expect(old.body).toMatchObject({ status: 'BAD_AUTH_CODE', message: 'missing or unknown auth code' });
    expect(old.body).not.toHaveProperty('error');
  });

  it('a code after its time', async () => {
    const late = await code();
    await bench.control('POST', '/clock', { advanceMs: 6 * 60_000 });
    expect((await exchange('v3', { code: late })).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('a wrong secret and an unknown client', async () => {
    const wrong = await exchange('2026-03', { code: await code(), client_secret: 'nonsense' });
    expect(wrong.status).toBe(400);
    expect(wrong.body).toMatchObject({ error: 'invalid_client', status: 'BAD_CLIENT_SECRET' });
    const unknown = await exchange('v1', { code: await code(), client_id: 'nobody' });
    expect(unknown.body).toMatchObject({ status: 'BAD_CLIENT_ID' });
  });

  it('a redirect address that is not registered, on the page and at the token', async () => {
    const page = await fetch(
      `${bench.url}/oauth/authorize?client_id=${app.client_id}&scope=oauth&redirect_uri=https://evil.example/`,
    );
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('match the app&#39;s registered redirect URL');
    const token = await exchange('2026-03', { code: await code(), redirect_uri: 'https://evil.example/' });
    expect(token.body).toMatchObject({ error: 'invalid_grant', status: 'BAD_REDIRECT_URI' });
  });

  it('a scope the app is not set up for', async () => {
    const query = new URLSearchParams({
      ...{ client_id: app.client_id, redirect_uri: redirectUri },
      scope: 'oauth everything',
    });
    const page = await fetch(`${bench.url}/oauth/authorize?${query}`);
    expect([page.status, await page.text()]).toEqual([
      400,
      expect.stringContaining('mismatch between the scopes'),
    ]);
  });

  it('a missing or wrong verifier when the page was given a challenge', async () => {
    const pkce = {
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    };
    expect((await exchange('2026-03', { code: await code('oauth', pkce) })).body.error).toBe('invalid_grant');
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const right = await exchange('2026-03', { code: await code('oauth', pkce), code_verifier: verifier });
    expect(right.status).toBe(200);
  });

  it('a refresh token that was revoked', async () => {
    const tokens = await exchange('2026-03', { code: await code() });
    const refreshToken = String(tokens.body.refresh_token);
    await bench.form('/oauth/2026-03/token/revoke', {
      ...app,
      token: refreshToken,
      token_type_hint: 'refresh_token',
    });
    const fields = { grant_type: 'refresh_token', refresh_token: refreshToken };
    expect((await exchange('2026-03', fields)).body).toMatchObject({
      ...{ error: 'invalid_grant', error_description: 'refresh token is invalid, expired or revoked' },
      status: 'BAD_REFRESH_TOKEN',
    });
  });

  it('and tells the app when the person cancels', async () => {
    const answer = await bench.form('/oauth/authorize', {
      ...{
        client_id: app.client_id,
        redirect_uri: redirectUri,
        scope: 'oauth',
        state: 'x',
        decision: 'cancel',
      },
    });
    const back = new URL(answer.headers.get('location') ?? '');
    expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual(['access_denied', 'x']);
  });
});

describe('a call is refused', () => {
  it('without a token', async () => {
    const answer = await fetch(`${bench.url}${CONTACTS}`);
    expect([answer.status, await answer.json()]).toEqual([
      401,
      expect.objectContaining({ category: 'INVALID_AUTHENTICATION', status: 'error' }),
    ]);
  });

  it('with a token that expired, and with one that never was', async () => {
    const made = await bench.control<{ accessToken: string }>('POST', '/tokens', {});
    await bench.control('POST', '/clock', { advanceMs: 1_875_000 });
    const expired = await withToken(made.accessToken, 'GET', CONTACTS);
    expect(expired.status).toBe(401);
    expect(expired.body).toMatchObject({ category: 'EXPIRED_AUTHENTICATION' });
    expect(expired.body.message).toMatch(
      /^The OAuth token used to make this call expired 7[5-9] second\(s\) ago\.$/,
    );
    const never = await withToken('nonsense', 'GET', CONTACTS);
    expect(never.body.message).toMatch(/expired 20\d{3} day\(s\) ago/);
    await bench.stop();
    bench = await startBench('empty');
  });

  it('without the scope', async () => {
    const token = await bench.form('/oauth/2026-03/token', {
      ...{ grant_type: 'authorization_code', redirect_uri: redirectUri, ...app },
      code: await code('oauth crm.lists.read'),
    });
    const answer = await withToken(String(token.body.access_token), 'GET', CONTACTS);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({
      category: 'MISSING_SCOPES',
      errors: [{ context: { requiredGranularScopes: ['crm.objects.contacts.read'] } }],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
    });
  });

  it('for values that are not valid, all of them named', async () => {
    const answer = await bench.call('POST', CONTACTS, {
      properties: {
        nothing: 'x',
        country: 'Atlantis',
        email: 'no address',
        hs_object_id: '1',
        closedate: 'soon',
      },
    });
    expect([answer.status, answer.body.category]).toEqual([400, 'VALIDATION_ERROR']);
    expect(problems(answer.body.message).map(({ name, error }) => [name, error])).toEqual([
      ...[
        ['nothing', 'PROPERTY_DOESNT_EXIST'],
        ['country', 'INVALID_OPTION'],
        ['email', 'INVALID_EMAIL'],
      ],
      ...[
        ['hs_object_id', 'READ_ONLY_VALUE'],
        ['closedate', 'INVALID_LONG'],
      ],
    ]);
  });

  it('for an address that another contact has, naming it', async () => {
    const first = await bench.call('POST', CONTACTS, { properties: { email: 'Taken@x.example' } });
    const answer = await bench.call('POST', CONTACTS, { properties: { email: 'taken@x.example' } });
    expect([answer.status, answer.body.category, answer.body.message]).toEqual([
      ...[409, 'CONFLICT', `Contact already exists. Existing ID: ${first.body.id}`],
    ]);
  });

  it('for 101 inputs in any batch', async () => {
    const inputs = Array.from({ length: 101 }, (_, index) => ({ id: String(index), properties: {} }));
    for (const kind of ['read', 'create', 'update', 'upsert', 'archive']) {
      const answer = await bench.call('POST', `${CONTACTS}/batch/${kind}`, { inputs, properties: [] });
      expect([kind, answer.status, answer.body.message]).toEqual([
        ...[kind, 400],
        'The maximum number of inputs supported in a batch is 100. Please reduce the number of items and try again',
      ]);
    }
  });

  it('for a search page at the 10,000th result, too many filters, an unknown property', async () => {
    const search = (body: object) => bench.call('POST', `${CONTACTS}/search`, body);
    expect((await search({ after: '10000', limit: 1 })).status).toBe(400);
    expect((await search({ limit: 201 })).status).toBe(400);
    const filter = { propertyName: 'email', operator: 'HAS_PROPERTY' };
    expect(
      (await search({ filterGroups: Array.from({ length: 6 }, () => ({ filters: [filter] })) })).status,
    ).toBe(400);
    expect((await search({ filterGroups: [{ filters: Array(7).fill(filter) }] })).status).toBe(400);
    const unknown = await search({ filterGroups: [{ filters: [{ ...filter, propertyName: 'nothing' }] }] });
    expect([unknown.status, unknown.body.category]).toEqual([400, 'VALIDATION_ERROR']);
  });

  it('for a record, a list, a path that is not there', async () => {
    const record = await bench.call('GET', `${CONTACTS}/1`);
    expect([record.status, record.body.message]).toEqual([
      404,
      'Object not found.  objectId are usually numeric.',
    ]);
    expect((await bench.call('GET', '/crm/v3/lists/999')).status).toBe(404);
    expect((await bench.call('GET', '/crm/v3/lists/abc')).status).toBe(400);
    const path = await bench.call('GET', '/crm/v3/nothing');
    expect([path.status, path.body.message, path.body.category]).toEqual([
      404,
      'resource not found',
      undefined,
    ]);
    expect((await bench.call('PUT', CONTACTS, {})).status).toBe(405);
  });

  it('for a body that is no JSON', async () => {
    const answer = await fetch(`${bench.url}${CONTACTS}`, {
      ...{ method: 'POST', body: '{"properties":' },
      headers: { authorization: `Bearer ${bench.accessToken}`, 'content-type': 'application/json' },
    });
    expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
      ...[400, expect.stringMatching(/^Invalid input JSON on line 1/)],
    ]);
  });
});

describe('lists refuse', () => {
  const list = (body: object) =>
    bench.call('POST', '/crm/v3/lists', { objectTypeId: '0-1', processingType: 'DYNAMIC', ...body });
  const branch = (...filters: object[]) => ({
    filterBranchType: 'OR',
    filterBranches: [{ filterBranchType: 'AND', filters }],
  });
  const known = (property: string) => ({
    ...{ filterType: 'PROPERTY', property },
    operation: { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN' },
  });

  it('a name that is taken, whatever its case', async () => {
    await list({ name: 'Twice', filterBranch: branch(known('email')) });
    const answer = await list({ name: 'TWICE', filterBranch: branch(known('email')) });
    expect([answer.status, answer.body.subCategory]).toEqual([400, 'ILS.DUPLICATE_LIST_NAMES']);
  });

  it('an object type the portal lacks', async () => {
    const answer = await list({ name: 'Type', objectTypeId: '0-53', filterBranch: branch(known('email')) });
    expect(answer.body).toMatchObject({
      message: 'The objectTypeId 0-53 provided for the list is not valid for this portal.',
      subCategory: 'ListError.INVALID_OBJECT_TYPE_FOR_LIST',
    });
  });

  it('filters that are not of the language', async () => {
    const text = { operationType: 'STRING', operator: 'CONTAINS', value: 'x' };
    const wrong: object[] = [
      { filterBranchType: 'AND', filters: [known('email')] },
      { filterBranchType: 'OR', filterBranches: [], filters: [] },
      { filterBranchType: 'OR', filters: [known('email')], filterBranches: [branch().filterBranches[0]] },
      branch(known('nothing')),
      branch({ filterType: 'PROPERTY', property: 'lifecyclestage', operation: text }),
      branch({ filterType: 'PROPERTY', property: 'email', operation: { ...text, operator: 'IS_ANY_OF' } }),
      branch({ filterType: 'PROPERTY', property: 'email', operation: { ...text, value: undefined } }),
      branch({ filterType: 'NOTHING' }),
      branch({ filterType: 'IN_LIST', listId: '12345', operator: 'IN_LIST' }),
      branch({
        ...{ filterType: 'FORM_SUBMISSION', formId: 'f', operator: 'FILLED_OUT' },
        pruningRefineBy: { type: 'ALL_HISTORY' },
        coalescingRefineBy: { type: 'NUM_OCCURRENCES', minOccurrences: 1 },
      }),
      {
        filterBranchType: 'OR',
        filterBranches: [{ filterBranchType: 'AND', filters: [], filterBranches: [branch()] }],
      },
    ];
    for (const [index, filterBranch] of wrong.entries()) {
      const answer = await list({ name: `Wrong ${index}`, filterBranch });
      expect([index, answer.status, answer.body.category]).toEqual([index, 400, 'VALIDATION_ERROR']);
    }
  });

  it('a cursor and a processing type that are none, and earlier versions know nothing of it', async () => {
    const all = (body: object) => bench.call('POST', '/crm/lists/2026-09/all', body);
    expect((await all({ after: 'nonsense' })).body).toMatchObject({
      ...{ category: 'VALIDATION_ERROR', subCategory: 'ListError.INVALID_CURSOR' },
    });
    const wrong = await all({ processingTypes: ['ACTIVE'] });
    expect([wrong.status, wrong.body.subCategory]).toEqual([400, 'ListError.INVALID_PROCESSING_TYPE']);
    expect((await bench.call('POST', '/crm/lists/2026-03/all', {})).status).toBe(405);
  });

  it('members by hand in a dynamic list, and more lists than the plan allows', async () => {
    const made = await list({ name: 'Dynamic', filterBranch: branch(known('email')) });
    const { listId } = made.body.list as { listId: string };
    expect((await bench.call('PUT', `/crm/v3/lists/${listId}/memberships/add`, ['1'])).status).toBe(400);
    await bench.control('POST', '/config', { planListLimit: 1 });
    expect((await list({ name: 'Too many', filterBranch: branch(known('email')) })).status).toBe(400);
  });
});
