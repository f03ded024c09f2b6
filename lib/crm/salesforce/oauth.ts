import { createHash, randomBytes } from 'node:crypto';
import { OAuth2 } from 'jsforce';
import { z } from 'zod';
import { withoutAnswer } from '../call.ts';
import { failureOf, oauthErrors } from '../errors.ts';
import type { CrmFailure, CrmResult } from '../failure.ts';
import { parseJson } from '../json.ts';
import { FetchTransport } from './transport.ts';

/** The external client app as it is registered at Salesforce. Nothing here reads the environment. */
export type SalesforceApp = { clientId: string; clientSecret: string; loginUrl: string; redirectUri: string };

export type SalesforceTokens = {
  accessToken: string;
  /** Given at the consent, and at a refresh where rotation is on: the former one is then dead. */
  refreshToken: string | null;
  /** Where API calls go. It may change at any refresh. */
  instanceUrl: string;
  identityUrl: string;
  scopes: string[];
};

export type SalesforceIdentity = {
  userId: string;
  orgId: string;
  username: string;
  name: string;
  email: string;
};

const salesforceScopes = ['api', 'refresh_token', 'id'];
const tokenTimeoutMs = 30_000;

/** A verifier of 43 characters and its S256 challenge; jsforce's own is longer than the standard allows. */
export function createPkcePair(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Where a person logs in and allows the app. */
export function authorizeUrl(
  app: Omit<SalesforceApp, 'clientSecret'>,
  request: { state: string; challenge: string },
): string {
  return new OAuth2(app).getAuthorizationUrl({
    scope: salesforceScopes.join(' '),
    state: request.state,
    code_challenge: request.challenge,
    code_challenge_method: 'S256',
  });
}

/** Trades the code of the consent for tokens. A used, wrong or foreign code is `rejected`. */
export async function exchangeCode(
  app: SalesforceApp,
  input: { code: string; verifier: string },
): Promise<CrmResult<SalesforceTokens>> {
  const answer = await ask(app, (client) =>
    client.requestToken(input.code, { code_verifier: input.verifier }),
  );
  if (answer.ok || answer.failure.kind !== 'authLost') return answer;
  const message = 'Salesforce did not accept the code.';
  return {
    ok: false,
    failure: { kind: 'rejected', category: 'permissions', code: 'invalid_grant', fields: [], message },
  };
}

/**
 * A new access token, and the new refresh token where Salesforce rotates it. `authLost`: the refresh token
 * no longer holds. It is sent once: a refresh token that is used twice ends the whole grant.
 */
export function refresh(app: SalesforceApp, refreshToken: string): Promise<CrmResult<SalesforceTokens>> {
  return ask(app, (client) => client.refreshToken(refreshToken));
}

/** Ends a token at Salesforce, with all access tokens of its grant. One that had ended is no failure. */
export async function revoke(app: SalesforceApp, token: string): Promise<CrmResult<void>> {
  const { client } = clientOf(app);
  try {
    await client.revokeToken(token);
    return { ok: true, value: undefined };
  } catch (error) {
    const failure = oauthFailure(error);
    return failure.kind === 'authLost' ? { ok: true, value: undefined } : { ok: false, failure };
  }
}

const identityAnswer = z.object({
  user_id: z.string(),
  organization_id: z.string(),
  username: z.string(),
  display_name: z.string().default(''),
  email: z.string().default(''),
});

/** Who allowed the app. The token goes in a header: jsforce's own call would put it into the address. */
export async function identity(tokens: {
  accessToken: string;
  identityUrl: string;
}): Promise<CrmResult<SalesforceIdentity>> {
  try {
    const answer = await fetch(`${tokens.identityUrl}?format=json`, {
      headers: { authorization: `Bearer ${tokens.accessToken}`, accept: 'application/json' },
      signal: AbortSignal.timeout(tokenTimeoutMs),
    });
    const body = parseJson(await answer.text());
    if (answer.status === 401 || answer.status === 403) return { ok: false, failure: { kind: 'authLost' } };
    const parsed = identityAnswer.safeParse(body);
    if (!answer.ok || !parsed.success) {
      const message = `Salesforce answered the identity with ${answer.status}.`;
      return { ok: false, failure: { kind: 'unavailable', message, maybeDone: false } };
    }
    const { user_id, organization_id, username, display_name, email } = parsed.data;
    return {
      ok: true,
      value: { userId: user_id, orgId: organization_id, username, name: display_name, email },
    };
  } catch (error) {
    return withoutAnswer(error, false);
  }
}

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  instance_url: z.url(),
  id: z.url(),
  scope: z.string().default(''),
});

function clientOf(app: SalesforceApp): { client: OAuth2; transport: FetchTransport } {
  const transport = new FetchTransport(AbortSignal.timeout(tokenTimeoutMs));
  const client = new OAuth2(app);
  client._transport = transport;
  return { client, transport };
}

async function ask(
  app: SalesforceApp,
  call: (client: OAuth2) => Promise<unknown>,
): Promise<CrmResult<SalesforceTokens>> {
  try {
    const answer = tokenAnswer.safeParse(await call(clientOf(app).client));
    if (!answer.success) {
      const message = 'Salesforce answered the token call in an unknown form.';
      return { ok: false, failure: { kind: 'unavailable', message, maybeDone: true } };
    }
    const { access_token, refresh_token, instance_url, id, scope } = answer.data;
    return {
      ok: true,
      value: {
        accessToken: access_token,
        refreshToken: refresh_token ?? null,
        instanceUrl: instance_url.replace(/\/$/, ''),
        identityUrl: id,
        scopes: scope.split(' ').filter(Boolean),
      },
    };
  } catch (error) {
    return { ok: false, failure: oauthFailure(error) };
  }
}

const oauthError = z.object({ error: z.string(), error_description: z.string().default('') });

/** jsforce names its error by the OAuth code; where it cannot read one, `ERROR_HTTP_nnn` with the body. */
function oauthFailure(error: unknown): CrmFailure {
  if (!(error instanceof Error)) throw error;
  const status = Number(/^ERROR_HTTP_(\d{3})$/.exec(error.name)?.[1] ?? 0);
  if (status >= 500 || status === 429) {
    return { kind: 'unavailable', message: `Salesforce answered ${status}.`, maybeDone: true };
  }
  const body = status ? oauthError.safeParse(parseJson(error.message)) : undefined;
  const code = body?.success ? body.data.error : error.name;
  const message = body?.success ? body.data.error_description : error.message;
  if (status || /^[a-z_]+$/.test(code)) return failureOf(oauthErrors, { code, message, fields: [] });
  return withoutAnswer(error, true).failure;
}
