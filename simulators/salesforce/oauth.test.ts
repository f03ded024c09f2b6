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
const refresh = (refreshToken: string) =>
  token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...client });

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

describe('refresh, rotation, revoke', () => {
  const works = async (accessToken: string) =>
    (
      await request(`${t.url}/services/data/v66.0/limits`, 'GET', undefined, {
        authorization: `Bearer ${accessToken}`,
      })
    ).status === 200;

  it('replaces the refresh token, and reuse of the old one ends the whole grant', async () => {
    const first = await t.token();
    const second = await refresh(first.refreshToken);
    expect(second.json.refresh_token).not.toBe(first.refreshToken);
    expect(await works(second.json.access_token)).toBe(true);
    const reused = await refresh(first.refreshToken);
    expect(reused.status).toBe(400);
    expect(reused.json).toEqual({
      error: 'invalid_grant',
      error_description: 'expired access/refresh token',
    });
    expect(await works(second.json.access_token)).toBe(false);
    expect((await refresh(second.json.refresh_token)).status).toBe(400);
  });

  it('does not rotate for the classic app', async () => {
    const pairOf = await t.control('POST', 'tokens', { app: CLASSIC.id });
    const answer = await token({
      grant_type: 'refresh_token',
      refresh_token: String(pairOf.refreshToken),
      client_id: CLASSIC.id,
      client_secret: CLASSIC.secret,
    });
    expect(answer.status).toBe(200);
    expect(answer.json.refresh_token).toBeUndefined();
  });

  it('lets the sixth grant of a user and app end the oldest', async () => {
    const tokens = [];
    for (let i = 0; i < 6; i++) tokens.push(await t.token());
    const alive = await Promise.all(tokens.map((each) => works(each.accessToken)));
    expect(alive).toEqual([false, true, true, true, true, true]);
  });

  it('ends a session that is not used for its life, and keeps one in use alive', async () => {
    const { accessToken } = await t.token();
    await t.control('POST', 'clock', { advanceMs: 70 * 60_000 });
    expect(await works(accessToken)).toBe(true);
    await t.control('POST', 'clock', { advanceMs: 70 * 60_000 });
    expect(await works(accessToken)).toBe(true);
    await t.control('POST', 'clock', { advanceMs: 121 * 60_000 });
    const dead = await request(`${t.url}/services/data/v66.0/limits`, 'GET', undefined, {
      authorization: `Bearer ${accessToken}`,
    });
    expect(dead.status).toBe(401);
    expect(dead.json).toEqual([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
  });

  it('lets jsforce refresh after a 401, once', async () => {
    const { accessToken, refreshToken } = await t.token();
    const conn = new Connection({
      oauth2: { clientId: MAIN.id, clientSecret: MAIN.secret, redirectUri: REDIRECT, loginUrl: t.url },
      instanceUrl: t.url,
      accessToken,
      refreshToken,
      version: '66.0',
    });
    await t.control('POST', 'clock', { advanceMs: 121 * 60_000 });
    let refreshes = 0;
    conn.on('refresh', () => {
      refreshes++;
    });
    expect((await conn.query('SELECT Id FROM Organization')).totalSize).toBe(1);
    expect(refreshes).toBe(1);
  });

  it('revokes an access token alone, or with the refresh token everything', async () => {
    const revoke = (value: string) =>
      request(`${t.url}/services/oauth2/revoke`, 'POST', `token=${encodeURIComponent(value)}`, {
        'content-type': 'application/x-www-form-urlencoded',
      });
    const one = await t.token();
    const done = await revoke(one.accessToken);
    expect([done.status, done.text]).toEqual([200, '']);
    expect(await works(one.accessToken)).toBe(false);
    const again = (await refresh(one.refreshToken)).json;
    await revoke(again.refresh_token);
    expect(await works(again.access_token)).toBe(false);
    const unknown = await revoke('nothing');
    expect([unknown.status, unknown.json.error]).toEqual([400, 'invalid_token']);
  });

  it('refuses a user who was made inactive, with the session and at refresh', async () => {
    const { accessToken, refreshToken, userId } = await t.token('integration@northwind.example');
    await t.call('PATCH', `sobjects/User/${userId}`, { IsActive: false });
    expect(await works(accessToken)).toBe(false);
    expect((await refresh(refreshToken)).json).toEqual({
      error: 'invalid_grant',
      error_description: 'inactive user',
    });
  });
});

describe('who is it', () => {
  it('answers userinfo and identity, and 403 texts for bad tokens', async () => {
    const { accessToken, userId } = await t.token('integration@northwind.example');
    const info = await request(`${t.url}/services/oauth2/userinfo`, 'GET', undefined, {
      authorization: `Bearer ${accessToken}`,
    });
    expect(info.json).toMatchObject({
      user_id: userId,
      email: 'integration@northwind.example',
      active: true,
    });
    expect(info.json.sub).toBe(`${t.url}/id/${info.json.organization_id}/${userId}`);
    const identity = await request(
      `${info.json.sub}?format=json&oauth_token=${encodeURIComponent(accessToken)}`,
      'GET',
    );
    expect(identity.json).toMatchObject({ user_id: userId, asserted_user: true });
    expect(identity.json.urls.rest).toContain('{version}');
    const bad = await request(`${info.json.sub}?format=json&oauth_token=no`, 'GET');
    expect([bad.status, bad.text]).toEqual([403, 'Bad_OAuth_Token']);
    const none = await request(info.json.sub, 'GET');
    expect([none.status, none.text]).toEqual([403, 'Missing_OAuth_Token']);
  });
});
