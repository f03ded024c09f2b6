import { Connection } from 'jsforce';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { APPS } from './oauth/grants.ts';
import { REDIRECT, request, startTestOrg, type TestOrg } from './testing.ts';

const [MAIN, CLASSIC] = APPS as [(typeof APPS)[number], (typeof APPS)[number]];
let t: TestOrg;

beforeAll(async () => {
  t = await startTestOrg();
});
afterAll(() => t.org.stop());
beforeEach(() => t.control('POST', 'reset', { seed: 'empty' }));

const token = (values: Record<string, string>) =>
  request(`${t.url}/services/oauth2/token`, 'POST', new URLSearchParams(values).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
const client = { client_id: MAIN.id, client_secret: MAIN.secret };
const refresh = (refreshToken: string) =>
  token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...client });

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
