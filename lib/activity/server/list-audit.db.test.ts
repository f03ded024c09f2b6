import { beforeEach, describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { createWorkspace, moveClock, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { type AuditPage, type AuditQuery, auditPageSchema, auditQuerySchema } from '../schemas.ts';
import { type AuditEntry, listAudit, recordAudit } from './index.ts';

testDatabase();
let workspace: TestWorkspace;
let minute = 0;

beforeEach(async () => {
  workspace = await createWorkspace();
  minute = 0;
});

/** Each entry is a minute younger than the one before. */
async function record(entry: Partial<AuditEntry> & { action: string }) {
  minute += 1;
  await recordAudit(db(), {
    workspaceId: workspace.workspaceId,
    actorId: workspace.userId,
    actor: workspace.actor.name,
    app: 'salesforce',
    at: new Date(Date.UTC(2026, 10, 12, 14, minute)),
    ...entry,
  });
}

async function addSegment(listId: string, name: string) {
  await db().segment.create({
    data: {
      workspaceId: workspace.workspaceId,
      listId,
      name,
      searchName: name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase(),
      objectTypeId: '0-1',
      processingType: 'DYNAMIC',
      processingStatus: 'COMPLETE',
      version: 1,
      seenAt: new Date(),
    },
  });
}

async function list(query: Partial<AuditQuery> = {}): Promise<AuditPage> {
  const page = await listAudit(workspace.actor, auditQuerySchema.parse(query));
  if (!page.ok) throw new Error(page.failure.code);
  return auditPageSchema.parse(JSON.parse(JSON.stringify(page.value)));
}

const actionsOf = (page: AuditPage) => page.entries.map(({ action }) => action);

describe('the App log', () => {
  it('shows the newest first, with old and new value as they were recorded', async () => {
    await record({ action: 'settings.apiAllocation', oldValue: null, newValue: 20_000 });
    await record({ action: 'connection.expired', actorId: null, actor: null });
    const page = await list();
    expect(actionsOf(page)).toEqual(['connection.expired', 'settings.apiAllocation']);
    expect(page.entries[0]).toMatchObject({ actor: null, oldValue: null, newValue: null });
    expect(page.entries[1]).toMatchObject({ actor: 'Maya Lindqvist', oldValue: null, newValue: 20_000 });
    expect(page.actors).toEqual([
      { id: workspace.userId, name: 'Maya Lindqvist' },
      { id: 'system', name: null },
    ]);
  });

  it('names the segments that it knows', async () => {
    await addSegment('7', 'Customers and open opportunities');
    await record({ action: 'settings.inclusionListId', oldValue: '7', newValue: '999' });
    await record({ action: 'settings.undo', oldValue: '999', newValue: null });
    expect((await list()).segments).toEqual({ 7: 'Customers and open opportunities' });
  });

  it('filters by activity, by user and by app', async () => {
    await record({ action: 'settings.paused', oldValue: false, newValue: true });
    await record({ action: 'segment.created', app: 'hubspot', newValue: { listId: '7', name: 'A' } });
    await record({ action: 'connection.expired', actorId: null, actor: null });
    expect(actionsOf(await list({ activity: 'segment' }))).toEqual(['segment.created']);
    expect(actionsOf(await list({ actor: 'system' }))).toEqual(['connection.expired']);
    expect(actionsOf(await list({ actor: workspace.userId, app: 'salesforce' }))).toEqual([
      'settings.paused',
    ]);
    expect(await list({ activity: 'run' })).toMatchObject({ entries: [], total: 0 });
  });

  it('filters by what was changed and since when', async () => {
    await record({ action: 'settings.paused', oldValue: false, newValue: true });
    await record({ action: 'settings.breakerShare', oldValue: 20, newValue: 35 });
    await record({ action: 'mapping.changed', at: new Date() });
    expect(actionsOf(await list({ subject: 'breakerShare' }))).toEqual(['settings.breakerShare']);
    expect(actionsOf(await list({ subject: 'mapping' }))).toEqual(['mapping.changed']);
    await moveClock(200 * 86_400_000);
    expect(actionsOf(await list({ period: 'quarter' }))).toEqual([]);
    expect(actionsOf(await list({ period: 'all' }))).toHaveLength(3);
  });

  it('finds who, what by its name, and values, without case and accents', async () => {
    await addSegment('7', 'Été 2026');
    await record({ action: 'settings.inclusionListId', oldValue: null, newValue: '7' });
    await record({ action: 'settings.breakerShare', oldValue: 20, newValue: 35 });
    await record({ action: 'connection.expired', actorId: null, actor: null });
    expect(actionsOf(await list({ search: 'ete' }))).toEqual(['settings.inclusionListId']);
    expect(actionsOf(await list({ search: 'SHARE that' }))).toEqual(['settings.breakerShare']);
    expect(actionsOf(await list({ search: '35' }))).toEqual(['settings.breakerShare']);
    expect((await list({ search: 'maya' })).total).toBe(2);
    expect((await list({ search: '100%' })).total).toBe(0);
    const danish = await listAudit(workspace.actor, auditQuerySchema.parse({ search: 'skrivning' }), 'da');
    expect(danish).toMatchObject({ ok: true, value: { total: 1 } });
  });

  it('turns pages', async () => {
    for (let number = 1; number <= 27; number += 1) {
      await record({ action: 'settings.apiAllocation', oldValue: null, newValue: number });
    }
    const first = await list();
    const second = await list({ page: 2 });
    expect([first.total, first.entries.length, second.entries.length]).toEqual([27, 25, 2]);
    expect(second.entries.map(({ newValue }) => newValue)).toEqual([2, 1]);
    expect((await list({ pageSize: 50 })).entries).toHaveLength(27);
  });
});
