import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hubspotFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { moveClock, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import type { Run } from './schemas.ts';
import { startResync } from './server/index.ts';
import { clearScene, resync, runJob, runToEnd, startRun, withSalesReady } from './testing.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
let listId: string;

beforeEach(async () => {
  ({ workspace, listId } = await withSalesReady(simulators.current));
});

afterEach(() => clearScene(simulators.current));

const collections = '/services/data/v66.0/composite/sobjects';

const start = () => startRun(workspace);
const job = (runId: string) => runJob(workspace, runId);

async function expectComplete(run: Run): Promise<void> {
  expect(run).toMatchObject({ status: 'DONE', processed: 500, created: 380, skipped: 12, failed: 8 });
  expect((await simulators.current.salesforce.requests()).writes).toMatchObject({ created: 380, deleted: 0 });
  expect(await db().link.count()).toBe(480);
  expect(await db().intent.count({ where: { state: 'OPEN' } })).toBe(0);
  const again = await resync(workspace, simulators.current);
  expect(again).toMatchObject({ status: 'DONE', created: 0, updated: 0 });
}

describe('8: Salesforce fails', () => {
  it.each([
    ['an expired session', { status: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'expired' }] }],
    ['a full house', { status: 503, body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'busy' }] }],
    ['a server error', { status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'boom' }] }],
    ['a cut before the commit', { dropBeforeCommit: true }],
    ['a cut after the commit', { dropAfterCommit: true }],
  ])('survives %s while creating: nobody twice, nobody lost', async (_name, fault) => {
    await simulators.current.salesforce.faults([{ method: 'POST', path: collections, ...fault, times: 1 }]);
    await expectComplete(await runToEnd(workspace, await start(), simulators.current));
  });

  it('survives a cut after an update of HubSpot: what arrived counts as agreed', async () => {
    await simulators.current.hubspot.faults([
      { method: 'POST', path: '*/contacts/batch/update', dropAfterCommit: true, times: 1 },
    ]);
    await expectComplete(await runToEnd(workspace, await start(), simulators.current));
    // Once each: everybody with a record gets its Lead status.
    expect((await simulators.current.hubspot.requests()).writes.changed).toBe(480);
  });

  it('4: waits for what is unclear, and does everybody else meanwhile', async () => {
    await simulators.current.salesforce.faults([
      { method: 'POST', path: collections, dropAfterCommit: true, times: 1 },
    ]);
    const runId = await start();
    expect(await job(runId)).toMatchObject({ status: 'WAITING', reason: 'salesforce_unavailable' });
    await moveClock(10_000, simulators.current);
    const second = await job(runId);
    expect(second).toMatchObject({ status: 'WAITING', reason: 'unanswered_creation' });
    expect(second.processed).toBe(300);
    await moveClock(70_000, simulators.current);
    expect(await job(runId)).toMatchObject({ status: 'DONE', created: 380 });
  });

  it('fails a person whom a rule of the org refuses, and none of the neighbours', async () => {
    await simulators.current.salesforce.config({
      rules: {
        validation: [],
        duplicate: [{ name: 'Strict', object: 'Lead', matchOn: ['Company'], action: 'block' }],
      },
    });
    const run = await runToEnd(workspace, await start(), simulators.current);
    const refused = await db().outcome.findMany({ where: { code: 'DUPLICATES_DETECTED' } });
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ result: 'FAILED', category: 'duplicates' });
    expect(run).toMatchObject({ status: 'DONE', processed: 500, failed: 8 + refused.length });
    expect(await db().intent.count({ where: { state: 'OPEN' } })).toBe(0);
  });
});

describe('8: HubSpot fails', () => {
  it.each([
    ['429', { status: 429, body: { policyName: 'TEN_SECONDLY_ROLLING', message: 'slow down' } }],
    ['502', { status: 502, body: 'bad gateway' }],
  ])('goes on by itself after %s', async (_name, fault) => {
    await simulators.current.hubspot.faults([
      { path: '*/contacts/batch/read', ...fault, headers: { 'retry-after': '1' }, times: 2 },
    ]);
    await expectComplete(await runToEnd(workspace, await start(), simulators.current));
  });

  it('3: waits while the segment is processed, and writes nothing', async () => {
    const body = { status: 200, times: 1, path: `*/lists/${listId}` };
    const { hubspot } = simulators.current;
    const shown = await (await fetchList()).json();
    const runId = await start();
    await hubspot.faults([
      { ...body, method: 'GET', body: { list: { ...shown.list, processingStatus: 'PROCESSING' } } },
    ]);
    expect(await job(runId)).toMatchObject({ status: 'WAITING', reason: 'segment_processing', processed: 0 });
    expect((await simulators.current.salesforce.requests()).writes.created).toBe(0);
    expect(await job(runId)).toMatchObject({ status: 'DONE', created: 380 });
  });

  it('7: segment deleted while a run is on: it ends, and writes nothing', async () => {
    const runId = await start();
    const hubspot = await hubspotFor(workspace.workspaceId);
    if (!hubspot.ok) throw new Error(hubspot.failure.kind);
    await hubspot.value.deleteList(listId);
    expect(await job(runId)).toMatchObject({ status: 'FAILED', reason: 'inclusion_segment_gone' });
    expect((await simulators.current.salesforce.requests()).writes.created).toBe(0);
    expect(await startResync(workspace.actor)).toMatchObject({
      ok: false,
      failure: { code: 'inclusion_segment_gone' },
    });
  });
});

async function fetchList(): Promise<Response> {
  const { hubspot } = simulators.current;
  const { accessToken } = await hubspot.tokens();
  return fetch(`${hubspot.url}/crm/v3/lists/${listId}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
}
