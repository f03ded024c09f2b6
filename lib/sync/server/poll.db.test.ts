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
const poll = () => {
  const signal = new AbortController().signal;
  return runPoll(
    { workspaceId: workspace.workspaceId },
    { workerId: randomUUID(), signal, isLastAttempt: false },
  );
};
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
