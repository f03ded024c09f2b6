import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { chooseSegment, connectedWorkspace, listIdOf, salesReady } from '#lib/sync/testing.ts';
import { type Asking, ask, type Handler } from '#lib/testing/asking.ts';
import { addUser, createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { GET as getOne } from './[id]/route.ts';
import { POST as stop } from './[id]/stop/route.ts';
import { GET as forecast } from './forecast/route.ts';
import { GET as list, POST as start } from './route.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
let other: TestWorkspace;

beforeAll(async () => {
  workspace = await connectedWorkspace(simulators.current);
  await chooseSegment(workspace, await listIdOf(workspace.workspaceId, salesReady));
  other = await createWorkspace();
});

beforeEach(async () => {
  await db().run.deleteMany();
  await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
});

const call = (handler: Handler, who: TestWorkspace | null, { id, ...given }: Asking & { id?: string } = {}) =>
  ask(handler, who, { ...given, params: id ? { id } : {} });

const startIt = (who: TestWorkspace | null = workspace, body: unknown = { kind: 'resync' }) =>
  call(start, who, { method: 'POST', body });
const stopIt = (id: string, who: TestWorkspace | null = workspace) => call(stop, who, { method: 'POST', id });

describe('who may', () => {
  it('refuses everything without a session', async () => {
    const answers = [
      await startIt(null),
      await stopIt(randomUUID(), null),
      await call(list, null),
      await call(getOne, null, { id: randomUUID() }),
      await call(forecast, null),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [401, 'not_signed_in']),
    );
    expect(await db().run.count()).toBe(0);
  });

  it('shows another workspace nothing and lets it stop nothing', async () => {
    const { body } = await startIt();
    const id = String(body.id);
    expect((await call(list, other)).body.runs).toEqual([]);
    expect(await call(getOne, other, { id })).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await stopIt(id, other)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await call(getOne, workspace, { id })).body.status).toBe('QUEUED');
  });

  it('lets viewers look and only admins start, stop and ask for a forecast', async () => {
    const viewer = await addUser(workspace.workspaceId, 'viewer');
    const { body } = await startIt();
    const id = String(body.id);
    expect((await call(list, viewer)).body).toMatchObject({ canStart: false, runs: [{ id }] });
    const refused = [await startIt(viewer), await stopIt(id, viewer), await call(forecast, viewer)];
    expect(refused.map(({ status, body: { code } }) => [status, code])).toEqual(
      refused.map(() => [403, 'admin_only']),
    );
  });
});

describe('bad input', () => {
  it.each([
    ['an unknown key', { kind: 'resync', colour: 'red' }],
    ['an unknown kind', { kind: 'everything' }],
    ['no kind', {}],
    ['a forecast with an unknown key', { kind: 'resync', forecast: { contacts: 1, colour: 'red' } }],
  ])('refuses %s and starts nothing', async (_name, body) => {
    expect(await startIt(workspace, body)).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    expect(await db().run.count()).toBe(0);
  });

  it('refuses an id that is none', async () => {
    expect(await call(getOne, workspace, { id: 'x' })).toMatchObject({ status: 400 });
    expect(await stopIt('x')).toMatchObject({ status: 400 });
  });
});

describe('checking now', () => {
  it('brings the next poll forward, for admins alone; it starts no run by itself', async () => {
    const viewer = await addUser(workspace.workspaceId, 'viewer');
    expect(await startIt(viewer, { kind: 'poll' })).toMatchObject({ status: 403 });
    expect(await startIt(workspace, { kind: 'poll', colour: 'red' })).toMatchObject({ status: 400 });
    expect(await startIt(workspace, { kind: 'poll' })).toMatchObject({ status: 200 });
    const jobs = await db().$queryRaw<{ key: string }[]>`SELECT key FROM graphile_worker.jobs`;
    expect(jobs).toEqual([{ key: `poll:${workspace.workspaceId}` }]);
    expect(await db().run.count()).toBe(0);
    expect(await startIt(other, { kind: 'poll' })).toMatchObject({
      body: { code: 'salesforce_not_connected' },
    });
  });
});

describe('a run', () => {
  it('is started once, with one job, an audit entry and the forecast that was shown', async () => {
    const shown = await call(forecast, workspace);
    expect(shown.body).toMatchObject({ contacts: 500, newRecords: 380, creates: 'lead' });
    const answers = await Promise.all([
      startIt(workspace, { kind: 'resync', forecast: shown.body }),
      startIt(workspace, { kind: 'resync', forecast: shown.body }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [jobs] = await db().$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM graphile_worker.jobs`;
    expect(jobs?.n).toBe(1);
    expect(await db().auditEntry.count({ where: { action: 'run.resync_started' } })).toBeGreaterThan(0);
    const { runs } = (await call(list, workspace)).body as { runs: object[] };
    expect(runs).toMatchObject([{ forecast: shown.body, segmentName: salesReady, total: 500 }]);
  });

  it('stops, and can’t be stopped twice once it has ended', async () => {
    const { body } = await startIt();
    const id = String(body.id);
    expect((await stopIt(id)).body.status).toBe('STOPPING');
    await db().run.update({ where: { id }, data: { status: 'STOPPED' } });
    expect(await stopIt(id)).toMatchObject({ status: 409, body: { code: 'run_not_active' } });
  });

  it('needs Salesforce', async () => {
    expect(await startIt(other)).toMatchObject({ status: 409, body: { code: 'salesforce_not_connected' } });
    expect(await call(forecast, other)).toMatchObject({ body: { code: 'salesforce_not_connected' } });
  });
});
