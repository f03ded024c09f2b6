import { beforeEach, describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { connectSalesforce } from '#lib/testing/connections.ts';
import { createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { disconnect, getConnection, listConnections } from './server/index.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;

beforeEach(async () => {
  workspace = await createWorkspace();
  await simulators.current.reset();
});

describe('disconnecting', () => {
  it('needs the phrase, forgets and ends the tokens, and stays in the list', async () => {
    await connectSalesforce(workspace);
    const wrong = await disconnect(workspace.actor, 'SALESFORCE', { phrase: 'disconnect', erase: false });
    expect(wrong).toMatchObject({ ok: false, failure: { code: 'disconnect_phrase' } });
    const request = { phrase: 'Disconnect Salesforce', erase: false };
    expect(await disconnect(workspace.actor, 'SALESFORCE', request)).toMatchObject({ ok: true });
    const row = await db().connection.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId } });
    expect(row).toMatchObject({ status: 'DISCONNECTED', accessToken: null, refreshToken: null });
    const { counts } = await simulators.current.salesforce.requests();
    expect(counts['POST /services/oauth2/revoke']).toBe(1);
    const list = await listConnections(workspace.actor);
    expect(list).toMatchObject({
      ok: true,
      value: { connections: [{ app: 'salesforce', status: 'disconnected' }] },
    });
    expect(await disconnect(workspace.actor, 'SALESFORCE', request)).toMatchObject({
      failure: { code: 'salesforce_not_connected' },
    });
  });

  it('works while Salesforce is down, and erases what the sync remembers only when asked', async () => {
    const at = new Date();
    const link = {
      workspaceId: workspace.workspaceId,
      orgId: '00D',
      object: 'LEAD' as const,
      origin: 'MATCHED' as const,
      createdAt: at,
    };
    const keep = await createWorkspace();
    const data = [
      { ...link, contactId: '1', recordId: 'a' },
      { ...link, workspaceId: keep.workspaceId, contactId: '1', recordId: 'b' },
    ];
    await db().link.createMany({ data });
    await connectSalesforce(workspace);
    await simulators.current.salesforce.faults([{ path: '/services/oauth2/revoke', dropBeforeCommit: true }]);
    const request = { phrase: 'Disconnect Salesforce', erase: true, reason: 'moving' };
    expect(await disconnect(workspace.actor, 'SALESFORCE', request)).toMatchObject({ ok: true });
    expect((await db().link.findMany()).map(({ workspaceId }) => workspaceId)).toEqual([keep.workspaceId]);
  });

  it('shows a workspace nothing of another', async () => {
    await connectSalesforce(workspace);
    const stranger = await createWorkspace();
    expect(await listConnections(stranger.actor)).toEqual({ ok: true, value: { connections: [] } });
    expect(
      await disconnect(stranger.actor, 'SALESFORCE', { phrase: 'Disconnect Salesforce', erase: true }),
    ).toMatchObject({ failure: { code: 'salesforce_not_connected' } });
    expect(await getConnection(workspace.workspaceId, 'SALESFORCE')).toMatchObject({ status: 'connected' });
  });
});
