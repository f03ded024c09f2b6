import { beforeEach, describe, expect, it } from 'vitest';
import { auditPageSchema } from '#lib/activity/schemas.ts';
import { recordAudit } from '#lib/activity/server/index.ts';
import { db } from '#lib/core/db.ts';
import { createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { GET } from './route.ts';

testDatabase();
let workspace: TestWorkspace;

beforeEach(async () => {
  workspace = await createWorkspace();
});

function ask(search: string, cookie?: string): Promise<Response> {
  const headers = cookie ? { cookie } : undefined;
  const request = new Request(`http://localhost:3000/api/audit${search}`, {
    ...(headers ? { headers } : {}),
  });
  return GET(request, { params: Promise.resolve({}) });
}

describe('GET /api/audit', () => {
  it('refuses whoever is not logged in', async () => {
    expect((await ask('')).status).toBe(401);
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
    const page = auditPageSchema.parse(await (await ask('', workspace.cookie)).json());
    expect(page).toMatchObject({ entries: [], total: 0, actors: [] });
  });

  it.each(['?unknown=1', '?page=0', '?pageSize=1000', '?activity=secrets', '?actor=1'])(
    'refuses %s',
    async (search) => {
      expect((await ask(search, workspace.cookie)).status).toBe(400);
    },
  );

  it('lets a viewer read', async () => {
    const viewer = await createWorkspace({ role: 'viewer' });
    expect((await ask('?page=1&pageSize=50', viewer.cookie)).status).toBe(200);
  });
});
