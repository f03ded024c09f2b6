import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { ask } from '#lib/testing/asking.ts';
import { addUser, createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { POST } from './route.ts';

testDatabase();
let workspace: TestWorkspace;
const contactId = '101';
let conflictId: string;

beforeAll(async () => {
  workspace = await createWorkspace();
});

beforeEach(async () => {
  await db().conflict.deleteMany();
  const { id } = await db().conflict.create({
    data: {
      ...{ workspaceId: workspace.workspaceId, orgId: '00D1', contactId, recordId: '00Q1' },
      ...{ mappingId: randomUUID(), property: 'jobtitle', field: 'Title', winner: 'HUBSPOT', at: new Date() },
      ...{ hubspotValue: 'Head of Fleet', salesforceValue: 'Fleet Manager' },
    },
  });
  conflictId = id;
});

const dismiss = (who: TestWorkspace | null, given: { id?: string; conflictId?: string } = {}) =>
  ask(POST, who, { method: 'POST', params: { id: contactId, conflictId, ...given } });

const dismissedAt = async () => (await db().conflict.findFirstOrThrow()).dismissedAt;

describe('who may put a conflict away', () => {
  it('nobody without a session', async () => {
    expect(await dismiss(null)).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
    expect(await dismissedAt()).toBeNull();
  });

  it('nobody of another workspace', async () => {
    expect(await dismiss(await createWorkspace())).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
    expect(await dismissedAt()).toBeNull();
  });

  it('nobody who may only look', async () => {
    const viewer = await addUser(workspace.workspaceId, 'viewer');
    expect(await dismiss(viewer)).toMatchObject({ status: 403, body: { code: 'admin_only' } });
    expect(await dismissedAt()).toBeNull();
  });
});

describe('putting a conflict away', () => {
  it('refuses ids that are none, and conflicts of somebody else', async () => {
    expect(await dismiss(workspace, { conflictId: 'x' })).toMatchObject({ body: { code: 'bad_request' } });
    expect(await dismiss(workspace, { id: '102' })).toMatchObject({ body: { code: 'not_found' } });
    expect(await dismissedAt()).toBeNull();
  });

  it('keeps it away for everybody', async () => {
    expect(await dismiss(workspace)).toEqual({ status: 200, body: { id: conflictId } });
    expect(await dismissedAt()).not.toBeNull();
  });
});
