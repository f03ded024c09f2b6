import { beforeEach, describe, expect, it } from 'vitest';
import { open, seal } from '#lib/core/crypto.ts';
import { db } from '#lib/core/db.ts';
import { connectHubSpot, connectSalesforce } from '#lib/testing/connections.ts';
import { createWorkspace, moveClock, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { type Simulator, testSimulators } from '#lib/testing/simulators.ts';
import { disconnect, flushApiUse, hubspotFor, salesforceFor, tokenSupplier } from './server/index.ts';
import { findConnection, takeLease } from './server/repository.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;

beforeEach(async () => {
  await simulators.current.reset();
  workspace = await createWorkspace();
  await connectHubSpot(workspace, simulators.current.hubspot);
  await connectSalesforce(workspace);
});

async function stored(crm: 'HUBSPOT' | 'SALESFORCE') {
  const row = await findConnection(db(), workspace.workspaceId, crm);
  if (!row) throw new Error('There is no connection.');
  return row;
}

async function supplied(crm: 'HUBSPOT' | 'SALESFORCE', rejected?: string): Promise<string> {
  const token = await tokenSupplier(workspace.workspaceId, crm)(rejected);
  if (!token.ok) throw new Error(token.failure.kind);
  return token.value.accessToken;
}

async function tokenCalls(simulator: Simulator): Promise<number> {
  const { counts } = await simulator.requests();
  return Object.entries(counts)
    .filter(([key]) => /^POST \/(oauth\/2026-03|services\/oauth2)\/token$/.test(key))
    .reduce((sum, [, count]) => sum + count, 0);
}

describe('tokens at rest', () => {
  it('are in no column in clear', async () => {
    const plain = [await supplied('HUBSPOT'), await supplied('SALESFORCE')];
    const rows = JSON.stringify(await db().connection.findMany());
    for (const token of plain) expect(rows).not.toContain(token);
    expect(await open((await stored('HUBSPOT')).accessToken ?? '')).toBe(plain[0]);
  });
});

describe('a token that was refused', () => {
  it('8: rotated refresh token with two workers or more: exactly one refresh call', async () => {
    const { salesforce } = simulators.current;
    const old = await supplied('SALESFORCE');
    const before = await tokenCalls(salesforce);
    await salesforce.faults([{ path: '/services/oauth2/token', delayMs: 300 }]);
    const given = await Promise.all(Array.from({ length: 8 }, () => supplied('SALESFORCE', old)));
    expect(new Set(given).size).toBe(1);
    expect(given[0]).not.toBe(old);
    expect((await tokenCalls(salesforce)) - before).toBe(1);
  });

  it('8: brings the rotated refresh token with it, which the next renewal uses', async () => {
    const first = await stored('SALESFORCE');
    const second = await supplied('SALESFORCE', await supplied('SALESFORCE'));
    const after = await stored('SALESFORCE');
    expect(await open(after.refreshToken ?? '')).not.toBe(await open(first.refreshToken ?? ''));
    expect(after.tokenVersion).toBe(first.tokenVersion + 1);
    expect(after).toMatchObject({ refreshHolder: null, refreshUntil: null });
    expect(await supplied('SALESFORCE', second)).not.toBe(second);
  });

  it('is not renewed again for who asks later with the old one', async () => {
    const old = await supplied('HUBSPOT');
    const renewed = await supplied('HUBSPOT', old);
    const calls = await tokenCalls(simulators.current.hubspot);
    expect(await supplied('HUBSPOT', old)).toBe(renewed);
    expect(await tokenCalls(simulators.current.hubspot)).toBe(calls);
  });

  it('is renewed within a call, which then succeeds', async () => {
    const salesforce = await salesforceFor(workspace.workspaceId);
    await db().connection.updateMany({
      where: { workspaceId: workspace.workspaceId, crm: 'SALESFORCE' },
      data: { accessToken: await seal('00D!nonsense') },
    });
    expect(salesforce.ok && (await salesforce.value.organization())).toMatchObject({
      ok: true,
      value: { name: 'Northwind Trading' },
    });
  });
});

describe('a token that ends soon', () => {
  it('is renewed before it ends, by the database’s clock', async () => {
    const { hubspot } = simulators.current;
    const old = await supplied('HUBSPOT');
    await moveClock(28 * 60_000, hubspot);
    expect(await supplied('HUBSPOT')).toBe(old);
    await moveClock(90_000, hubspot);
    expect(await supplied('HUBSPOT')).not.toBe(old);
  });
});

describe('a dead refresh token', () => {
  it('marks the connection expired once, and then nobody is asked any more', async () => {
    const { salesforce } = simulators.current;
    const old = await supplied('SALESFORCE');
    await db().connection.updateMany({
      where: { workspaceId: workspace.workspaceId, crm: 'SALESFORCE' },
      data: { refreshToken: await seal('dead') },
    });
    const supplier = tokenSupplier(workspace.workspaceId, 'SALESFORCE');
    const answers = await Promise.all([supplier(old), supplier(old), supplier(old)]);
    expect(answers.map((each) => each.ok || each.failure.kind)).toEqual(['authLost', 'authLost', 'authLost']);
    expect(await stored('SALESFORCE')).toMatchObject({
      status: 'EXPIRED',
      accessToken: null,
      refreshToken: null,
    });
    const where = { workspaceId: workspace.workspaceId, action: 'connection.expired' };
    expect(await db().auditEntry.count({ where })).toBe(1);
    const calls = await tokenCalls(salesforce);
    expect(await salesforceFor(workspace.workspaceId)).toMatchObject({
      ok: false,
      failure: { kind: 'authLost' },
    });
    expect(await tokenCalls(salesforce)).toBe(calls);
  });

  it('is told from a vendor that does not answer, which changes nothing', async () => {
    const old = await supplied('HUBSPOT');
    await simulators.current.hubspot.faults([
      { path: '/oauth/2026-03/token', status: 502, body: '<h1>Bad</h1>', times: 1 },
    ]);
    const answer = await tokenSupplier(workspace.workspaceId, 'HUBSPOT')(old);
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'unavailable' } });
    expect(await stored('HUBSPOT')).toMatchObject({ status: 'CONNECTED', refreshHolder: null });
    expect(await supplied('HUBSPOT', old)).not.toBe(old);
  });
});

describe('the lease', () => {
  it('of a worker that died passes on when its time is over', async () => {
    const row = await stored('HUBSPOT');
    const holders = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
    expect(await takeLease(db(), row, holders[0] ?? '', 40_000)).toBe(true);
    expect(await takeLease(db(), row, holders[1] ?? '', 40_000)).toBe(false);
    await moveClock(40_000);
    expect(await supplied('HUBSPOT', await open(row.accessToken ?? ''))).not.toBe('');
    expect((await stored('HUBSPOT')).tokenVersion).toBe(row.tokenVersion + 1);
  });
});

describe('no connection', () => {
  it('gives no token and no port, and never another workspace’s', async () => {
    const stranger = await createWorkspace();
    const lost = { ok: false, failure: { kind: 'authLost', notConnected: true } };
    expect(await tokenSupplier(stranger.workspaceId, 'HUBSPOT')()).toEqual(lost);
    expect(await hubspotFor(stranger.workspaceId)).toEqual(lost);
    const supplier = tokenSupplier(workspace.workspaceId, 'HUBSPOT');
    await disconnect(workspace.actor, 'HUBSPOT', { phrase: 'Disconnect HubSpot', erase: false });
    expect(await supplier()).toEqual(lost);
  });
});

describe('a connection that changes while somebody works', () => {
  const updates = async () => {
    const { counts } = await simulators.current.hubspot.requests();
    return Object.entries(counts).filter(([key]) => key.endsWith('/batch/update')).length;
  };

  it('8: is heeded before every write: nothing goes out once it has ended', async () => {
    const hubspot = await hubspotFor(workspace.workspaceId);
    if (!hubspot.ok) throw new Error(hubspot.failure.kind);
    expect(await hubspot.value.account()).toMatchObject({ ok: true });
    await disconnect(workspace.actor, 'HUBSPOT', { phrase: 'Disconnect HubSpot', erase: false });
    const answer = await hubspot.value.updateContacts([{ id: '1', values: { city: 'Lund' } }]);
    expect(answer).toEqual({ ok: false, failure: { kind: 'authLost', notConnected: true } });
    expect(await hubspot.value.account()).toMatchObject({ ok: false, failure: { kind: 'authLost' } });
    expect(await updates()).toBe(0);
  });

  it('9: never lends the token of another account to who worked on the former one', async () => {
    const hubspot = await hubspotFor(workspace.workspaceId);
    if (!hubspot.ok) throw new Error(hubspot.failure.kind);
    expect(await hubspot.value.account()).toMatchObject({ ok: true });
    const { id } = await stored('HUBSPOT');
    await db().connection.update({ where: { id }, data: { accountId: 'another' } });
    const answer = await hubspot.value.updateContacts([{ id: '1', values: { city: 'Lund' } }]);
    expect(answer).toEqual({ ok: false, failure: { kind: 'authLost', notConnected: true } });
    expect(await updates()).toBe(0);
  });
});

describe('a later log-in', () => {
  it('leaves a working connection alone and heals an expired one', async () => {
    const before = await stored('HUBSPOT');
    const { saveHubSpotConnection } = await import('./server/index.ts');
    const login = {
      workspaceId: workspace.workspaceId,
      userId: workspace.userId,
      userName: 'Oskar',
      hubId: before.accountId,
      hubDomain: 'northwind.example',
      hubspotUserId: '2',
      email: 'oskar.brandt@northwind.example',
      tokens: { accessToken: 'a', refreshToken: 'r', expiresAt: new Date(), scopes: [] },
    };
    expect(await saveHubSpotConnection(login)).toEqual({ saved: false });
    expect(await stored('HUBSPOT')).toEqual(before);
    await db().connection.update({ where: { id: before.id }, data: { status: 'EXPIRED' } });
    expect(await saveHubSpotConnection(login)).toEqual({ saved: true });
    expect(await stored('HUBSPOT')).toMatchObject({
      status: 'CONNECTED',
      username: login.email,
      expiredAt: null,
    });
  });
});

describe('calls', () => {
  it('are counted for the workspace that made them', async () => {
    await flushApiUse();
    await db().apiUse.deleteMany();
    const hubspot = await hubspotFor(workspace.workspaceId);
    if (!hubspot.ok) throw new Error(hubspot.failure.kind);
    await hubspot.value.account();
    await hubspot.value.properties();
    await flushApiUse();
    await hubspot.value.account();
    await flushApiUse();
    const rows = await db().apiUse.findMany();
    expect(rows).toMatchObject([{ workspaceId: workspace.workspaceId, crm: 'HUBSPOT', calls: 3 }]);
  });
});
