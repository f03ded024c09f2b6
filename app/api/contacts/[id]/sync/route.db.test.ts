import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hubspotFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { runInbox } from '#lib/sync/server/index.ts';
import { chooseSegment, connectedWorkspace, listIdOf, salesReady } from '#lib/sync/testing.ts';
import { ask, type Handler } from '#lib/testing/asking.ts';
import {
  addUser,
  createWorkspace,
  moveClock,
  type TestWorkspace,
  testDatabase,
} from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { GET as state, POST as sync } from './route.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
let memberId: string;
let orgId: string;

beforeAll(async () => {
  workspace = await connectedWorkspace(simulators.current);
  const listId = await listIdOf(workspace.workspaceId, salesReady);
  await chooseSegment(workspace, listId);
  await moveClock(120_000, simulators.current);
  memberId = await firstComplete(listId);
  const connection = await db().connection.findFirstOrThrow({ where: { crm: 'SALESFORCE' } });
  orgId = connection.accountId;
});

beforeEach(async () => {
  await db().trigger.deleteMany();
  await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
});

/** A member who has all that a Lead needs. */
async function firstComplete(listId: string): Promise<string> {
  const hubspot = await hubspotFor(workspace.workspaceId);
  if (!hubspot.ok) throw new Error(hubspot.failure.kind);
  const page = await hubspot.value.members(listId, null);
  if (!page.ok) throw new Error(page.failure.kind);
  const contacts = await hubspot.value.readContacts(page.value.ids, ['email', 'lastname', 'company']);
  if (!contacts.ok) throw new Error(contacts.failure.kind);
  const found = contacts.value.find(
    (each) => each?.values.email && each.values.lastname && each.values.company,
  );
  if (!found) throw new Error('Nobody is complete.');
  return found.id;
}

const call = (
  handler: Handler,
  who: TestWorkspace | null,
  { id = memberId, query = '', body }: { id?: string; query?: string; body?: unknown } = {},
) => ask(handler, who, { method: handler === sync ? 'POST' : 'GET', query, params: { id }, body });

const work = () =>
  runInbox(
    { workspaceId: workspace.workspaceId, orgId, troubles: 0 },
    { workerId: randomUUID(), signal: new AbortController().signal, isLastAttempt: false },
  );

describe('who may', () => {
  it('refuses everything without a session', async () => {
    expect(await call(sync, null)).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
    expect(await call(state, null, { query: '?since=2026-01-01T00:00:00.000Z' })).toMatchObject({
      status: 401,
    });
    expect(await db().trigger.count()).toBe(0);
  });

  it('syncs nobody of another workspace, and tells it nothing', async () => {
    const other = await createWorkspace();
    expect(await call(sync, other)).toMatchObject({
      status: 409,
      body: { code: 'salesforce_not_connected' },
    });
    expect(await db().auditEntry.count({ where: { action: 'contact.synced' } })).toBe(0);
    await call(sync, workspace);
    const answer = await call(state, other, { query: '?since=2026-01-01T00:00:00.000Z' });
    expect(answer).toMatchObject({ status: 200, body: { outcome: null, waiting: null } });
  });

  it('refuses ids that are none, unknown keys, and viewers', async () => {
    expect(await call(sync, workspace, { id: 'x' })).toMatchObject({ body: { code: 'bad_request' } });
    expect(await call(state, workspace, { query: '?since=now&more=1' })).toMatchObject({
      body: { code: 'bad_request' },
    });
    const viewer = await addUser(workspace.workspaceId, 'viewer');
    expect(await call(sync, viewer)).toMatchObject({ status: 403, body: { code: 'admin_only' } });
    expect(await db().trigger.count()).toBe(0);
  });
});

describe('Sync now', () => {
  it('2: puts the contact into the inbox; a worker syncs it and the answer says what became of it', async () => {
    await db().auditEntry.deleteMany();
    const { body } = await call(sync, workspace);
    expect(await db().auditEntry.findMany()).toMatchObject([
      {
        action: 'contact.synced',
        actorId: workspace.actor.userId,
        newValue: { value: { contactId: memberId } },
      },
    ]);
    const query = `?since=${String(body.since)}`;
    expect(await call(state, workspace, { query })).toMatchObject({
      body: { outcome: null, waiting: { for: null } },
    });
    await work();
    const { body: after } = await call(state, workspace, { query });
    expect(after).toMatchObject({ waiting: null, outcome: { reason: null } });
    expect(['CREATED', 'UPDATED']).toContain((after.outcome as { result: string }).result);
    const run = await db().run.findFirstOrThrow({ where: { kind: 'POLL' } });
    expect(run).toMatchObject({ status: 'DONE', processed: 1 });
    expect(run.salesforceCalls).toBeGreaterThan(0);
    expect(await db().claim.count()).toBe(0);
  });

  it('8: pressed again nothing is written', async () => {
    const before = [
      (await simulators.current.salesforce.requests()).writes,
      (await simulators.current.hubspot.requests()).writes,
    ];
    await call(sync, workspace);
    await work();
    const newest = await db().outcome.findFirstOrThrow({ orderBy: { at: 'desc' } });
    expect(newest).toMatchObject({ contactId: memberId, result: 'UNCHANGED', trigger: 'sync_now' });
    const after = [
      (await simulators.current.salesforce.requests()).writes,
      (await simulators.current.hubspot.requests()).writes,
    ];
    expect(after).toEqual(before);
  });

  it('9: what waits when Salesforce is disconnected is closed with an outcome that says so', async () => {
    await call(sync, workspace);
    await db().connection.updateMany({ where: { crm: 'SALESFORCE' }, data: { status: 'DISCONNECTED' } });
    await work();
    expect(await db().trigger.count()).toBe(0);
    const newest = await db().outcome.findFirstOrThrow({ orderBy: { at: 'desc' } });
    expect(newest).toMatchObject({ contactId: memberId, result: 'SKIPPED', reason: 'disconnected' });
  });
});
