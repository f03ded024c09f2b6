import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { moveClock, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { createContact } from '../collect/testing.ts';
import { connectedWorkspace } from '../testing.ts';
import { openClaims } from './claims.ts';
import { checkNow, resumePolls, runPoll } from './index.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;

beforeAll(async () => {
  await simulators.current.reset({ seed: 'empty' });
  workspace = await connectedWorkspace(simulators.current);
});

beforeEach(async () => {
  await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  await db().claim.deleteMany();
});

type Job = { key: string; inMs: number };
const jobs = () => db().$queryRaw<Job[]>`
  SELECT key, (extract(epoch FROM run_at - now()) * 1000)::int AS "inMs" FROM graphile_worker.jobs ORDER BY key`;
const payloads = async () =>
  (await db().$queryRaw<{ payload: unknown }[]>`SELECT payload FROM graphile_worker._private_jobs`).map(
    ({ payload }) => payload,
  );
const poll = (
  goesOn?: { beganAt: string; done: string[] },
  signal: AbortSignal = new AbortController().signal,
) =>
  runPoll(
    { workspaceId: workspace.workspaceId, goesOn },
    { workerId: randomUUID(), signal, isLastAttempt: false },
  );
const key = () => `poll:${workspace.workspaceId}`;

describe('8: the poll of a workspace', () => {
  it('8: is there as soon as both systems are connected, once, and again after it was lost', async () => {
    await resumePolls();
    await resumePolls();
    expect(await jobs()).toMatchObject([{ key: key() }]);
    await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
    await resumePolls();
    expect(await jobs()).toHaveLength(1);
  });

  it('8: asks for the next one, and for work on what it found', async () => {
    await poll();
    const [idle] = await jobs();
    expect(idle?.key).toBe(key());
    expect(idle?.inMs).toBeGreaterThan(800_000);
    await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
    await createContact(workspace, { email: 'found@polls.example' });
    await moveClock(60_000, simulators.current);
    await poll();
    expect((await jobs()).map((job) => job.key.split(':')[0])).toEqual(['inbox', 'poll']);
  });

  it('8: leaves an earlier time that somebody asked for', async () => {
    expect(await checkNow(workspace.actor)).toMatchObject({ ok: true });
    await poll();
    const [job] = await jobs();
    expect(job?.inMs).toBeLessThan(1_000);
  });

  it('8: goes on in a later turn without what was read to its end, but for long ago', async () => {
    const searches = async () => {
      const { counts } = await simulators.current.hubspot.requests();
      return Object.entries(counts).reduce(
        (sum, [path, count]) => (path.includes('/search') ? sum + count : sum),
        0,
      );
    };
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    for (const { done, beganAt, isRead } of [
      { done: ['hubspot'], beganAt: ago(-60), isRead: false },
      { done: ['Lead'], beganAt: ago(-60), isRead: true },
      { done: ['hubspot'], beganAt: ago(60), isRead: true },
    ]) {
      const before = await searches();
      await poll({ beganAt, done });
      expect((await searches()) > before).toBe(isRead);
    }
  });

  it('8: tells its next turn what was read, unless somebody has asked for a whole poll', async () => {
    const goesOn = { beganAt: new Date(Date.now() + 60_000).toISOString(), done: ['hubspot'] };
    await poll(goesOn, AbortSignal.abort());
    expect(await payloads()).toEqual([{ workspaceId: workspace.workspaceId, goesOn }]);
    expect(await checkNow(workspace.actor)).toMatchObject({ ok: true });
    await poll(goesOn, AbortSignal.abort());
    expect(await payloads()).toEqual([{ workspaceId: workspace.workspaceId }]);
  });

  it('8: is one at a time: another one comes back soon', async () => {
    const { accountId: orgId } = await db().connection.findFirstOrThrow({ where: { crm: 'SALESFORCE' } });
    const other = openClaims(orgId, randomUUID());
    await other.take([key()]);
    const before = (await simulators.current.hubspot.requests()).total;
    await poll();
    expect((await simulators.current.hubspot.requests()).total).toBe(before);
    expect((await jobs())[0]?.inMs).toBeLessThan(6_000);
    await other.end();
  });

  it('8: rests while a system is not connected', async () => {
    await db().connection.updateMany({ where: { crm: 'SALESFORCE' }, data: { status: 'EXPIRED' } });
    await poll();
    await resumePolls();
    expect(await jobs()).toEqual([]);
    expect(await checkNow(workspace.actor)).toMatchObject({ failure: { code: 'salesforce_not_connected' } });
    await db().connection.updateMany({ data: { status: 'CONNECTED' } });
    await resumePolls();
    expect(await jobs()).toHaveLength(1);
  });
});
