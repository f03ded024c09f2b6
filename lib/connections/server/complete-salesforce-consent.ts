import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { open, seal, sha256 } from '#lib/core/crypto.ts';
import { type Db, db, inTransaction } from '#lib/core/db.ts';
import type { Failure } from '#lib/core/failures.ts';
import { log } from '#lib/core/log.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { CrmFailure } from '#lib/crm/failure.ts';
import type { SalesforceObject } from '#lib/crm/ports.ts';
import {
  createSalesforce,
  exchangeCode,
  identity,
  revoke,
  type SalesforceTokens,
} from '#lib/crm/salesforce/index.ts';
import { crmFailureToFailure, missingRights } from '../rules.ts';
import type { ConsentAnswer } from '../schemas.ts';
import { callCounter } from './api-use.ts';
import { salesforceApp } from './apps.ts';
import { type Consent, findConnection, lockConnections, putConnection, takeConsent } from './repository.ts';

const secretSchema = z.object({ verifier: z.string(), otherOrg: z.boolean() });
const objects: SalesforceObject[] = ['Lead', 'Contact'];

/** What Salesforce told about the org and the user who allowed the app. */
type Org = {
  orgId: string;
  name: string;
  sandbox: boolean;
  userId: string;
  username: string;
  usage: { used: number; max: number } | null;
};

type Alongside = (tx: Db, workspaceId: string) => Promise<void>;
type CompletedConsent = { reconnected: boolean; orgId: string; orgName: string; sandbox: boolean };

/**
 * Ends a log-in at Salesforce: checks that this session began it, trades the code, looks at the org and the
 * user's rights, and keeps the tokens, sealed. Fails with `consent_unverified` (foreign, used or outdated
 * answer), `consent_denied`, `consent_failed`, `salesforce_api_disabled`, `salesforce_missing_rights`,
 * `other_org` (unless confirmed when it began; `current` names both), or as Salesforce does. `alongside`
 * happens in the transaction that keeps them.
 */
export async function completeSalesforceConsent(
  actor: Actor,
  answer: ConsentAnswer,
  alongside?: Alongside,
): Promise<Result<CompletedConsent>> {
  const consent = await verified(actor, answer.state);
  if (!consent) return fail(refused('consent_unverified', 'state'));
  if (answer.error === 'access_denied') return fail({ code: 'consent_denied' });
  if (answer.error || !answer.code) return fail(refused('consent_failed', answer.error ?? 'no code'));
  const { verifier, otherOrg } = secretSchema.parse(JSON.parse(await open(consent.codeVerifier)));
  const app = salesforceApp(consent.loginUrl);
  const tokens = await exchangeCode(app, { code: answer.code, verifier });
  if (!tokens.ok) return fail(exchangeFailure(tokens.failure));
  const { refreshToken } = tokens.value;
  if (refreshToken === null) return fail(refused('consent_failed', 'no refresh token'));

  const org = await inspect(actor.workspaceId, tokens.value);
  const result = org.ok
    ? await keep(actor, consent, { ...tokens.value, refreshToken }, org.value, { otherOrg, alongside })
    : org;
  // A grant that is not kept must not stay behind: a user may hold only five of them.
  const spare = result.ok ? result.value.formerRefreshToken : refreshToken;
  if (spare !== null) await endGrant(result.ok ? result.value.formerLoginUrl : consent.loginUrl, spare);
  return result.ok ? ok(result.value.completed) : result;
}

async function verified(actor: Actor, state: string | undefined): Promise<Consent | null> {
  if (!state) return null;
  const { workspaceId, userId, sessionHash } = actor;
  const stateHash = sha256(state);
  return takeConsent(db(), { stateHash, workspaceId, userId, sessionHash, now: await now() });
}

/** Tells the person a reference only; the reason is in the log under it. */
function refused(code: 'consent_unverified' | 'consent_failed', reason: string): Failure {
  const reference = randomUUID();
  log.warn({ reference, reason }, code);
  return { code, reference };
}

function exchangeFailure(failure: CrmFailure): Failure {
  if (failure.kind === 'rejected') return refused('consent_failed', failure.code);
  return crmFailureToFailure('SALESFORCE', failure);
}

async function inspect(workspaceId: string, tokens: SalesforceTokens): Promise<Result<Org>> {
  const { accessToken, instanceUrl: apiUrl } = tokens;
  const salesforce = createSalesforce({
    token: async (rejected) =>
      rejected === undefined
        ? { ok: true, value: { accessToken, apiUrl } }
        : { ok: false, failure: { kind: 'authLost' } },
    onCall: callCounter(workspaceId),
  });
  const organization = await salesforce.organization();
  if (!organization.ok) return fail(inspectionFailure(organization.failure));
  const who = await identity(tokens);
  if (!who.ok) return fail(inspectionFailure(who.failure));
  const described = await Promise.all(objects.map((object) => salesforce.describe(object)));
  for (const each of described) {
    if (!each.ok && each.failure.kind !== 'notFound') return fail(inspectionFailure(each.failure));
  }
  const missing = objects.flatMap((object, at) => {
    const each = described[at];
    return each ? missingRights(object, each) : [];
  });
  if (missing.length > 0) {
    return fail({
      code: 'salesforce_missing_rights',
      values: { rights: missing.map(({ object, right }) => `${object}: ${right}`).join(', ') },
      fields: missing.map(({ object, right }) => ({ path: object, message: right })),
    });
  }
  const limits = await salesforce.limits();
  const { userId, username } = who.value;
  return ok({ ...organization.value, userId, username, usage: limits.ok ? limits.value : null });
}

function inspectionFailure(failure: CrmFailure): Failure {
  const disabled = failure.kind === 'rejected' && /^API_(DISABLED|CURRENTLY_DISABLED)/.test(failure.code);
  return disabled ? { code: 'salesforce_api_disabled' } : crmFailureToFailure('SALESFORCE', failure);
}

type Kept = { completed: CompletedConsent; formerRefreshToken: string | null; formerLoginUrl: string };

async function keep(
  actor: Actor,
  consent: Consent,
  tokens: SalesforceTokens & { refreshToken: string },
  org: Org,
  { otherOrg, alongside }: { otherOrg: boolean; alongside: Alongside | undefined },
): Promise<Result<Kept>> {
  const { workspaceId } = actor;
  const accessToken = await seal(tokens.accessToken);
  const refreshToken = await seal(tokens.refreshToken);
  return inTransaction(async (tx): Promise<Result<Kept>> => {
    await lockConnections(tx, workspaceId);
    const before = await findConnection(tx, workspaceId, 'SALESFORCE');
    if (before && before.accountId !== org.orgId && !otherOrg) {
      const former = { orgId: before.accountId, name: before.accountName, sandbox: before.sandbox };
      return fail({
        code: 'other_org',
        current: { former, now: { orgId: org.orgId, name: org.name, sandbox: org.sandbox } },
      });
    }
    const at = await now(tx);
    await putConnection(tx, workspaceId, 'SALESFORCE', {
      accountId: org.orgId,
      accountName: org.name,
      userId: org.userId,
      username: org.username,
      sandbox: org.sandbox,
      loginUrl: consent.loginUrl,
      apiUrl: tokens.instanceUrl,
      scopes: tokens.scopes,
      accessToken,
      refreshToken,
      accessExpiresAt: null,
      connectedById: actor.userId,
      connectedAt: at,
      ...(org.usage ? { apiUsed: org.usage.used, apiLimit: org.usage.max, apiReadAt: at } : {}),
    });
    await alongside?.(tx, workspaceId);
    await recordAudit(tx, {
      workspaceId,
      actorId: actor.userId,
      actor: actor.name,
      action: before ? 'connection.reconnected' : 'connection.connected',
      app: 'salesforce',
      ...(before ? { oldValue: { account: before.accountId, username: before.username } } : {}),
      newValue: { account: org.orgId, username: org.username, sandbox: org.sandbox },
      at,
    });
    const completed = {
      reconnected: before !== null,
      orgId: org.orgId,
      orgName: org.name,
      sandbox: org.sandbox,
    };
    return ok({
      completed,
      formerRefreshToken: before?.refreshToken ? await open(before.refreshToken) : null,
      formerLoginUrl: before?.loginUrl ?? consent.loginUrl,
    });
  });
}

async function endGrant(loginUrl: string, refreshToken: string): Promise<void> {
  const ended = await revoke(salesforceApp(loginUrl), refreshToken);
  if (!ended.ok)
    log.warn({ failure: ended.failure.kind }, 'a Salesforce grant that is not used could not be ended');
}
