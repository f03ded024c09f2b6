import { beforeEach, describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { connectHubSpot } from '#lib/testing/connections.ts';
import { createWorkspace, moveClock, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { fold } from './rules.ts';
import { segmentIndexQuerySchema } from './schemas.ts';
import * as segments from './server/index.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
const salesReady = 'Sales-ready contacts, EMEA and US';

beforeEach(async () => {
  await simulators.current.reset();
  workspace = await createWorkspace();
  await connectHubSpot(workspace, simulators.current.hubspot);
});

function unwrap<T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const search = async (query: { q?: string; after?: string } = {}) =>
  unwrap(await segments.searchSegments(workspace.actor, query));
const index = async (query: object = {}) =>
  unwrap(await segments.listIndex(workspace.actor, segmentIndexQuerySchema.parse(query)));
const refresh = () => segments.runRefresh({ workspaceId: workspace.workspaceId });
const names = (list: { name: string }[]) => list.map(({ name }) => name);
const asked = async () => (await simulators.current.hubspot.requests()).total;

async function jobs(): Promise<number> {
  const key = `segments.refresh:${workspace.workspaceId}`;
  const [row] = await db().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE key = ${key}`;
  return row?.n ?? 0;
}

describe('opening a list of segments', () => {
  it('waits for nothing and has one job refresh the copy, however many open it', async () => {
    const before = await asked();
    const answers = await Promise.all([search(), search(), search(), index(), index()]);
    for (const answer of answers) {
      expect(answer).toMatchObject({
        total: 0,
        stale: false,
        copy: { completeAt: null, isRefreshing: true },
      });
    }
    expect(await asked()).toBe(before);
    expect(await jobs()).toBe(1);
    await refresh();
    expect(await search()).toMatchObject({ total: 10, copy: { isRefreshing: false } });
    expect(await index()).toMatchObject({ total: 14, inAccount: 14 });
  });

  it('shows what is stored while the copy is brought up to date', async () => {
    await refresh();
    const { copy } = await search();
    await moveClock(60_000);
    expect(await search()).toMatchObject({ total: 10, copy: { ...copy, isRefreshing: true } });
    await refresh();
    const after = await search();
    expect(after.copy.isRefreshing).toBe(false);
    expect(Date.parse(after.copy.completeAt ?? '')).toBeGreaterThan(Date.parse(copy.completeAt ?? ''));
  });

  it('shows the part that has come when HubSpot fails on the way', async () => {
    await simulators.current.reset({ seed: 'empty', segments: 700, contacts: 5 });
    await connectHubSpot(workspace, simulators.current.hubspot);
    const path = '/crm/v3/lists/search';
    const [onePage, thenNothing] = [
      { path, delayMs: 1, times: 1 },
      { path, status: 500 },
    ];
    await simulators.current.hubspot.faults([onePage, thenNothing]);
    await refresh();
    const { total, stale, copy } = await search();
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThan(700);
    expect({ stale, copy }).toEqual({ stale: true, copy: { completeAt: null, isRefreshing: false } });
  });

  it('keeps what was last seen while HubSpot does not answer, and says so', async () => {
    await refresh();
    await simulators.current.hubspot.faults([{ path: '/crm', status: 500, times: 50 }]);
    await refresh();
    expect(await search()).toMatchObject({ total: 10, stale: true });
    expect(await index()).toMatchObject({ total: 14, stale: true });
  });

  it('fails as HubSpot does where nothing was ever stored, and tries again a moment later', async () => {
    await simulators.current.hubspot.faults([{ path: '/crm', status: 500, times: 50 }]);
    await refresh();
    expect(await segments.searchSegments(workspace.actor, {})).toMatchObject({
      failure: { code: 'hubspot_unavailable' },
    });
    await moveClock(3_000);
    expect(await search()).toMatchObject({ options: [], copy: { isRefreshing: true } });
  });

  it('takes over from a refresh that died', async () => {
    await search();
    await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
    expect((await search()).copy.isRefreshing).toBe(true);
    expect(await jobs()).toBe(0);
    await moveClock(61_000);
    await search();
    expect(await jobs()).toBe(1);
  });
});

describe('order and parts', () => {
  beforeEach(refresh);

  it('puts the best match first while searching', async () => {
    const row = await db().segment.findFirstOrThrow({
      where: { workspaceId: workspace.workspaceId, name: salesReady },
    });
    for (const [at, name] of ['Presáles', 'Our sales', 'Sales ops', 'SÁLES'].entries()) {
      await db().segment.create({ data: { ...row, listId: `900${at}`, name, searchName: fold(name) } });
    }
    const found = await search({ q: 'salés' });
    expect(names(found.options)).toEqual(['SÁLES', 'Sales ops', salesReady, 'Our sales', 'Presáles']);
  });

  it('finds %, _ and \\ as they are written', async () => {
    expect(names((await search({ q: '%' })).options)).toEqual([]);
    expect(names((await search({ q: '_' })).options)).toEqual([]);
    expect(names((await search({ q: '\\' })).options)).toEqual([]);
  });

  it('serves 50 a page, each one once', async () => {
    await simulators.current.reset({ seed: 'empty', segments: 120, contacts: 5 });
    await connectHubSpot(workspace, simulators.current.hubspot);
    await refresh();
    const pages = [await search(), await search({ after: '50' }), await search({ after: '100' })];
    const ids = pages.flatMap(({ options }) => options.map(({ listId }) => listId));
    expect(pages.map(({ after }) => after)).toEqual(['50', '100', null]);
    expect(new Set(ids).size).toBe(pages[0]?.total);
  });

  it('sorts the index both ways by each column, and pages it', async () => {
    const { total } = await index();
    for (const sort of ['name', 'size', 'updated']) {
      const up = await index({ sort, direction: 'ascending' });
      const down = await index({ sort, direction: 'descending' });
      const key = { name: 'name', size: 'size', updated: 'updatedAt' }[sort] as 'name' | 'size' | 'updatedAt';
      const values = (list: typeof up) => list.segments.map((segment) => segment[key]);
      expect(values(down)).toEqual(values(up).toReversed());
      expect(new Set(names(up.segments)).size).toBe(total);
    }
    expect(await index({ page: 9 })).toMatchObject({ segments: [], total });
  });
});
