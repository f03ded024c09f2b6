import { createHash, randomBytes } from 'node:crypto';
import { Connection, OAuth2 } from 'jsforce';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { APPS } from './oauth/grants.ts';
import { REDIRECT, request, startTestOrg, type TestOrg } from './testing.ts';

const [MAIN, CLASSIC] = APPS as [(typeof APPS)[number], (typeof APPS)[number]];
const SCOPE = 'api refresh_token id';
let t: TestOrg;

beforeAll(async () => {
  t = await startTestOrg();
});
afterAll(() => t.org.stop());
beforeEach(() => t.control('POST', 'reset', { seed: 'empty' }));

function pair() {
  const verifier = randomBytes(48).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

function address(values: Record<string, string>): string {
  const all = { response_type: 'code', client_id: MAIN.id, redirect_uri: REDIRECT, scope: SCOPE, ...values };
  return `${t.url}/services/oauth2/authorize?${new URLSearchParams(all)}`;
}

async function integrationUser(): Promise<string> {
  const { users } = (await t.control('GET', 'config')) as { users: { id: string; username: string }[] };
  return users.find((user) => user.username === 'integration@northwind.example')?.id ?? '';
}

/** Presses a button of the consent page as a browser would: with every hidden value of the form. */
async function press(page: string, decision: 'allow' | 'deny') {
  const answer = await request(page, 'GET');
  expect(answer.status).toBe(200);
  const form = new URLSearchParams({ decision, user: await integrationUser() });
  for (const [, name = '', value = ''] of answer.text.matchAll(
    /type="hidden" name="(\w+)" value="([^"]*)"/g,
  )) {
    form.set(name, value.replaceAll('&amp;', '&'));
  }
  const result = await request(`${t.url}/services/oauth2/authorize`, 'POST', form.toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(result.status).toBe(302);
  return new URL(result.headers.get('location') ?? '').searchParams;
}

const token = (values: Record<string, string>) =>
  request(`${t.url}/services/oauth2/token`, 'POST', new URLSearchParams(values).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });

async function code(challenge: string, client = MAIN.id): Promise<string> {
  const values = { client_id: client, ...(challenge === '' ? {} : { code_challenge: challenge }) };
  return (await press(address(values), 'allow')).get('code') ?? '';
}

const client = { client_id: MAIN.id, client_secret: MAIN.secret };
const exchange = (given: string, verifier: string, more: Record<string, string> = {}) =>
  token({
    grant_type: 'authorization_code',
    code: given,
    redirect_uri: REDIRECT,
    code_verifier: verifier,
    ...client,
    ...more,
  });
describe('web-server flow with PKCE', () => {
  it('gives tokens to jsforce, which then reads and identifies itself', async () => {
    const { verifier, challenge } = pair();
    const oauth2 = new OAuth2({
      clientId: MAIN.id,
      clientSecret: MAIN.secret,
      redirectUri: REDIRECT,
      loginUrl: t.url,
    });
    const page = oauth2.getAuthorizationUrl({
      scope: SCOPE,
      state: 's1',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const back = await press(page, 'allow');
    expect(back.get('state')).toBe('s1');
    const conn = new Connection({ oauth2, version: '66.0' });
    const user = await conn.authorize(back.get('code') ?? '', { code_verifier: verifier });
    expect(conn.instanceUrl).toBe(t.url);
    expect(conn.accessToken).toMatch(/^00D\w{12}!AQ/);
    expect(user.id).toMatch(/^005/);
    const identity = await conn.identity();
    expect(identity.username).toBe('integration@northwind.example');
    expect((await conn.query('SELECT IsSandbox FROM Organization')).totalSize).toBe(1);
  });

  it('answers a token with signature and issue time, without expires_in', async () => {
    const { verifier, challenge } = pair();
    const answer = await exchange(await code(challenge), verifier);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.json).sort()).toEqual(
      [
        'access_token',
        'id',
        'instance_url',
        'issued_at',
        'refresh_token',
        'scope',
        'signature',
        'token_type',
      ].sort(),
    );
    expect(answer.json.issued_at).toMatch(/^\d{13}$/);
    expect(answer.json.scope).toBe(SCOPE);
  });

  it('sends a refusal back to the app', async () => {
    const back = await press(address({ state: 'x', code_challenge: pair().challenge }), 'deny');
    expect(Object.fromEntries(back)).toEqual({
      error: 'access_denied',
      error_description: 'end-user denied authorization',
      state: 'x',
    });
  });

  it('wants a code challenge of the main app, and none of the classic one', async () => {
    const refused = await request(address({ state: 'x' }), 'GET');
    expect(refused.status).toBe(302);
    expect(new URL(refused.headers.get('location') ?? '').search).toBe(
      '?error=invalid_request&error_description=missing+required+code+challenge&state=x',
    );
    const given = await code('', CLASSIC.id);
    const answer = await exchange(given, '', { client_id: CLASSIC.id, client_secret: CLASSIC.secret });
    expect(answer.status).toBe(200);
  });

  it('shows a page for a redirect address that is not registered, and for an unknown app', async () => {
    const wrong = await request(address({ redirect_uri: 'http://localhost:3999/elsewhere' }), 'GET');
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('redirect_uri_mismatch');
    expect(wrong.text).toContain('redirect_uri must match configuration');
    expect((await request(address({ client_id: 'nobody' }), 'GET')).text).toContain(
      'client identifier invalid',
    );
  });
});

describe('refused token calls', () => {
  const refused = (answer: { status: number; json: unknown }, error: string, description: string) => {
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ error, error_description: description });
  };

  it('refuses a wrong or missing verifier', async () => {
    const { challenge } = pair();
    refused(await exchange(await code(challenge), pair().verifier), 'invalid_grant', 'invalid code verifier');
    const missing = await token({
      grant_type: 'authorization_code',
      code: await code(challenge),
      redirect_uri: REDIRECT,
      ...client,
    });
    refused(missing, 'invalid_grant', 'invalid code verifier');
  });

  it('takes a code once, and not after 15 minutes', async () => {
    const { verifier, challenge } = pair();
    const used = await code(challenge);
    expect((await exchange(used, verifier)).status).toBe(200);
    refused(await exchange(used, verifier), 'invalid_grant', 'expired authorization code');
    const late = await code(challenge);
    await t.control('POST', 'clock', { advanceMs: 16 * 60_000 });
    refused(await exchange(late, verifier), 'invalid_grant', 'expired authorization code');
  });

  it('refuses another redirect address, secret, app and grant type', async () => {
    const { verifier, challenge } = pair();
    const elsewhere = { redirect_uri: 'http://localhost:3999/elsewhere' };
    refused(
      await exchange(await code(challenge), verifier, elsewhere),
      'redirect_uri_mismatch',
      'redirect_uri must match configuration',
    );
    refused(
      await exchange('x', verifier, { client_secret: 'no' }),
      'invalid_client',
      'invalid client credentials',
    );
    refused(
      await exchange('x', verifier, { client_id: 'no' }),
      'invalid_client_id',
      'client identifier invalid',
    );
    refused(
      await token({ grant_type: 'magic', ...client }),
      'unsupported_grant_type',
      'grant type not supported',
    );
    const password = {
      grant_type: 'password',
      username: 'integration@northwind.example',
      password: 'x',
      ...client,
    };
    refused(await token(password), 'invalid_grant', 'authentication failure');
  });
});
