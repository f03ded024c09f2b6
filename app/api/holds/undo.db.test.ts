import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import type { Hold } from '#lib/insight/schemas.ts';
import type { SettingsPatch } from '#lib/settings/schemas.ts';
import { currentSettings, updateSettings } from '#lib/settings/server/index.ts';
import { checkBreaker } from '#lib/sync/collect/breaker.ts';
import { depsOf } from '#lib/sync/collect/testing.ts';
import { writingStop } from '#lib/sync/server/index.ts';
import { connectedWorkspace } from '#lib/sync/testing.ts';
import { type Asking, ask, type Handler } from '#lib/testing/asking.ts';
import {
  addUser,
  createWorkspace,
  moveClock,
  type TestWorkspace,
  testDatabase,
} from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { PATCH as changeMapping } from '../mappings/[id]/route.ts';
import { POST as undo } from './[id]/undo/route.ts';
import { GET as listHolds } from './route.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await connectedWorkspace(simulators.current);
});

beforeEach(async () => {
  await db().settingsVersion.deleteMany();
  await db().hold.deleteMany();
  await db().alarm.deleteMany();
  await db().trigger.deleteMany();
  await db().auditEntry.deleteMany();
});

const call = (
  handler: Handler,
  id: string,
  { who = workspace, ...given }: Omit<Asking, 'params'> & { who?: TestWorkspace | null } = {},
) =>
  ask<{ code?: string; holds?: Hold[] } | null>(handler, who, { method: 'POST', ...given, params: { id } });

async function change(patch: Pick<SettingsPatch, 'key' | 'value'>): Promise<void> {
  const { version } = await currentSettings(db(), workspace.workspaceId);
  const changed = await updateSettings(workspace.actor, { ...patch, version } as SettingsPatch);
  if (!changed.ok) throw new Error(changed.failure.code);
}

const recordId = (at: number) => `00Q${String(at).padStart(12, '0')}AAA`;

/** So many wait in the inbox and count; the last of them was done before. */
async function waiting(kind: 'created_hubspot' | 'blanked', key: string): Promise<void> {
  const { scope } = await depsOf(workspace);
  const at = await now();
  const people = Array.from({ length: 600 }, (_, each) => recordId(each));
  const data = people.map((person) => ({ ...scope, kind, key, person, at }));
  await db().alarm.createMany({ data });
  const times = { firstAt: at, lastAt: at, dueAt: at };
  const causes = [{ kind: 'changed', side: 'salesforce', source: 'poll', at: at.toISOString() }];
  await db().trigger.createMany({
    data: people.slice(0, -1).map((each) => ({ ...scope, ...times, causes, recordId: each, object: 'LEAD' })),
  });
}

const held = async () => (await checkBreaker(await depsOf(workspace)))?.id ?? '';
const stop = async () => writingStop(db(), (await depsOf(workspace)).scope, await now());
const theHold = async () => (await call(listHolds, '', { method: 'GET' })).body?.holds?.[0];

describe('undoing what stopped the writing', () => {
  it('is for admins of the workspace alone', async () => {
    const other = await createWorkspace();
    const viewer = await addUser(workspace.workspaceId, 'viewer');
    expect(await call(undo, randomUUID(), { who: null })).toMatchObject({ status: 401 });
    expect(await call(undo, randomUUID(), { who: viewer })).toMatchObject({ status: 403 });
    expect(await call(undo, 'x')).toMatchObject({ status: 400 });
    expect(await call(undo, randomUUID(), { who: other })).toMatchObject({ status: 404 });
  });

  it('8: brings the former setting back, without a time limit; who waits counts no more', async () => {
    await change({ key: 'salesforceChanges', value: 'do_nothing' });
    await change({ key: 'salesforceChanges', value: 'create_or_update' });
    await change({ key: 'keepingDays', value: 30 });
    await waiting('created_hubspot', '');
    const id = await held();
    expect(await theHold()).toMatchObject({
      cause: 'creations',
      undo: { version: 2, by: 'Maya Lindqvist' },
    });
    await moveClock(3 * 60 * 60_000, simulators.current);
    expect(await call(undo, id)).toMatchObject({ status: 200 });
    const { values } = await currentSettings(db(), workspace.workspaceId);
    expect(values).toMatchObject({ salesforceChanges: 'do_nothing', keepingDays: 30 });
    expect(await stop()).toBeNull();
    expect(await db().alarm.findMany({ select: { person: true } })).toEqual([{ person: recordId(599) }]);
    expect(await db().auditEntry.findFirst({ where: { settingsVersion: 4 } })).toMatchObject({
      action: 'settings.salesforceChanges',
      cause: { undone: 2 },
    });
    expect(await call(undo, id)).toMatchObject({ status: 409, body: { code: 'nothing_to_go_on' } });
  });

  it('8: brings a mapping back whose new rule would empty values', async () => {
    const mapping = await db().mapping.findFirstOrThrow({
      where: { workspaceId: workspace.workspaceId, hubspotProperty: 'city' },
    });
    const { version } = await currentSettings(db(), workspace.workspaceId);
    const { hubspotProperty, leadField, contactField } = mapping;
    for (const [at, rule] of ['DONT_SYNC', 'TWO_WAY'].entries()) {
      const body = { hubspotProperty, leadField, contactField, rule, version: version + at };
      expect(await call(changeMapping, mapping.id, { method: 'PATCH', body })).toMatchObject({ status: 200 });
    }
    await waiting('blanked', 'salesforce:City');
    const id = await held();
    expect(await theHold()).toMatchObject({ cause: 'blanking', undo: { version: version + 2 } });
    expect(await call(undo, id)).toMatchObject({ status: 200 });
    expect(await db().mapping.findUnique({ where: { id: mapping.id } })).toMatchObject({ rule: 'DONT_SYNC' });
    expect(await stop()).toBeNull();
  });

  it('8: is refused where no change of the settings has caused it', async () => {
    await waiting('created_hubspot', '');
    const id = await held();
    expect(await theHold()).toMatchObject({ cause: 'creations', undo: null });
    expect(await call(undo, id)).toMatchObject({ status: 409, body: { code: 'nothing_to_undo' } });
    expect(await stop()).toMatchObject({ cause: 'creations' });
  });
});
