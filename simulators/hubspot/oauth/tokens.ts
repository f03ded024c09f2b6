import { createHash, randomBytes } from 'node:crypto';
import type { Collection } from '#simulators/core/store.ts';
import { ApiError } from '../http/errors.ts';
import type { Source } from '../objects/types.ts';
import type { World } from '../world.ts';
import type { App } from './apps.ts';

export interface Grant {
  clientId: string;
  appId: number;
  portalId: number;
  userId: number;
  scopes: string[];
}

export interface CodeGrant extends Grant {
  redirectUri: string;
  expiresAt: number;
  challenge?: string;
  challengeMethod?: string;
  used?: boolean;
}

interface AccessToken extends Grant {
  expiresAt: number;
  /** The app's own token for developer APIs, of no account. */
  clientCredentials?: boolean;
}

/** Who makes a request. */
export interface Session extends AccessToken {
  token: string;
  source: Source;
}

const CODE_LIFE_MS = 5 * 60_000;
const DAY_MS = 86_400_000;
/** A token nobody issued is told that it expired at the epoch. */
const NEVER_ISSUED = 0;

export interface Tokens {
  issueCode(grant: Grant & { redirectUri: string; challenge?: string; challengeMethod?: string }): string;
  /** The grant behind a code, once; undefined when unknown, used or expired. */
  takeCode(code: string): CodeGrant | undefined;
  issue(grant: Grant): { accessToken: string; refreshToken: string };
  issueAccess(grant: Grant, clientCredentials?: boolean): string;
  access(token: string): AccessToken | undefined;
  refresh(token: string): Grant | undefined;
  revokeRefresh(token: string): boolean;
  revokeAccess(token: string): boolean;
  /** Ends every token of an app in an account, as an uninstall does. */
  uninstall(clientId: string, portalId: number): void;
  /** Throws the 401 of a missing, unknown or expired token. */
  authorize(header: string | undefined, apps: readonly App[]): Session;
}

export function createTokens(world: World): Tokens {
  return new TokenStore(world);
}

const newToken = (prefix: string, length: number) => `${prefix}${randomBytes(length).toString('base64url')}`;

class TokenStore implements Tokens {
  readonly #world: World;
  readonly #codes: Collection<CodeGrant>;
  readonly #access: Collection<AccessToken>;
  readonly #refresh: Collection<Grant>;

  constructor(world: World) {
    this.#world = world;
    this.#codes = world.store.collection('oauth/codes');
    this.#access = world.store.collection('oauth/access');
    this.#refresh = world.store.collection('oauth/refresh');
  }

  issueCode(grant: Omit<CodeGrant, 'expiresAt'>) {
    const code = newToken('eu1-', 24);
    this.#codes.set(code, { ...grant, expiresAt: this.#world.clock.now() + CODE_LIFE_MS });
    return code;
  }

  takeCode(code: string) {
    const grant = this.#codes.get(code);
    if (!grant) return undefined;
    this.#codes.delete(code);
    return grant.expiresAt > this.#world.clock.now() ? grant : undefined;
  }

  issue(grant: Grant) {
    const refreshToken = newToken('eu1-', 36);
    const { clientId, appId, portalId, userId, scopes } = grant;
    this.#refresh.set(refreshToken, { clientId, appId, portalId, userId, scopes });
    return { accessToken: this.issueAccess(grant), refreshToken };
  }

  issueAccess(grant: Grant, clientCredentials?: boolean) {
    const now = this.#world.clock.now();
    for (const [token, old] of this.#access.entries())
      if (old.expiresAt < now - DAY_MS) this.#access.delete(token);
    const token = newToken('CPSim', 48);
    const { clientId, appId, portalId, userId, scopes } = grant;
    const expiresAt = now + this.#world.config.current.accessTokenSeconds * 1_000;
    this.#access.set(token, {
      ...{ clientId, appId, portalId, userId, scopes, expiresAt },
      ...(clientCredentials ? { clientCredentials } : {}),
    });
    return token;
  }

  access(token: string) {
    return this.#access.get(token);
  }

  refresh(token: string) {
    return this.#refresh.get(token);
  }

  revokeRefresh(token: string) {
    return this.#refresh.delete(token);
  }

  revokeAccess(token: string) {
    return this.#access.delete(token);
  }

  uninstall(clientId: string, portalId: number) {
    for (const tokens of [this.#access, this.#refresh] as Collection<Grant>[]) {
      for (const [token, grant] of tokens.entries()) {
        if (grant.clientId === clientId && grant.portalId === portalId) tokens.delete(token);
      }
    }
  }

  authorize(header: string | undefined, apps: readonly App[]): Session {
    const token = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1];
    if (!token) throw noCredentials();
    const found = this.#access.get(token);
    const expiresAt = found?.expiresAt ?? NEVER_ISSUED;
    const now = this.#world.clock.now();
    if (!found || expiresAt <= now) throw expired(now, expiresAt);
    const name = apps.find((app) => app.clientId === found.clientId)?.name;
    const source = { sourceType: 'INTEGRATION', sourceId: String(found.appId), sourceLabel: name };
    return { ...found, token, source: name ? source : { sourceType: 'INTEGRATION' } };
  }
}

/** Does the verifier belong to the challenge of the authorize address? */
export function provesPossession(grant: CodeGrant, verifier: string | undefined): boolean {
  if (grant.challenge === undefined) return true;
  if (!verifier) return false;
  if (grant.challengeMethod !== 'S256') return grant.challenge === verifier;
  return createHash('sha256').update(verifier).digest('base64url') === grant.challenge;
}

function noCredentials(): ApiError {
  return new ApiError(
    401,
    'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
    { category: 'INVALID_AUTHENTICATION' },
  );
}

function expired(now: number, expiresAt: number): ApiError {
  const seconds = Math.floor((now - expiresAt) / 1_000);
  const ago = seconds > 100 * 86_400 ? `${Math.floor(seconds / 86_400)} day(s)` : `${seconds} second(s)`;
  return new ApiError(401, `The OAuth token used to make this call expired ${ago} ago.`, {
    category: 'EXPIRED_AUTHENTICATION',
    context: { 'expire time': [new Date(expiresAt).toISOString()] },
  });
}
