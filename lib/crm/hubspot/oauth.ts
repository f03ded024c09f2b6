import { Client } from '@hubspot/api-client';
import { z } from 'zod';
import { failureOf, oauthErrors } from '../errors.ts';
import type { CrmFailure, CrmResult } from '../failure.ts';
import type { CrmAccess } from '../ports.ts';
import { createSend, type Request, sendOnce } from './http.ts';
import { paths } from './paths.ts';
import { ownerPage } from './schemas.ts';

/** The app as it is registered at HubSpot. Nothing here reads the environment. */
export type HubSpotApp = { clientId: string; clientSecret: string; apiUrl: string; appUrl: string };

export const hubspotScopes = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.schemas.contacts.read',
  'crm.schemas.contacts.write',
  'crm.lists.read',
  'crm.lists.write',
  'crm.objects.owners.read',
  'crm.objects.companies.read',
  'crm.objects.deals.read',
  'settings.users.read',
];

export type HubSpotTokens = {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
  hubId: string | null;
  userId: string | null;
  scopes: string[];
};

export type HubSpotIdentity = {
  active: boolean;
  hubId: string | null;
  hubDomain: string | null;
  userId: string | null;
  email: string | null;
  scopes: string[];
};

export type HubSpotUser = { id: string; email: string; superAdmin: boolean; roleIds: string[] };

/** Trades the code of the consent for tokens. A used or wrong code is `rejected`. */
export async function exchangeCode(
  app: HubSpotApp,
  input: { code: string; redirectUri: string },
): Promise<CrmResult<HubSpotTokens>> {
  const answer = await token(app, {
    grant_type: 'authorization_code',
    code: input.code,
    redirect_uri: input.redirectUri,
  });
  if (answer.ok || answer.failure.kind !== 'authLost') return answer;
  const message = 'HubSpot did not accept the code.';
  return {
    ok: false,
    failure: { kind: 'rejected', category: 'permissions', code: 'invalid_grant', fields: [], message },
  };
}

/** A new access token. `authLost`: the refresh token no longer holds. HubSpot does not rotate it. */
export function refresh(app: HubSpotApp, refreshToken: string): Promise<CrmResult<HubSpotTokens>> {
  return token(app, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

/** Whose token this is. A token that no longer holds is `active: false`. */
export async function introspect(app: HubSpotApp, accessToken: string): Promise<CrmResult<HubSpotIdentity>> {
  const form = { token: accessToken, token_type_hint: 'access_token' };
  const answer = await post(app, `${paths.oauth}/token/introspect`, form, identityAnswer, false);
  if (!answer.ok) return answer;
  const { active, hub_id, hub_domain, user_id, user, scopes } = answer.value;
  return {
    ok: true,
    value: { active, hubId: hub_id, hubDomain: hub_domain, userId: user_id, email: user, scopes },
  };
}

/** Ends a refresh token at HubSpot. One that had ended already is no failure. */
export async function revoke(app: HubSpotApp, refreshToken: string): Promise<CrmResult<void>> {
  const form = { token: refreshToken, token_type_hint: 'refresh_token' };
  const answer = await post(app, `${paths.oauth}/token/revoke`, form, nothing, true);
  if (!answer.ok && (answer.failure.kind === 'authLost' || answer.failure.kind === 'notFound')) {
    return { ok: true, value: undefined };
  }
  return answer;
}

/** A HubSpot user, to know who is a super admin. Needs `settings.users.read`. */
export async function readUser(access: CrmAccess, userId: string): Promise<CrmResult<HubSpotUser>> {
  const path = `${paths.users}/${encodeURIComponent(userId)}`;
  return createSend(access)({ method: 'GET', path, answer: userAnswer });
}

/** The name of a HubSpot user as an owner; null if the user is none. */
export async function readOwnerName(access: CrmAccess, email: string): Promise<CrmResult<string | null>> {
  const answer = await createSend(access)({
    method: 'GET',
    path: paths.owners,
    query: { email },
    answer: ownerPage,
  });
  if (!answer.ok) return answer;
  const [owner] = answer.value.results;
  return { ok: true, value: [owner?.firstName, owner?.lastName].filter(Boolean).join(' ') || null };
}

const id = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : String(value)));
const textOrNull = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const nothing = z.unknown().transform(() => undefined);

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
  hub_id: id,
  user_id: id,
  scopes: z.array(z.string()).default([]),
});

const identityAnswer = z.object({
  active: z.boolean(),
  hub_id: id,
  hub_domain: textOrNull,
  user_id: id,
  user: textOrNull,
  scopes: z.array(z.string()).default([]),
});

const userAnswer = z
  .object({
    id: z.coerce.string(),
    email: z.string().default(''),
    superAdmin: z.boolean().default(false),
    roleIds: z.array(z.coerce.string()).nullish(),
  })
  .transform(({ roleIds, ...user }) => ({ ...user, roleIds: roleIds ?? [] }));

async function token(app: HubSpotApp, form: Record<string, string>): Promise<CrmResult<HubSpotTokens>> {
  const answer = await post(app, `${paths.oauth}/token`, form, tokenAnswer, true);
  if (!answer.ok) return answer;
  const { access_token, refresh_token, expires_in, hub_id, user_id, scopes } = answer.value;
  return {
    ok: true,
    value: {
      accessToken: access_token,
      refreshToken: refresh_token,
      expiresInSeconds: expires_in,
      hubId: hub_id,
      userId: user_id,
      scopes,
    },
  };
}

const tokenTimeoutMs = 30_000;

/** OAuth calls carry the app's own credentials, and are sent once: a code or a token may be used up. */
async function post<T>(
  app: HubSpotApp,
  path: string,
  form: Record<string, string>,
  answer: z.ZodType<T>,
  changes: boolean,
): Promise<CrmResult<T>> {
  const body = new URLSearchParams({ ...form, client_id: app.clientId, client_secret: app.clientSecret });
  const request: Request<T> = { method: 'POST', path, body, changes, answer, refusal: oauthRefusal };
  const client = new Client({ basePath: app.apiUrl });
  const attempt = await sendOnce(client, request, AbortSignal.timeout(tokenTimeoutMs));
  if (attempt.ok || !attempt.tokenRefused) return attempt;
  return { ok: false, failure: { kind: 'authLost' } };
}

const oauthError = z.object({
  error: z.string().optional(),
  status: z.string().optional(),
  error_description: z.string().optional(),
  message: z.string().optional(),
});

/** RFC 6749's form since v3, HubSpot's own `status` before. */
function oauthRefusal(status: number, body: unknown): CrmFailure | null {
  if (status === 429 || status >= 500) return null;
  const parsed = oauthError.safeParse(body);
  if (!parsed.success) return null;
  const { error, status: oldCode, error_description, message } = parsed.data;
  const code = [error, oldCode].find((each) => each !== undefined && each in oauthErrors) ?? error;
  if (!code) return null;
  return failureOf(oauthErrors, { code, message: error_description ?? message ?? '', fields: [] });
}
