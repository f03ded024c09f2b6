import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { createWorkspace, testDatabase } from '#lib/testing/database.ts';
import { resumeInboxes } from './server/index.ts';
import { openStore } from './server/store.ts';
import { addTriggers } from './server/triggers-repository.ts';
import type { Scope } from './store.ts';
import type { Cause } from './triggers.ts';

testDatabase();
let scope: Scope;

beforeEach(async () => {
  const { workspaceId } = await createWorkspace();
  scope = { workspaceId, orgId: '00D000000000001AAA' };
  await db().trigger.deleteMany();
  await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
});

const cause: Cause = { kind: 'changed', side: 'hubspot', at: '2026-01-01T00:00:00.000Z', source: 'poll' };
const add = (who: { contactId?: string; recordId?: string }, dueAt?: Date) =>
  inTransaction(async (tx) => {
    const { contactId = null, recordId = null } = who;
    const row = { contactId, recordId, object: recordId ? ('LEAD' as const) : null, causes: [cause] };
    await addTriggers(tx, scope, [dueAt ? { ...row, dueAt } : row], await now(tx));
  });
const jobs = () => db().$queryRaw<{ key: string }[]>`SELECT key FROM graphile_worker._private_jobs`;

describe('8: the inbox in Postgres', () => {
  it('8: one open row per person, however many add to it at the same time', async () => {
    await Promise.all(Array.from({ length: 8 }, () => add({ contactId: '7' })));
    const rows = await db().trigger.findMany();
    expect(rows).toMatchObject([{ contactId: '7', version: 8 }]);
    expect(rows[0]?.causes).toEqual([cause]);
  });

  it('8: a record’s row and its contact’s become one as soon as a link says so', async () => {
    await add({ contactId: '7' });
    await add({ recordId: '00Q000000000001AAA' });
    expect(await db().trigger.count()).toBe(2);
    const link = {
      id: randomUUID(),
      contactId: '7',
      recordId: '00Q000000000001AAA',
      object: 'LEAD' as const,
    };
    await db().link.create({ data: { ...scope, ...link, origin: 'MATCHED', createdAt: new Date() } });
    await add({ recordId: '00Q000000000001AAA' });
    expect(await db().trigger.findMany()).toMatchObject([{ contactId: '7', recordId: '00Q000000000001AAA' }]);
  });

  it('8: what comes in while its person is worked on keeps the row open', async () => {
    const store = openStore(scope);
    await add({ contactId: '7' });
    const [seen] = await store.triggersOf({ contactIds: ['7'], recordIds: [] });
    if (!seen) throw new Error('The row got lost.');
    await add({ contactId: '7' });
    await store.transaction((tx) => tx.closeTriggers([seen]));
    const [open] = await store.triggersOf({ contactIds: ['7'], recordIds: [] });
    expect(open).toMatchObject({ id: seen.id, version: 2 });
    await store.transaction((tx) => tx.closeTriggers(open ? [open] : []));
    expect(await db().trigger.count()).toBe(0);
  });

  it('8: an inbox with something due gets one job, unless one waits because of trouble', async () => {
    const later = new Date((await now()).getTime() + 3_600_000);
    await add({ contactId: '7' }, later);
    await resumeInboxes();
    expect(await jobs()).toEqual([]);
    await add({ contactId: '8' });
    await resumeInboxes();
    await resumeInboxes();
    expect(await jobs()).toEqual([{ key: `inbox:${scope.workspaceId}:${scope.orgId}` }]);
    await db().$executeRaw`
      UPDATE graphile_worker._private_jobs SET run_at = now() + interval '1 hour',
        payload = jsonb_set(payload::jsonb, '{troubles}', '2')::json`;
    await resumeInboxes();
    const [job] = await db().$queryRaw<{ waits: boolean }[]>`
      SELECT run_at > now() AS waits FROM graphile_worker._private_jobs`;
    expect(job).toEqual({ waits: true });
  });
});
