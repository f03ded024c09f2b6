import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addNotice } from '#lib/activity/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { noticeListSchema } from '#lib/insight/schemas.ts';
import { updateSettings } from '#lib/settings/server/index.ts';
import { ask } from '#lib/testing/asking.ts';
import {
  addUser,
  createWorkspace,
  moveClock,
  type TestWorkspace,
  testDatabase,
} from '#lib/testing/database.ts';
import { POST } from './read/route.ts';
import { GET } from './route.ts';

testDatabase();
let workspace: TestWorkspace;
let colleague: TestWorkspace;

beforeAll(async () => {
  workspace = await createWorkspace();
  colleague = await addUser(workspace.workspaceId, 'viewer');
});

beforeEach(async () => {
  await db().notice.deleteMany();
});

const call = (who: TestWorkspace | null, body?: unknown) =>
  ask(body === undefined ? GET : POST, who, { body });

const list = async (who = workspace) => noticeListSchema.parse((await call(who)).body);
const news = async (kind: 'new_errors' | 'run_waits', more: { notWithinMs?: number } = {}) =>
  addNotice(db(), { workspaceId: workspace.workspaceId, kind, data: {}, at: await now(), ...more });

describe('who may', () => {
  it('refuses without a session', async () => {
    expect((await call(null)).status).toBe(401);
    expect((await call(null, { until: '2026-11-12T14:00:00Z' })).status).toBe(401);
  });

  it('shows another workspace nothing and reads nothing there', async () => {
    await news('new_errors');
    const other = await createWorkspace();
    expect(await list(other)).toEqual({ notices: [], unread: 0 });
    await call(other, { until: '2099-01-01T00:00:00Z' });
    expect((await list()).unread).toBe(1);
  });

  it('refuses an unknown key and no time', async () => {
    for (const body of [{ until: '2026-11-12T14:00:00Z', colour: 'red' }, {}, { until: 'now' }]) {
      expect(await call(workspace, body)).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    }
  });
});

describe('the bell', () => {
  it('counts what each person has not read, up to the moment of looking', async () => {
    await news('new_errors');
    const seen = (await list()).notices[0]?.at;
    await moveClock(1_000);
    await news('run_waits');
    const { body } = await call(workspace, { until: seen });
    expect(body.unread).toBe(1);
    await call(workspace, { until: seen });
    const mine = await list();
    expect(mine.notices.map(({ kind, isUnread }) => [kind, isUnread])).toEqual([
      ['run_waits', true],
      ['new_errors', false],
    ]);
    expect((await list(colleague)).unread).toBe(2);
    expect((await db().notice.findFirst({ where: { kind: 'new_errors' } }))?.readBy).toHaveLength(1);
  });

  it('does not say the same again within a time', async () => {
    await news('new_errors', { notWithinMs: 60_000 });
    await news('new_errors', { notWithinMs: 60_000 });
    expect((await list()).unread).toBe(1);
    await moveClock(61_000);
    await news('new_errors', { notWithinMs: 60_000 });
    expect((await list()).unread).toBe(2);
  });

  it('tells colleagues who paused the sync, and that person nothing new', async () => {
    const paused = await updateSettings(workspace.actor, { key: 'paused', value: true, version: 0 });
    expect(paused.ok).toBe(true);
    expect((await list()).unread).toBe(0);
    expect((await list(colleague)).notices).toMatchObject([
      { kind: 'paused', data: { by: workspace.actor.name }, isUnread: true },
    ]);
  });
});
