import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Actor } from '#lib/auth/actor.ts';
import { hubspotFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { updateSettings } from '#lib/settings/server/index.ts';
import { startResync } from '#lib/sync/server/index.ts';
import { workerNodeArgs } from '../launch/worker-memory.ts';
import type { BenchAccount } from './account.ts';
import { answerOf } from './bare-loop.ts';
import type { WorkerFigures, WorkerTask } from './sync-worker.ts';

/** Where HubSpot's limits are to be no matter. */
const noLimit = 1_000_000;
export const orgSize = 900;

export type Measured = WorkerFigures & { calls: { hubspot: number; salesforce: number } };
export type Bench = { account: BenchAccount; actor: Actor; listId: string; orgId: string };

const worker = fileURLToPath(new URL('./sync-worker.ts', import.meta.url));

/** One task in a worker of its own. `BENCH_WORKER_OPTIONS=--cpu-prof` gives Node options to the worker alone. */
export async function measure(account: BenchAccount, task: WorkerTask): Promise<Measured> {
  const before = await account.calls();
  const figures = await new Promise<WorkerFigures>((resolve, reject) => {
    const more = process.env.BENCH_WORKER_OPTIONS?.split(' ') ?? [];
    const usual = ['--disable-warning=ExperimentalWarning', '--experimental-wasm-modules'];
    const execArgv = [...usual, ...workerNodeArgs, ...more];
    const child = fork(worker, [JSON.stringify(task)], { execArgv });
    child.once('message', (answer) => resolve(answer as WorkerFigures));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The worker ended with ${code}.`)));
  });
  const after = await account.calls();
  const calls = {
    hubspot: after.hubspot - before.hubspot,
    salesforce: after.salesforce - before.salesforce,
  };
  return { ...figures, calls };
}

/** An account in which everybody with an address is in one segment, and an org that knows few of them. */
export async function prepare(account: BenchAccount, contacts: number): Promise<Bench> {
  const actor = await account.open({ contacts, segments: 0 });
  await account.hubspot('config', { rateLimits: true, rateLimitTenSecondly: noLimit });
  const listId = await everybody(actor);
  const chosen = await updateSettings(actor, { key: 'inclusionListId', value: listId, version: 0 });
  if (!chosen.ok) throw new Error(`The segment was not chosen: ${chosen.failure.code}`);
  await account.openOrg(actor, orgSize);
  const where = { workspaceId: actor.workspaceId, crm: 'SALESFORCE' as const };
  const { accountId: orgId } = await db().connection.findFirstOrThrow({ where });
  return { account, actor, listId, orgId };
}

async function everybody({ workspaceId }: Actor): Promise<string> {
  const hubspot = await hubspotFor(workspaceId);
  if (!hubspot.ok) throw new Error('HubSpot is not connected.');
  const isKnown = { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN' };
  const filter = { filterType: 'PROPERTY', property: 'email', operation: isKnown };
  const group = {
    filterBranchType: 'AND',
    filterBranchOperator: 'AND',
    filterBranches: [],
    filters: [filter],
  };
  const filterBranch = {
    ...{ filterBranchType: 'OR', filterBranchOperator: 'OR', filters: [], filterBranches: [group] },
  };
  const input = { name: 'Everybody', objectTypeId: '0-1', processingType: 'DYNAMIC', filterBranch };
  let list = answerOf(await hubspot.value.createList(input));
  while (list.processingStatus !== 'COMPLETE') {
    await sleep(500);
    list = answerOf(await hubspot.value.list(list.listId));
  }
  return list.listId;
}

export async function firstSync({ account, actor }: Bench): Promise<Measured> {
  const run = await startResync(actor);
  if (!run.ok) throw new Error(`The run did not start: ${run.failure.code}`);
  return measure(account, { do: 'resync', runId: run.value.id });
}

/** What a poll collects in all its turns, and the work on all that is due then: what it found, and what had failed before. */
export type Polled = { collected: Measured; worked: Measured };

export async function poll({ account, actor, orgId }: Bench): Promise<Polled> {
  const { workspaceId } = actor;
  const collected = await measure(account, { do: 'poll', workspaceId });
  return { collected, worked: await measure(account, { do: 'inbox', workspaceId, orgId }) };
}

/** Somebody changes one contact of a hundred. */
export async function changeSome({ actor, listId }: Bench): Promise<void> {
  const hubspot = await hubspotFor(actor.workspaceId);
  if (!hubspot.ok) throw new Error('HubSpot is not connected.');
  let after: string | null = null;
  do {
    const page: { ids: string[]; after: string | null } = answerOf(
      await hubspot.value.members(listId, after),
    );
    const some = page.ids.filter((_, at) => at % 100 === 0);
    const values = { jobtitle: `Title of ${Date.now()}` };
    answerOf(await hubspot.value.updateContacts(some.map((id) => ({ id, values }))));
    after = page.after;
  } while (after !== null);
  // Search follows a change after a while.
  await sleep(1_000);
}

/** All clocks move on; the database's becomes one that can be moved. */
export async function advance({ account }: Bench, ms: number): Promise<void> {
  await db().$executeRaw`CREATE TABLE IF NOT EXISTS test_clock (offset_ms bigint NOT NULL)`;
  await db().$executeRaw`INSERT INTO test_clock SELECT 0 WHERE NOT EXISTS (SELECT FROM test_clock)`;
  await db().$executeRaw`
    CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE
    AS 'SELECT now() + (SELECT offset_ms FROM test_clock) * interval ''1 millisecond'''`;
  await db().$executeRaw`UPDATE test_clock SET offset_ms = offset_ms + ${ms}::bigint`;
  await account.hubspot('clock', { advanceMs: ms });
  await account.salesforce('clock', { advanceMs: ms });
}
