import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { updateSettings } from '#lib/settings/server/index.ts';
import { depsOf, link } from '#lib/sync/collect/testing.ts';
import { connectedWorkspace } from '#lib/sync/testing.ts';
import { testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { runInbox } from './index.ts';
import { addTriggers } from './triggers-repository.ts';

testDatabase();
const simulators = testSimulators();

it('8: a change of the settings is counted in the inbox before anything of it is written', async () => {
  const workspace = await connectedWorkspace(simulators.current);
  const { scope } = await depsOf(workspace);
  const at = await now();
  const records = Array.from({ length: 11 }, (_, n) => `00Q${String(n).padStart(12, '0')}AAA`);
  for (const [n, recordId] of records.entries()) await link(scope, String(900_000_000 + n), recordId);
  const cause = { kind: 'deleted', side: 'salesforce', at: at.toISOString(), source: 'poll' } as const;
  const rows = records.map((recordId) => ({
    ...{ contactId: null, recordId, object: 'LEAD' as const },
    causes: [cause],
  }));
  // As a poll leaves them under Do nothing: nobody would be archived, so nothing was counted.
  await inTransaction((tx) => addTriggers(tx, scope, rows, at));
  const change = { key: 'salesforceDeletes', value: 'delete_contact', version: 0 } as const;
  expect(await updateSettings(workspace.actor, change)).toMatchObject({ ok: true });
  const context = { workerId: randomUUID(), signal: new AbortController().signal, isLastAttempt: false };
  await runInbox({ ...scope, troubles: 0 }, context);
  expect(await db().hold.findMany({ where: { endedAt: null } })).toMatchObject([
    { cause: 'deletions', counts: [{ kind: 'archived', key: '', people: 11 }] },
  ]);
  expect(await db().run.findFirst()).toMatchObject({ status: 'WAITING', reason: 'held' });
  expect([await db().outcome.count(), await db().trigger.count()]).toEqual([0, 11]);
  await db().trigger.deleteMany();
  await db().hold.deleteMany();
});
