import { beforeEach, describe, expect, it } from 'vitest';
import { auditDetailSchema, auditPageSchema } from '#lib/activity/schemas.ts';
import { recordAudit } from '#lib/activity/server/index.ts';
import { db } from '#lib/core/db.ts';
import { send } from '#lib/testing/asking.ts';
import { createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { GET as detail } from './[ref]/route.ts';
import { GET as exported } from './export/route.ts';
import { GET } from './route.ts';

testDatabase();
let workspace: TestWorkspace;

beforeEach(async () => {
  workspace = await createWorkspace();
});

const look = (query: string, who: TestWorkspace | null = null) => send(GET, who, { query });

describe('GET /api/audit', () => {
  it('refuses whoever is not logged in', async () => {
    expect((await look('')).status).toBe(401);
  });

  it('tells nothing of another workspace', async () => {
    const other = await createWorkspace();
    await recordAudit(db(), {
      workspaceId: other.workspaceId,
      actorId: other.userId,
      actor: other.actor.name,
      action: 'settings.paused',
      app: 'salesforce',
      oldValue: false,
      newValue: true,
      at: new Date(),
    });
    const page = auditPageSchema.parse(await (await look('', workspace)).json());
    expect(page).toMatchObject({ entries: [], total: 0, actors: [] });
  });

  it.each(['?unknown=1', '?page=0', '?pageSize=1000', '?activity=secrets', '?actor=1', '?subject=colour'])(
    'refuses %s',
    async (search) => {
      expect((await look(search, workspace)).status).toBe(400);
    },
  );

  it('lets a viewer read', async () => {
    const viewer = await createWorkspace({ role: 'viewer' });
    expect((await look('?page=1&pageSize=50', viewer)).status).toBe(200);
  });
});

async function record(entry: { action: string; version?: number; oldValue?: unknown; newValue?: unknown }) {
  const { version, ...rest } = entry;
  await recordAudit(db(), {
    workspaceId: workspace.workspaceId,
    actorId: workspace.userId,
    actor: workspace.actor.name,
    app: 'salesforce',
    at: new Date(),
    ...rest,
    ...(version === undefined ? {} : { settingsVersion: version, cause: { via: 'page' as const } }),
  });
}

const askOne = (ref: string, who: TestWorkspace | null = null) => send(detail, who, { params: { ref } });

const askCsv = (query: string, who: TestWorkspace | null = null, language = 'en') =>
  send(exported, who, { query, headers: { 'accept-language': language } });

describe('GET /api/audit/{ref}', () => {
  it('refuses whoever is not logged in, another workspace, and a reference that is none', async () => {
    await record({ action: 'settings.paused', version: 1, oldValue: false, newValue: true });
    const other = await createWorkspace();
    expect((await askOne('1')).status).toBe(401);
    expect((await askOne('1', other)).status).toBe(404);
    expect((await askOne('newest', workspace)).status).toBe(400);
  });

  it('tells all that made a version, and one entry by itself', async () => {
    await record({ action: 'settings.breakerShare', version: 2, oldValue: 20, newValue: 35 });
    await record({ action: 'settings.keepingDays', version: 2, oldValue: 90, newValue: 30 });
    await record({ action: 'connection.expired' });
    const made = auditDetailSchema.parse(await (await askOne('2', workspace)).json());
    expect(made.entries.map(({ action }) => action).toSorted()).toEqual([
      'settings.breakerShare',
      'settings.keepingDays',
    ]);
    expect(made).toMatchObject({ runs: [], runCount: 0 });
    const page = auditPageSchema.parse(await (await look('?activity=connection', workspace)).json());
    const id = page.entries[0]?.id ?? '';
    const one = auditDetailSchema.parse(await (await askOne(id, workspace)).json());
    expect(one.entries).toMatchObject([{ id, version: null }]);
  });
});

describe('GET /api/audit/{ref} of a switch of the Inclusion List', () => {
  it('tells who would start and stop, as counted then', async () => {
    const { workspaceId } = workspace;
    const at = new Date();
    await record({ action: 'settings.inclusionListId', version: 4, oldValue: null, newValue: '7' });
    const count = {
      workspaceId,
      state: 'COUNTED' as const,
      countedAt: at,
      counts: { start: 412, stop: 37, both: 12_443, neither: 6_040, frozen: 214 },
    };
    await db().settingsChange.create({
      data: {
        workspaceId,
        version: 4,
        baseVersion: 3,
        changedAt: at,
        inForceAt: at,
        count: { create: count },
      },
    });
    const made = auditDetailSchema.parse(await (await askOne('4', workspace)).json());
    expect(made.switch).toEqual({ start: 412, stop: 37, unchanged: 18_483 });
  });
});

describe('GET /api/audit/export', () => {
  it('refuses whoever is not logged in, and an unknown key', async () => {
    expect((await askCsv('')).status).toBe(401);
    expect((await askCsv('?colour=red', workspace)).status).toBe(400);
  });

  it('names everything in the reader’s language, and runs no formula', async () => {
    await record({ action: 'settings.breakerShare', version: 7, oldValue: 20, newValue: 35 });
    await record({ action: 'segment.renamed', oldValue: '=1+1', newValue: 'Fine' });
    const text = await (await askCsv('', workspace, 'da')).text();
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(text).toContain('"Andel, der stopper skrivning"');
    expect(text).toContain(',20,35,7,');
    expect(text).toContain("'=1+1");
  });

  it('exports what the filters show', async () => {
    await record({ action: 'settings.breakerShare', version: 7, oldValue: 20, newValue: 35 });
    await record({ action: 'connection.expired' });
    const text = await (await askCsv('?subject=connection', workspace)).text();
    expect(text.trim().split('\r\n')).toHaveLength(2);
  });
});
