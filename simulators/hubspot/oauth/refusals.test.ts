import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { app, authorize, type Bench, redirectUri, startBench } from '../testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench('empty');
});
afterAll(() => bench.stop());

const code = (scope?: string, extra?: Record<string, string>) => authorize(bench, scope, extra);

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
