import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '#lib/activity/schemas.ts';
import { addNotice } from '#lib/activity/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { errorPageSchema, healthSchema } from '#lib/insight/schemas.ts';
import { type Handler, send } from '#lib/testing/asking.ts';
import { createWorkspace, moveClock, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { GET as exportAll } from './errors/export/route.ts';
import { GET as list } from './errors/route.ts';
import { GET } from './route.ts';

testDatabase();
let workspace: TestWorkspace;
let other: TestWorkspace;
let runId: string;

const failed = (property: string, code: string, category: 'values' | 'permissions' = 'values'): Change => ({
  ...{
    mappingId: randomUUID(),
    property,
    label: property,
    field: property,
    rule: 'TWO_WAY',
    to: 'salesforce',
  },
  ...{ old: null, new: '=1+1', failure: { category, code, message: 'no' } },
});
const written: Change = {
  ...{ mappingId: randomUUID(), property: 'city', label: 'City', field: 'City', rule: 'TWO_WAY' },
  ...{ to: 'salesforce', old: null, new: 'Oslo' },
};

type Given = {
  person: string;
  minutesAgo: number;
  result?: 'UPDATED' | 'FAILED' | 'SKIPPED' | 'UNCHANGED';
  changes?: Change[];
  code?: string;
};

async function outcome({ person, minutesAgo, result = 'UPDATED', changes = [], code }: Given): Promise<void> {
  const failure = changes.find((change) => change.failure)?.failure;
  await db().outcome.create({
    data: {
      ...{ runId: await newRun(), workspaceId: workspace.workspaceId, contactId: person, name: person },
      ...{ direction: 'TO_SALESFORCE', result, trigger: 'resync', changes },
      category: code ? 'duplicates' : (failure?.category ?? null),
      code: code ?? failure?.code ?? null,
      at: new Date((await now()).getTime() - minutesAgo * 60_000),
    },
  });
}

async function newRun(): Promise<string> {
  const { workspaceId } = workspace;
  const data = {
    workspaceId,
    orgId: '00D',
    kind: 'POLL' as const,
    settingsVersion: 1,
    createdAt: await now(),
  };
  runId = (await db().run.create({ data })).id;
  return runId;
}

beforeAll(async () => {
  workspace = await createWorkspace();
  other = await createWorkspace();
  await db().connection.create({
    data: {
      ...{ workspaceId: workspace.workspaceId, crm: 'SALESFORCE', status: 'CONNECTED', accountId: '00D' },
      ...{ userId: '005', username: 'a@b.example', loginUrl: 'x', apiUrl: 'x', apiLimit: 1_000 },
    },
  });
});

beforeEach(async () => {
  await db().run.deleteMany();
  await db().apiUse.deleteMany();
});

async function read(handler: Handler, who: TestWorkspace | null, query = '') {
  const response = await send(handler, who, { query });
  return { status: response.status, text: await response.text() };
}

const health = async (who = workspace) => healthSchema.parse(JSON.parse((await read(GET, who)).text));
const errors = async (query = '', who = workspace) =>
  errorPageSchema.parse(JSON.parse((await read(list, who, query)).text));

describe('who may', () => {
  it('refuses without a session', async () => {
    for (const handler of [GET, list, exportAll]) expect((await read(handler, null)).status).toBe(401);
  });

  it('shows another workspace nothing', async () => {
    await outcome({ person: 'A', minutesAgo: 1, result: 'FAILED', code: 'address_held' });
    expect((await health(other)).errors.records).toBe(0);
    expect((await errors('', other)).total).toBe(0);
    expect((await read(exportAll, other)).text.trim().split('\r\n')).toHaveLength(1);
  });

  it('refuses an unknown key and an unknown category', async () => {
    for (const query of ['?colour=red', '?category=weather', '?page=0']) {
      expect((await read(list, workspace, query)).status, query).toBe(400);
    }
  });
});

describe('calls', () => {
  it('adds up the last 24 hours, against a fifth of Salesforce’s limit', async () => {
    const at = await now();
    const hour = (ago: number) => new Date(Math.floor(at.getTime() / 3_600_000 - ago) * 3_600_000);
    const { workspaceId } = workspace;
    await db().apiUse.createMany({
      data: [
        { workspaceId, crm: 'SALESFORCE', hour: hour(0), calls: 150 },
        { workspaceId, crm: 'SALESFORCE', hour: hour(5), calls: 60 },
        { workspaceId, crm: 'SALESFORCE', hour: hour(25), calls: 999 },
        { workspaceId, crm: 'HUBSPOT', hour: hour(0), calls: 999 },
      ],
    });
    const { api, pauses } = await health();
    expect(api).toMatchObject({ used: 210, allocation: 200, limit: 1_000 });
    expect([api.hours.at(-1)?.calls, api.hours.at(-6)?.calls]).toEqual([150, 60]);
    const freeAt = new Date(hour(5).getTime() + 24 * 3_600_000).toISOString();
    expect(pauses).toEqual([{ kind: 'budget', freeAt }]);
  });
});

describe('errors', () => {
  it('are those of each person’s newest outcome, counted by code and property', async () => {
    await outcome({ person: 'A', minutesAgo: 9, changes: [failed('x', 'STRING_TOO_LONG'), written] });
    await outcome({ person: 'B', minutesAgo: 8, changes: [failed('x', 'STRING_TOO_LONG')] });
    await outcome({
      ...{ person: 'C', minutesAgo: 7 },
      changes: [failed('y', 'STRING_TOO_LONG'), failed('z', 'INVALID_FIELD', 'permissions')],
    });
    await outcome({ person: 'D', minutesAgo: 6, result: 'FAILED', code: 'address_held' });
    await outcome({ person: 'E', minutesAgo: 5, result: 'FAILED', code: 'address_held' });
    await outcome({ person: 'E', minutesAgo: 4, result: 'UNCHANGED' });
    const { errors: found } = await health();
    expect([found.errors, found.records]).toEqual([4, 4]);
    const byCategory = found.categories.map(({ category, errors: n, records }) => [category, n, records]);
    expect(byCategory).toEqual([
      ['associations', 0, 0],
      ['automation', 0, 0],
      ['duplicates', 1, 1],
      ['permissions', 1, 1],
      ['values', 2, 3],
    ]);
    expect(found.categories[4]?.codes).toEqual([{ code: 'STRING_TOO_LONG', records: 3 }]);
  });

  it('are listed newest first, by category and code, and found by name', async () => {
    await outcome({ person: 'Ana Núñez', minutesAgo: 3, changes: [failed('x', 'STRING_TOO_LONG')] });
    await outcome({ person: 'Bo', minutesAgo: 2, changes: [failed('x', 'INVALID_OPTION')] });
    await outcome({ person: 'Cy', minutesAgo: 1, result: 'FAILED', code: 'address_held' });
    const names = async (query: string) => (await errors(query)).outcomes.map(({ name }) => name);
    expect(await names('')).toEqual(['Cy', 'Bo', 'Ana Núñez']);
    expect(await names('?category=values')).toEqual(['Bo', 'Ana Núñez']);
    expect(await names('?category=values&codes=INVALID_OPTION,INVALID_LONG')).toEqual(['Bo']);
    expect(await names('?search=NUNEZ')).toEqual(['Ana Núñez']);
    expect(await errors('?category=values&page=2')).toEqual({ outcomes: [], total: 0 });
  });

  it('end for somebody who was skipped since', async () => {
    await outcome({ person: 'A', minutesAgo: 2, result: 'FAILED', code: 'address_held' });
    await outcome({ person: 'A', minutesAgo: 1, result: 'SKIPPED' });
    expect((await health()).errors.records).toBe(0);
  });

  it('are exported with what to do, one row per failed field, and no cell is a formula', async () => {
    await outcome({
      ...{ person: 'A', minutesAgo: 1 },
      changes: [failed('x', 'STRING_TOO_LONG'), failed('y', 'INVALID_OPTION'), written],
    });
    const { text } = await read(exportAll, workspace);
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('Value is too long,');
    expect(lines[1]).toContain("'=1+1");
    expect((await read(exportAll, workspace, '?codes=INVALID_OPTION')).text).not.toContain('too long');
  });
});

describe('what stops the sync', () => {
  it('names who paused it, a deleted segment and writing that waits for a person', async () => {
    const { workspaceId, userId } = workspace;
    const at = await now();
    const common = { workspaceId, changedById: userId, changedBy: 'Maya Lindqvist', changedAt: at };
    await db().settingsVersion.create({
      data: { ...common, version: 1, values: { paused: true, inclusionListId: '77' } },
    });
    await db().auditEntry.create({
      data: { workspaceId, actor: 'Maya Lindqvist', action: 'settings.paused', at },
    });
    await db().segment.create({
      data: {
        ...{ workspaceId, listId: '77', name: 'Gone', searchName: 'gone', objectTypeId: '0-1', version: 1 },
        ...{ processingType: 'DYNAMIC', processingStatus: 'COMPLETE', seenAt: at, deletedAt: at },
      },
    });
    await db().hold.create({
      data: { workspaceId, orgId: '00D', cause: 'deletions', counts: {}, since: at },
    });
    await db().hold.create({
      data: { workspaceId, orgId: '00D', cause: 'sides', counts: {}, since: at, endedAt: at },
    });
    await moveClock(1_000);
    const since = at.toISOString();
    expect((await health()).pauses).toEqual([
      { kind: 'paused', by: 'Maya Lindqvist', since },
      { kind: 'hold', cause: 'deletions', since, changeId: null },
      { kind: 'segment_gone', segment: 'Gone' },
    ]);
  });

  it('tells for a day that writing went on by itself, unless it has stopped again', async () => {
    const { workspaceId } = workspace;
    const tell = async (kind: 'writing_stopped' | 'writing_went_on') => {
      const at = await now();
      await addNotice(db(), { workspaceId, kind, data: {}, at });
      return at.toISOString();
    };
    await tell('writing_stopped');
    expect((await health()).wentOnAt).toBeNull();
    await moveClock(1_000);
    const at = await tell('writing_went_on');
    expect((await health()).wentOnAt).toBe(at);
    await moveClock(25 * 60 * 60_000);
    expect((await health()).wentOnAt).toBeNull();
    await tell('writing_went_on');
    await moveClock(1_000);
    await tell('writing_stopped');
    expect((await health()).wentOnAt).toBeNull();
  });
});
