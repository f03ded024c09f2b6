import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '#lib/activity/schemas.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { ask, send } from '#lib/testing/asking.ts';
import { createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { GET as exportAll } from './export/route.ts';
import { GET } from './route.ts';

testDatabase();
let workspace: TestWorkspace;
let other: TestWorkspace;
let runId: string;

type Row = Parameters<ReturnType<typeof db>['outcome']['create']>[0]['data'];

async function addOutcome(data: Partial<Row> & { minutesAgo: number }): Promise<void> {
  const { minutesAgo, ...rest } = data;
  const at = new Date((await now()).getTime() - minutesAgo * 60_000);
  await db().outcome.create({
    data: {
      runId,
      workspaceId: workspace.workspaceId,
      contactId: randomUUID(),
      direction: 'TO_SALESFORCE',
      result: 'UNCHANGED',
      trigger: 'resync',
      at,
      ...rest,
    } as Parameters<ReturnType<typeof db>['outcome']['create']>[0]['data'],
  });
}

beforeAll(async () => {
  workspace = await createWorkspace();
  other = await createWorkspace();
  const run = await db().run.create({
    data: {
      workspaceId: workspace.workspaceId,
      orgId: '00D',
      kind: 'RESYNC',
      settingsVersion: 7,
      createdAt: await now(),
    },
  });
  runId = run.id;
  await addOutcome({ minutesAgo: 1, name: 'Ana Núñez', email: 'ana@b.example', result: 'CREATED' });
  await addOutcome({
    minutesAgo: 2,
    name: '=2+3',
    result: 'UPDATED',
    code: 'STRING_TOO_LONG',
    direction: 'BOTH',
  });
  await addOutcome({ minutesAgo: 3, name: 'Out Sider', result: 'SKIPPED', reason: 'not_in_segment' });
  await addOutcome({ minutesAgo: 4, name: 'Fay Led', result: 'FAILED', code: 'address_held' });
  await addOutcome({ minutesAgo: 90, name: '100% Sure', direction: 'TO_HUBSPOT' });
  for (let minutes = 2_000; minutes < 2_040; minutes += 1) await addOutcome({ minutesAgo: minutes });
});

type Body = { outcomes: Outcome[]; total: number; until: string; newer: number; code?: string };
const read = (query = '', who: TestWorkspace | null = workspace) => ask<Body>(GET, who, { query });

const names = async (query: string) => (await read(query)).body.outcomes.map(({ name }) => name);

describe('who may', () => {
  it('refuses without a session, reading and exporting', async () => {
    expect(await read('', null)).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
    expect((await send(exportAll, null)).status).toBe(401);
  });

  it('shows another workspace nothing, also by the id of a run', async () => {
    expect((await read('', other)).body).toMatchObject({ outcomes: [], total: 0 });
    expect((await read(`?run=${runId}&period=all`, other)).body.total).toBe(0);
  });

  it('refuses an unknown key and values of the wrong kind', async () => {
    for (const query of ['?colour=red', '?status=great', '?page=0', '?run=1', '?until=yesterday']) {
      expect(await read(query), query).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    }
  });
});

describe('the list', () => {
  it('is the last 24 hours, newest first, with the version of the settings', async () => {
    const { body } = await read();
    expect(body.outcomes.map(({ name }) => name)).toEqual([
      'Ana Núñez',
      '=2+3',
      'Out Sider',
      'Fay Led',
      '100% Sure',
    ]);
    expect(body).toMatchObject({ total: 5, newer: 0 });
    expect(body.outcomes[0]).toMatchObject({ settingsVersion: 7, status: 'synced', object: null });
  });

  it('counts a person of whom any field failed as an error', async () => {
    expect(await names('?status=synced')).toEqual(['Ana Núñez', '100% Sure']);
    expect(await names('?status=error')).toEqual(['=2+3', 'Fay Led']);
    expect(await names('?status=skipped')).toEqual(['Out Sider']);
  });

  it('filters by direction, both ways counting for each, and by period', async () => {
    expect(await names('?direction=to_hubspot')).toEqual(['=2+3', '100% Sure']);
    expect(await names('?period=hour')).not.toContain('100% Sure');
    expect((await read('?period=week')).body.total).toBe(45);
  });

  it('searches name and address anywhere, without case and accents, and takes signs as they are', async () => {
    expect(await names('?search=NÚ')).toEqual(['Ana Núñez']);
    expect(await names('?search=nunez')).toEqual(['Ana Núñez']);
    expect(await names('?search=B.EXAMPLE')).toEqual(['Ana Núñez']);
    expect(await names('?search=0%25')).toEqual(['100% Sure']);
    expect(await names('?search=_')).toEqual([]);
  });

  it('has pages that stand still while new rows come, and says how many came', async () => {
    const first = await read('?period=week');
    expect(first.body.outcomes).toHaveLength(25);
    const { until } = first.body;
    await addOutcome({ minutesAgo: -1, name: 'New Comer' });
    const second = await read(`?period=week&page=2&until=${until}`);
    expect(second.body).toMatchObject({ total: 45, newer: 1 });
    expect(second.body.outcomes).toHaveLength(20);
    const ids = [...first.body.outcomes, ...second.body.outcomes].map(({ id }) => id);
    expect(new Set(ids).size).toBe(45);
    await db().outcome.deleteMany({ where: { name: 'New Comer' } });
  });

  it('is exported whole as CSV, in which no cell is a formula', async () => {
    const response = await send(exportAll, workspace, { query: '?period=week' });
    expect(response.headers.get('content-type')).toContain('text/csv');
    const lines = (await response.text()).trim().split('\r\n');
    expect(lines).toHaveLength(46);
    expect(lines[0]).toContain('time,name,email');
    expect(lines.some((line) => line.includes(",'=2+3,"))).toBe(true);
  });
});
