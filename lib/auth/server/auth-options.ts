import type { Account, AuthOptions, LoggerInstance } from 'next-auth';
import { saveHubSpotConnection } from '#lib/connections/server/index.ts';
import { env } from '#lib/core/env.ts';
import { log, logBug } from '#lib/core/log.ts';
import { authAdapter } from './adapter.ts';
import { type HubSpotIdentity, hubspotProvider } from './hubspot-provider.ts';
import { recordSignIn } from './record-sign-in.ts';

const thirtyDays = 30 * 24 * 60 * 60;

/**
 * next-auth's options for one request. `isCallback`: HubSpot's answer is being handled. `reconnect`: the
 * person asked to connect HubSpot anew.
 */
export function authOptions({
  isCallback,
  reconnect,
}: {
  isCallback: boolean;
  reconnect: boolean;
}): AuthOptions {
  const settings = env();
  return {
    secret: settings.AUTH_SECRET,
    adapter: authAdapter({ fresh: isCallback }),
    providers: [hubspotProvider(settings)],
    session: { strategy: 'database', maxAge: thirtyDays },
    pages: { signIn: '/login', error: '/login' },
    callbacks: {
      signIn: ({ account }) => isAllowed(account?.providerAccountId) || '/login?error=not_allowed',
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signIn: async ({ user, account, profile }) => {
        if (!account) return;
        await afterSignIn(user.id, account, profile as unknown as HubSpotIdentity, reconnect);
      },
    },
    logger,
  };
}

function isAllowed(providerAccountId: string | undefined): boolean {
  const allowed = env().HUBSPOT_ALLOWED_ACCOUNTS;
  const hubId = providerAccountId?.split(':')[0] ?? '';
  return allowed.length === 0 || allowed.includes(hubId);
}

/** Brings the role up to date, and keeps the tokens if the workspace has no working connection yet. */
async function afterSignIn(
  userId: string,
  account: Account,
  identity: HubSpotIdentity,
  reconnect: boolean,
): Promise<void> {
  const updated = await recordSignIn(userId, identity);
  await saveHubSpotConnection({
    workspaceId: updated.workspaceId,
    userId,
    userName: identity.name,
    hubId: identity.hubId,
    hubDomain: identity.hubDomain,
    hubspotUserId: identity.hubspotUserId,
    email: identity.email,
    tokens: {
      accessToken: account.access_token ?? '',
      refreshToken: account.refresh_token ?? '',
      expiresAt: new Date((account.expires_at ?? 0) * 1000),
      scopes: (account.scope ?? '').split(' ').filter(Boolean),
    },
    reconnect: reconnect && updated.role === 'ADMIN',
  });
}

/** next-auth's own log would print whole requests; names and messages are enough. */
const logger: Partial<LoggerInstance> = {
  error: (code, metadata) => {
    const error = metadata instanceof Error ? metadata : 'error' in metadata ? metadata.error : undefined;
    logBug(error instanceof Error ? error : new Error(String(code)), { event: code });
  },
  warn: (code) => log.warn({ event: code }, 'next-auth'),
  debug: () => undefined,
};
