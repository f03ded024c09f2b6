import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Collection } from '../../core/store.ts';
import type { SObject } from '../metadata/types.ts';
import type { Org } from '../records/org.ts';

/** A connected app. */
export interface ConnectedApp {
  id: string;
  secret: string;
  name: string;
  pkceRequired: boolean;
  /** Every refresh replaces the refresh token. */
  rotation: boolean;
}

interface Code {
  appId: string;
  userId: string;
  redirectUri: string;
  scope: string;
  challenge: string | null;
  expiresAt: number;
}

export interface Grant {
  id: string;
  appId: string;
  userId: string;
  scope: string;
  createdAt: number;
}

export interface AccessToken {
  grantId: string;
  userId: string;
  expiresAt: number;
}

interface RefreshToken {
  grantId: string;
  /** False once a later one has replaced it: its use revokes the grant. */
  current: boolean;
}

const CODE_LIFE_MS = 15 * 60 * 1000;
const GRANTS_PER_USER_AND_APP = 5;

export const APPS: readonly ConnectedApp[] = [
  {
    id: 'segbridge-salesforce',
    secret: 'segbridge-salesforce-secret',
    name: 'Segbridge',
    pkceRequired: true,
    rotation: true,
  },
  {
    id: 'classic-salesforce',
    secret: 'classic-salesforce-secret',
    name: 'Classic client',
    pkceRequired: false,
    rotation: false,
  },
];

/** An OAuth refusal: `{"error","error_description"}`. */
export class OAuthError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, description: string, status = 400) {
    super(description);
    this.code = code;
    this.status = status;
  }
}

const deadToken = () => new OAuthError('invalid_grant', 'expired access/refresh token');

/** Codes, grants and tokens of one org. A grant is one consent of one user to one app. */
export class Grants {
  readonly #org: Org;
  readonly #codes: Collection<Code>;
  readonly #grants: Collection<Grant>;
  readonly #access: Collection<AccessToken>;
  readonly #refresh: Collection<RefreshToken>;

  constructor(org: Org) {
    this.#org = org;
    this.#codes = org.store.collection('oauth:codes');
    this.#grants = org.store.collection('oauth:grants');
    this.#access = org.store.collection('oauth:accessTokens');
    this.#refresh = org.store.collection('oauth:refreshTokens');
  }

  app(id: string | null | undefined): ConnectedApp | null {
    return APPS.find((app) => app.id === id) ?? null;
  }

  issueCode(input: Omit<Code, 'expiresAt'>): string {
    const code = `aPrx${randomBytes(24).toString('base64url')}`;
    this.#codes.set(code, { ...input, expiresAt: this.#org.clock.now() + CODE_LIFE_MS });
    return code;
  }

  /** Exchanges a code, once. */
  redeem(app: ConnectedApp, code: string, redirectUri: string, verifier: string | null) {
    const entry = this.#codes.get(code);
    this.#codes.delete(code);
    if (entry === undefined || entry.expiresAt < this.#org.clock.now() || entry.appId !== app.id) {
      throw new OAuthError('invalid_grant', 'expired authorization code');
    }
    if (entry.redirectUri !== redirectUri) {
      throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
    }
    if (entry.challenge !== null) {
      const digest = createHash('sha256')
        .update(verifier ?? '')
        .digest('base64url');
      if (digest !== entry.challenge) throw new OAuthError('invalid_grant', 'invalid code verifier');
    }
    if (this.#org.table('User').get(entry.userId)?.IsActive !== true) {
      throw new OAuthError('invalid_grant', 'inactive user');
    }
    return this.#org.store.batch(() => this.grant(app, entry.userId, entry.scope));
  }

  /** A new grant. The sixth of a user and app revokes the oldest. */
  grant(app: ConnectedApp, userId: string, scope: string) {
    const held = [...this.#grants.values()]
      .filter((each) => each.userId === userId && each.appId === app.id)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    for (const oldest of held.slice(0, Math.max(0, held.length - GRANTS_PER_USER_AND_APP + 1))) {
      this.revokeGrant(oldest.id);
    }
    const number = String(this.#nextGrantNumber()).padStart(8, '0');
    const grant: Grant = { id: number, appId: app.id, userId, scope, createdAt: this.#org.clock.now() };
    this.#grants.set(grant.id, grant);
    const withRefresh = /\b(refresh_token|offline_access)\b/.test(scope);
    const refreshToken = withRefresh ? this.#newRefreshToken(grant.id) : null;
    return { grant, accessToken: this.#newAccessToken(grant), refreshToken };
  }

  /** A fresh access token; a refresh token that was replaced revokes the whole grant. */
  refresh(app: ConnectedApp, token: string) {
    const entry = this.#refresh.get(token);
    const grant = entry === undefined ? undefined : this.#grants.get(entry.grantId);
    if (entry === undefined || grant === undefined || grant.appId !== app.id) throw deadToken();
    if (!entry.current) {
      this.revokeGrant(grant.id);
      throw deadToken();
    }
    if (this.#org.table('User').get(grant.userId)?.IsActive !== true) {
      throw new OAuthError('invalid_grant', 'inactive user');
    }
    return this.#org.store.batch(() => {
      let refreshToken: string | null = null;
      if (app.rotation) {
        this.#refresh.set(token, { ...entry, current: false });
        refreshToken = this.#newRefreshToken(grant.id);
      }
      return { grant, accessToken: this.#newAccessToken(grant), refreshToken };
    });
  }

  /** Revokes an access token, or with a refresh token the whole grant. False for an unknown token. */
  revoke(token: string): boolean {
    const refresh = this.#refresh.get(token);
    if (refresh !== undefined) {
      this.revokeGrant(refresh.grantId);
      return true;
    }
    return this.#access.delete(token);
  }

  revokeGrant(id: string): void {
    this.#grants.delete(id);
    for (const [token, entry] of [...this.#refresh.entries()]) {
      if (entry.grantId === id) this.#refresh.delete(token);
    }
    for (const [token, entry] of [...this.#access.entries()]) {
      if (entry.grantId === id) this.#access.delete(token);
    }
  }

  /** The living user behind an access token; use keeps the token alive. */
  userOf(token: string): SObject | null {
    const entry = this.#access.get(token);
    if (entry === undefined) return null;
    const now = this.#org.clock.now();
    if (entry.expiresAt <= now) {
      this.#access.delete(token);
      return null;
    }
    const user = this.#org.table('User').get(entry.userId);
    if (user?.IsActive !== true) return null;
    const life = this.#org.config.current.sessionTimeoutMs;
    if (entry.expiresAt - now < life / 2) this.#access.set(token, { ...entry, expiresAt: now + life });
    return user;
  }

  /** `issued_at` and `signature` of a token answer. */
  sign(app: ConnectedApp, identity: string) {
    const issuedAt = String(this.#org.clock.now());
    const signature = createHmac('sha256', app.secret)
      .update(identity + issuedAt)
      .digest('base64');
    return { issued_at: issuedAt, signature };
  }

  #nextGrantNumber(): number {
    const counters = this.#org.store.collection<number>('counters');
    const next = (counters.get('grant') ?? 0) + 1;
    counters.set('grant', next);
    return next;
  }

  #newAccessToken(grant: Grant): string {
    const token = `${this.#org.orgId.slice(0, 15)}!AQ4AQ${randomBytes(60).toString('base64url')}`;
    const expiresAt = this.#org.clock.now() + this.#org.config.current.sessionTimeoutMs;
    this.#access.set(token, { grantId: grant.id, userId: grant.userId, expiresAt });
    return token;
  }

  #newRefreshToken(grantId: string): string {
    const token = `5Aep861${randomBytes(54).toString('base64url')}`;
    this.#refresh.set(token, { grantId, current: true });
    return token;
  }
}
