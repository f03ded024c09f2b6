import { beforeAll, expect, it } from 'vitest';
import { db, inTransaction } from '#lib/core/db.ts';
import { connectedWorkspace } from '#lib/sync/testing.ts';
import { type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { lockRuns } from './repository.ts';
import { syncContact } from './sync-contact.ts';
import { addTriggers } from './triggers-repository.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await connectedWorkspace(simulators.current);
});

it('does not wait for a poll that starts its run, which takes the inbox afterwards', async () => {
  const { workspaceId, actor } = workspace;
  const { accountId: orgId } = await db().connection.findFirstOrThrow({ where: { crm: 'SALESFORCE' } });
  await inTransaction(async (tx) => {
    await lockRuns(tx, workspaceId);
    expect(await syncContact(actor, '101')).toMatchObject({ ok: true });
    const at = new Date();
    const cause = { kind: 'changed', side: 'hubspot', at: at.toISOString(), source: 'poll' } as const;
    const row = { contactId: '102', recordId: null, object: null, causes: [cause] };
    await addTriggers(tx, { workspaceId, orgId }, [row], at);
  });
  expect(await db().trigger.count()).toBe(2);
});
