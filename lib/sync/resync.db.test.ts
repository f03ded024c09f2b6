import { describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { chooseSegment, connectedWorkspace, listIdOf, resync, salesReady } from './testing.ts';

testDatabase();
const simulators = testSimulators();

describe('resync of the demo segment', () => {
  it('creates, updates', async () => {
    const { current } = simulators;
    const workspace = await connectedWorkspace(current);
    await chooseSegment(workspace, await listIdOf(workspace.workspaceId, salesReady));
    const before = await current.salesforce.requests();
    const t = Date.now();
    const run = await resync(workspace, current);
    console.log(Date.now() - t, run);
    const after = await current.salesforce.requests();
    console.log(after.counts, after.writes, before.writes, (await current.hubspot.requests()).writes);
    console.log(await db().outcome.groupBy({ by: ['result', 'reason', 'code', 'direction'], _count: true }));
    const hs = (await current.hubspot.requests()).counts;
    console.log(hs);
    const failing = await db().outcome.findMany({
      where: { changes: { string_contains: 'failure' } },
      take: 3,
    });
    console.log(
      JSON.stringify(await db().outcome.findMany({ where: { result: 'UPDATED' }, take: 2 }), null, 1),
      failing,
    );
    const again = await resync(workspace, current);
    console.log(again);
    console.log((await current.salesforce.requests()).writes, (await current.hubspot.requests()).writes);
    console.log(
      JSON.stringify(
        await db().outcome.findMany({
          where: { runId: again.id, result: { in: ['UPDATED', 'FAILED'] } },
          take: 3,
        }),
        null,
        1,
      ),
    );
    expect(run.status).toBe('DONE');
  });
});
