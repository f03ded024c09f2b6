import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hubspotFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { updateSettings } from '#lib/settings/server/index.ts';
import { moveClock, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { claimKeys } from './engine/claims.ts';
import { openClaims } from './server/claims.ts';
import { startResync, stopRun } from './server/index.ts';
import { chooseSegment, clearScene, resync, runJob, runToEnd, startRun, withSalesReady } from './testing.ts';

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

describe('sync rules, section 3: the gate', () => {
  it('skips who is no longer in the segment when it is asked, and leaves the contact alone', async () => {
    const outside = await firstOutside();
    await simulators.current.hubspot.faults([
      {
        method: 'GET',
        path: `*/lists/${listId}/memberships`,
        status: 200,
        body: { results: [{ recordId: outside, membershipTimestamp: new Date().toISOString() }] },
        times: 1,
      },
    ]);
    const run = await runToEnd(workspace, await start(), simulators.current);
    expect(run).toMatchObject({ status: 'DONE', processed: 1, skipped: 1 });
    expect(await db().outcome.findFirst({ where: { runId: run.id } })).toMatchObject({
      contactId: outside,
      reason: 'not_in_segment',
    });
    expect((await simulators.current.salesforce.requests()).writes.created).toBe(0);
    expect((await simulators.current.hubspot.requests()).writes.changed).toBe(0);
  });

  async function firstOutside(): Promise<string> {
    const hubspot = await hubspotFor(workspace.workspaceId);
    if (!hubspot.ok) throw new Error(hubspot.failure.kind);
    const page = await hubspot.value.searchContacts({
      filterGroups: [{ filters: [{ propertyName: 'email', operator: 'HAS_PROPERTY' }] }],
      properties: [],
      limit: 50,
    });
    if (!page.ok) throw new Error(page.failure.kind);
    const ids = page.value.contacts.map(({ id }) => id);
    const lists = await hubspot.value.memberships(ids);
    if (!lists.ok) throw new Error(lists.failure.kind);
    const position = lists.value.findIndex((ofContact) => !ofContact.includes(listId));
    const id = ids[position];
    if (!id) throw new Error('Everybody is in the segment.');
    return id;
  }

  it('while a switch waits, syncs those of both lists first and the rest afterwards', async () => {
    const hubspot = await hubspotFor(workspace.workspaceId);
    if (!hubspot.ok) throw new Error(hubspot.failure.kind);
    const wide = await hubspot.value.createList({
      name: 'Everybody with a salutation',
      objectTypeId: '0-1',
      processingType: 'DYNAMIC',
      filterBranch: {
        filterBranchType: 'OR',
        filterBranchOperator: 'OR',
        filters: [],
        filterBranches: [
          {
            filterBranchType: 'AND',
            filterBranchOperator: 'AND',
            filterBranches: [],
            filters: [
              {
                filterType: 'PROPERTY',
                property: 'salutation',
                operation: {
                  operationType: 'ALL_PROPERTY',
                  operator: 'IS_KNOWN',
                  includeObjectsWithNoValueSet: false,
                },
              },
            ],
          },
        ],
      },
    });
    if (!wide.ok) throw new Error(JSON.stringify(wide.failure));
    await moveClock(60_000, simulators.current);
    await chooseSegment(workspace, wide.value.listId);
    const runId = await start();
    const first = await job(runId);
    expect(first).toMatchObject({ status: 'WAITING', reason: 'switch_waits' });
    const inBoth = await db().outcome.findMany({ where: { runId } });
    expect(inBoth.length).toBeGreaterThan(0);
    const ids = inBoth.map(({ contactId }) => contactId ?? '');
    const lists = await hubspot.value.memberships(ids);
    if (!lists.ok) throw new Error(lists.failure.kind);
    expect(lists.value.every((ofContact) => ofContact.includes(listId))).toBe(true);
    await moveClock(61_000, simulators.current);
    const last = await job(runId);
    expect(last.status).toBe('DONE');
    expect(last.processed).toBeGreaterThan(first.processed);
  });
});

describe('8: one person, one worker', () => {
  it('leaves people whom somebody else works on for later', async () => {
    const { orgId } = await db().run.findUniqueOrThrow({ where: { id: await start() } });
    const run = await db().run.findFirstOrThrow();
    const hubspot = await hubspotFor(workspace.workspaceId);
    if (!hubspot.ok) throw new Error(hubspot.failure.kind);
    const page = await hubspot.value.members(listId, null);
    if (!page.ok) throw new Error(page.failure.kind);
    const busy = page.value.ids[3] ?? '';
    const other = openClaims(orgId, randomUUID());
    await other.take([claimKeys.contact(workspace.workspaceId, busy)]);
    expect(await job(run.id)).toMatchObject({ status: 'WAITING', reason: 'people_busy', processed: 499 });
    await other.end();
    expect(await job(run.id)).toMatchObject({ status: 'DONE', processed: 500 });
  });

  it('4: neither takes nor doubles a record that is linked to somebody else', async () => {
    const first = await resync(workspace, simulators.current);
    // Of somebody who is in Salesforce once: a second record with the address would be taken instead.
    const matched = { runId: first.id, result: { not: 'CREATED' as const }, warnings: { isEmpty: true } };
    const outcome = await db().outcome.findFirst({ where: { ...matched, recordId: { not: null } } });
    const link = await db().link.findFirst({ where: { contactId: outcome?.contactId ?? '' } });
    if (!link) throw new Error('nobody was matched');
    // The record is somebody else's now; its former contact is not linked any more.
    await db().link.update({ where: { id: link.id }, data: { contactId: '1' } });
    const second = await resync(workspace, simulators.current);
    expect(second).toMatchObject({ created: 0, failed: first.failed + 1 });
    const held = await db().outcome.findFirst({ where: { runId: second.id, code: 'address_held' } });
    expect(held).toMatchObject({ contactId: link.contactId, category: 'duplicates' });
  });
});

describe('8: stopping, pausing, the budget', () => {
  it('stops a run that waits at once, keeps what is done, and can be started again', async () => {
    await simulators.current.salesforce.faults([
      { method: 'POST', path: collections, status: 503, body: '' },
    ]);
    const runId = await start();
    const waiting = await job(runId);
    expect(waiting.status).toBe('WAITING');
    expect(await startResync(workspace.actor)).toMatchObject({ failure: { code: 'run_already_active' } });
    expect(await stopRun(workspace.actor, runId)).toMatchObject({ value: { status: 'STOPPING' } });
    expect(await job(runId)).toMatchObject({ status: 'STOPPED', processed: waiting.processed });
    expect(await stopRun(workspace.actor, runId)).toMatchObject({ failure: { code: 'run_not_active' } });
    await simulators.current.salesforce.faults([]);
    await moveClock(70_000, simulators.current);
    const again = await resync(workspace, simulators.current);
    expect(again).toMatchObject({ status: 'DONE', processed: 500, created: 380 });
  });

  it('waits while syncing is paused', async () => {
    const version = (await db().settingsVersion.count()) as number;
    await updateSettings(workspace.actor, { key: 'paused', value: true, version });
    const runId = await start();
    expect(await job(runId)).toMatchObject({ status: 'WAITING', reason: 'paused', processed: 0 });
    await updateSettings(workspace.actor, { key: 'paused', value: false, version: version + 1 });
    expect(await job(runId)).toMatchObject({ status: 'DONE', processed: 500 });
  });

  it('does not begin when the allocated calls are used up, and goes on when they are free again', async () => {
    const version = await db().settingsVersion.count();
    const runId = await start();
    await updateSettings(workspace.actor, { key: 'apiAllocation', value: 1, version });
    expect(await job(runId)).toMatchObject({ status: 'WAITING', reason: 'budget_used_up', processed: 0 });
    expect(await startResync(workspace.actor)).toMatchObject({ failure: { code: 'budget_used_up' } });
    await moveClock(25 * 3_600_000, simulators.current);
    await updateSettings(workspace.actor, { key: 'apiAllocation', value: 1_000, version: version + 1 });
    expect(await job(runId)).toMatchObject({ status: 'DONE', processed: 500 });
  });

  it('does not begin without Salesforce', async () => {
    await db().connection.updateMany({ where: { crm: 'SALESFORCE' }, data: { status: 'DISCONNECTED' } });
    expect(await startResync(workspace.actor)).toMatchObject({
      failure: { code: 'salesforce_not_connected' },
    });
    await db().connection.updateMany({ where: { crm: 'SALESFORCE' }, data: { status: 'EXPIRED' } });
    expect(await startResync(workspace.actor)).toMatchObject({ failure: { code: 'salesforce_auth_lost' } });
  });
});
