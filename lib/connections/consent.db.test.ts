import { beforeEach, describe, expect, it } from 'vitest';
import { open } from '#lib/core/crypto.ts';
import { db } from '#lib/core/db.ts';
import { refresh } from '#lib/crm/salesforce/index.ts';
import { answerConsent, connectSalesforce } from '#lib/testing/connections.ts';
import {
  addUser,
  createWorkspace,
  moveClock,
  type TestWorkspace,
  testDatabase,
} from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { salesforceApp } from './server/apps.ts';
import {
  beginSalesforceConsent,
  completeSalesforceConsent,
  getConnection,
  salesforceFor,
} from './server/index.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;

beforeEach(async () => {
  workspace = await createWorkspace();
  await simulators.current.reset();
});

async function begin(
  request = { sandbox: false, otherOrg: false },
  actor = workspace.actor,
): Promise<string> {
  const begun = await beginSalesforceConsent(actor, request);
  if (!begun.ok) throw new Error(begun.failure.code);
  return begun.value.url;
}

const codeOf = (result: Awaited<ReturnType<typeof completeSalesforceConsent>>) =>
  result.ok ? 'ok' : result.failure.code;

describe('the consent at Salesforce', () => {
  it('asks with our redirect, an S256 challenge and a state that is not stored in clear', async () => {
    const url = new URL(await begin());
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: 'http://localhost:3000/api/connections/salesforce/callback',
      code_challenge_method: 'S256',
      scope: 'api refresh_token id',
    });
    const stored = JSON.stringify(await db().oAuthRequest.findMany());
    expect(stored).not.toContain(url.searchParams.get('state'));
    expect(stored).not.toContain(url.searchParams.get('code_challenge'));
  });

  it('connects when allowed, keeps the tokens sealed, and writes it down', async () => {
    const answer = await answerConsent(await begin());
    const result = await completeSalesforceConsent(workspace.actor, answer);
    expect(result).toMatchObject({ ok: true, value: { reconnected: false, sandbox: false } });
    expect(await getConnection(workspace.workspaceId, 'SALESFORCE')).toMatchObject({
      status: 'connected',
      username: 'integration@northwind.example',
      accountName: 'Northwind Trading',
      connectedBy: workspace.actor.name,
      api: { limit: 100_000 },
    });
    const row = await db().connection.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId } });
    expect(row.accountId).toMatch(/^00D\w{15}$/);
    for (const token of [row.accessToken, row.refreshToken]) expect(token).toMatch(/^eyJ[\w-]+\.\./);
    const [entry] = await db().auditEntry.findMany({ where: { workspaceId: workspace.workspaceId } });
    expect(entry).toMatchObject({
      action: 'connection.connected',
      app: 'salesforce',
      actor: workspace.actor.name,
    });
    expect(await db().oAuthRequest.count({ where: { workspaceId: workspace.workspaceId } })).toBe(0);
  });

  it('keeps nothing when denied', async () => {
    const answer = await answerConsent(await begin(), { decision: 'deny' });
    expect(codeOf(await completeSalesforceConsent(workspace.actor, answer))).toBe('consent_denied');
    expect(await getConnection(workspace.workspaceId, 'SALESFORCE')).toBeNull();
  });

  it('refuses a state that was never given out, and one that is missing', async () => {
    const { code } = await answerConsent(await begin());
    for (const state of ['made-up', undefined]) {
      const result = await completeSalesforceConsent(workspace.actor, { code, state });
      expect(result).toMatchObject({ ok: false, failure: { code: 'consent_unverified' } });
      expect(result.ok ? '' : result.failure.reference).toMatch(/^[\da-f-]{36}$/);
    }
  });

  it('refuses the answer in another session, of another user and in another workspace', async () => {
    const answer = await answerConsent(await begin());
    const otherSession = { ...workspace.actor, sessionHash: 'another session' };
    const colleague = (await addUser(workspace.workspaceId, 'admin')).actor;
    const stranger = (await createWorkspace()).actor;
    for (const actor of [otherSession, colleague, stranger]) {
      expect(codeOf(await completeSalesforceConsent(actor, answer))).toBe('consent_unverified');
    }
    expect(codeOf(await completeSalesforceConsent(workspace.actor, answer))).toBe('ok');
  });

  it('takes an answer once, also when it comes twice at the same time', async () => {
    const answer = await answerConsent(await begin());
    const both = await Promise.all([
      completeSalesforceConsent(workspace.actor, answer),
      completeSalesforceConsent(workspace.actor, answer),
    ]);
    expect(both.map(codeOf).sort()).toEqual(['consent_unverified', 'ok']);
    expect(codeOf(await completeSalesforceConsent(workspace.actor, answer))).toBe('consent_unverified');
  });

  it('takes no answer after ten minutes', async () => {
    const answer = await answerConsent(await begin());
    await moveClock(10 * 60_000);
    expect(codeOf(await completeSalesforceConsent(workspace.actor, answer))).toBe('consent_unverified');
  });

  it('tells a code that Salesforce does not accept from Salesforce not answering', async () => {
    const { state } = await answerConsent(await begin());
    expect(codeOf(await completeSalesforceConsent(workspace.actor, { state, code: 'wrong' }))).toBe(
      'consent_failed',
    );
    const answer = await answerConsent(await begin());
    await simulators.current.salesforce.faults([
      { path: '/services/oauth2/token', status: 503, body: 'down' },
    ]);
    expect(codeOf(await completeSalesforceConsent(workspace.actor, answer))).toBe('salesforce_unavailable');
  });

  it('says when the API is not enabled, and ends the grant it cannot use', async () => {
    const answer = await answerConsent(await begin());
    const body = [
      { errorCode: 'API_DISABLED_FOR_ORG', message: 'API is not enabled for this Organization or Partner' },
    ];
    await simulators.current.salesforce.faults([{ path: '/services/data/v66.0/query', status: 403, body }]);
    expect(codeOf(await completeSalesforceConsent(workspace.actor, answer))).toBe('salesforce_api_disabled');
    const { counts } = await simulators.current.salesforce.requests();
    expect(counts['POST /services/oauth2/revoke']).toBe(1);
  });

  it('names the rights that the user lacks', async () => {
    const { salesforce } = simulators.current;
    await salesforce.config({ profiles: await profilesWithout('create') });
    const result = await completeSalesforceConsent(workspace.actor, await answerConsent(await begin()));
    expect(result).toMatchObject({
      ok: false,
      failure: { code: 'salesforce_missing_rights', fields: [{ path: 'Lead', message: 'create' }] },
    });
    expect(await getConnection(workspace.workspaceId, 'SALESFORCE')).toBeNull();
  });
});

/** Takes a right on leads from every profile. */
async function profilesWithout(right: string): Promise<Record<string, unknown>> {
  const { salesforce } = simulators.current;
  const { accessToken } = await salesforce.tokens();
  const soql = encodeURIComponent('SELECT Name FROM Profile');
  const answer = await fetch(`${salesforce.url}/services/data/v66.0/query?q=${soql}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  const { records } = (await answer.json()) as { records: { Name: string }[] };
  return Object.fromEntries(records.map(({ Name }) => [Name, { objects: { Lead: { [right]: false } } }]));
}

describe('another organisation', () => {
  it('is not taken unless the person said so, and the other grant is ended', async () => {
    await connectSalesforce(workspace);
    const before = await getConnection(workspace.workspaceId, 'SALESFORCE');
    const answer = await answerConsent(await begin({ sandbox: true, otherOrg: false }));
    const result = await completeSalesforceConsent(workspace.actor, answer);
    expect(result).toMatchObject({
      ok: false,
      failure: {
        code: 'other_org',
        current: { former: { orgId: before?.accountId }, now: { sandbox: true } },
      },
    });
    expect(await getConnection(workspace.workspaceId, 'SALESFORCE')).toEqual(before);
    const { counts } = await simulators.current.sandbox.requests();
    expect(counts['POST /services/oauth2/revoke']).toBe(1);

    await connectSalesforce(workspace, { sandbox: true, otherOrg: true });
    expect(await getConnection(workspace.workspaceId, 'SALESFORCE')).toMatchObject({
      sandbox: true,
      status: 'connected',
      accountName: 'Northwind Trading Sandbox',
    });
  });
});

describe('the same organisation again', () => {
  it('replaces the tokens, ends the former grant, and works', async () => {
    await connectSalesforce(workspace);
    const former = await db().connection.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId } });
    const result = await completeSalesforceConsent(workspace.actor, await answerConsent(await begin()));
    expect(result).toMatchObject({ ok: true, value: { reconnected: true, orgId: former.accountId } });
    const app = salesforceApp(former.loginUrl);
    expect(await refresh(app, await open(former.refreshToken ?? ''))).toMatchObject({
      failure: { kind: 'authLost' },
    });
    const salesforce = await salesforceFor(workspace.workspaceId);
    expect(salesforce.ok && (await salesforce.value.limits())).toMatchObject({ ok: true });
  });
});

describe('addresses to log in at', () => {
  it('takes Salesforce’s own domains alone', async () => {
    const refused = [
      'https://evil.example',
      'http://x.my.salesforce.com',
      'https://my.salesforce.com.evil.example',
    ];
    for (const loginUrl of refused) {
      const result = await beginSalesforceConsent(workspace.actor, { sandbox: false, loginUrl });
      expect(result).toMatchObject({ ok: false, failure: { code: 'login_url_refused' } });
    }
    const own = await beginSalesforceConsent(workspace.actor, {
      sandbox: true,
      loginUrl: 'https://northwind--uat.sandbox.my.salesforce.com/',
    });
    expect(
      own.ok && own.value.url.startsWith('https://northwind--uat.sandbox.my.salesforce.com/services/'),
    ).toBe(true);
  });
});
