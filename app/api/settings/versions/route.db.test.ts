import { beforeEach, describe, expect, it } from 'vitest';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { changeMapping, ensureDefaultMappings, listMappings } from '#lib/mappings/server/index.ts';
import {
  restoredSchema,
  settingsAsOfSchema,
  settingsViewSchema,
  versionsPageSchema,
} from '#lib/settings/schemas.ts';
import { currentGate, updateSettings } from '#lib/settings/server/index.ts';
import { ask } from '#lib/testing/asking.ts';
import { connectHubSpot } from '#lib/testing/connections.ts';
import {
  addUser,
  createWorkspace,
  moveClock,
  type TestWorkspace,
  testDatabase,
} from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { POST as undo } from '../changes/[id]/undo/route.ts';
import { GET as settings } from '../route.ts';
import { POST } from './[version]/restore/route.ts';
import { GET } from './route.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
let active: string[] = [];

beforeEach(async () => {
  await simulators.current.hubspot.reset({ seed: 'demo' });
  // Search shows what was just written only after a moment.
  await simulators.current.hubspot.clock(1_000);
  workspace = await createWorkspace();
  await connectHubSpot(workspace, simulators.current.hubspot);
  active = await activeLists();
});

async function hubspot(method: string, path: string, body?: unknown): Promise<unknown> {
  const { url, tokens } = simulators.current.hubspot;
  const { accessToken } = await tokens();
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.status === 204 ? null : response.json();
}

async function activeLists(): Promise<string[]> {
  const { lists } = (await hubspot('POST', '/crm/v3/lists/search', {
    processingTypes: ['DYNAMIC'],
    objectTypeId: '0-1',
    count: 20,
    offset: 0,
    additionalProperties: [],
  })) as { lists: { listId: string; objectTypeId: string }[] };
  return lists.filter(({ objectTypeId }) => objectTypeId === '0-1').map(({ listId }) => listId);
}

const restore = (version: number | string, body: unknown, who: TestWorkspace | null = workspace) =>
  ask(POST, who, { params: { version: String(version) }, body });

const asOf = (when: string, who = workspace) =>
  ask(settings, who, { query: `?as-of=${encodeURIComponent(when)}` });

const asOfView = async (when: string | number) => settingsAsOfSchema.parse((await asOf(String(when))).body);

const versions = (query = '', who: TestWorkspace | null = workspace) => ask(GET, who, { query });
const undoIt = (id: string) => ask(undo, workspace, { method: 'POST', params: { id } });

async function change(...patches: Parameters<typeof updateSettings>[1][]) {
  for (const patch of patches) {
    const changed = await updateSettings(workspace.actor, patch);
    if (!changed.ok) throw new Error(changed.failure.code);
  }
}

/** Ends the sync of a default mapping, as one version. */
async function endMapping(property: string) {
  await ensureDefaultMappings(db(), workspace.workspaceId);
  const mappings = await listMappings(db(), workspace.workspaceId);
  const found = mappings.find(({ hubspotProperty }) => hubspotProperty === property);
  if (!found) throw new Error(`${property} is not mapped.`);
  const { id, hubspotProperty, leadField, contactField } = found;
  const ended = { hubspotProperty, leadField, contactField, rule: 'DONT_SYNC' as const, version: 0 };
  const changed = await changeMapping(workspace.actor, id, ended);
  if (!changed.ok) throw new Error(changed.failure.code);
  return { id };
}

/** Versions 1 to 3: a list, a breaker share, another list. Each an hour after the other. */
async function history() {
  const [first = '', second = ''] = active;
  await change({ key: 'inclusionListId', value: first, version: 0 });
  await moveClock(3_600_000);
  await change({ key: 'breakerShare', value: 35, version: 1 });
  await moveClock(3_600_000);
  await change({ key: 'inclusionListId', value: second, version: 2 });
  await moveClock(3_600_000);
  return { first, second };
}

describe('who may', () => {
  it('refuses without a session', async () => {
    expect((await versions('', null)).status).toBe(401);
    expect((await restore(0, { version: 0, keys: ['paused'] }, null)).status).toBe(401);
  });

  it('knows only the versions of the asker’s own workspace', async () => {
    await history();
    const other = await createWorkspace();
    expect((await versions('', other)).body).toEqual({ versions: [], total: 0 });
    const answer = await restore(2, { version: 0, keys: ['breakerShare'] }, other);
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    expect((await asOf('2', other)).status).toBe(404);
  });

  it.each([
    ['an unknown key', { version: 3, keys: ['breakerShare'], colour: 'red' }],
    ['an unknown setting', { version: 3, keys: ['colour'] }],
    ['nothing to restore', { version: 3, keys: [] }],
    ['no version', { keys: ['breakerShare'] }],
  ])('refuses %s', async (_name, body) => {
    expect((await restore(1, body)).body.code).toBe('bad_request');
    expect((await restore('first', { version: 3, keys: ['paused'] })).body.code).toBe('bad_request');
  });

  it.each(['?page=0', '?page=1&colour=red'])('refuses versions%s', async (search) => {
    expect((await versions(search)).status).toBe(400);
  });

  it.each(['yesterday', '-1', '2026-13-01T00:00Z'])('refuses the settings as of %s', async (when) => {
    expect((await asOf(when)).body.code).toBe('bad_request');
  });

  it('lets viewers look, not restore', async () => {
    await history();
    const viewer = await addUser(workspace.workspaceId, 'viewer');
    expect((await asOf('1', viewer)).body.canRestore).toBe(false);
    expect((await versions('', viewer)).status).toBe(200);
    const answer = await restore(1, { version: 3, keys: ['breakerShare'] }, viewer);
    expect([answer.status, answer.body.code]).toEqual([403, 'admin_only']);
  });
});

describe('settings as of', () => {
  it('lists who changed which settings when, newest first', async () => {
    await history();
    const page = versionsPageSchema.parse((await versions()).body);
    expect(page.total).toBe(3);
    expect(page.versions.map(({ version, keys, by }) => [version, keys, by])).toEqual([
      [3, ['inclusionListId'], 'Maya Lindqvist'],
      [2, ['breakerShare'], 'Maya Lindqvist'],
      [1, ['inclusionListId'], 'Maya Lindqvist'],
    ]);
  });

  it('shows those of a moment beside today’s, with the change before and after', async () => {
    const { first, second } = await history();
    const at = new Date((await now()).getTime() - 1.5 * 3_600_000).toISOString();
    const view = await asOfView(at);
    expect(view).toMatchObject({
      asOf: at,
      isBeforeConnecting: false,
      former: {
        version: 2,
        values: { inclusionListId: first, breakerShare: 35 },
        segment: { state: 'active' },
      },
      now: { version: 3, values: { inclusionListId: second } },
      differs: ['inclusionListId'],
      blocked: [],
      previous: { version: 1 },
      next: { version: 3 },
    });
    expect(await asOfView(2)).toMatchObject({ asOf: null, former: view.former });
  });

  it('says how many were in the list then: by its members, else as its switch has counted, if either is kept', async () => {
    const { first } = await history();
    const { workspaceId } = workspace;
    const hours = async (ago: number) => new Date((await now()).getTime() - ago * 3_600_000);
    const at = (await hours(1.5)).toISOString();
    const sizes = async () =>
      [await asOfView(at), await asOfView(1)].map(({ former }) => former.segment?.size);
    expect(await sizes()).toEqual([null, null]);

    const change = await db().settingsChange.findFirstOrThrow({ where: { workspaceId, version: 1 } });
    await db().switchCount.create({
      data: { workspaceId, changeId: change.id, state: 'COUNTED', counts: { now: 412, before: 9 } },
    });
    expect(await sizes()).toEqual([412, 412]);

    const list = { workspaceId, listId: first };
    await db().segmentWatch.create({ data: { ...list, state: 'READY', baselineAt: await hours(1.8) } });
    const stay = { ...list, reading: 1, isBaseline: true, addedAt: await hours(9), since: await hours(9) };
    await db().membership.createMany({
      data: [
        { ...stay, contactId: '1' },
        { ...stay, contactId: '2', until: await hours(1) },
        { ...stay, contactId: '3', until: await hours(1.7) },
        { ...stay, contactId: '4', since: await hours(0.5) },
      ],
    });
    expect(await sizes()).toEqual([2, 412]);
    await db().segmentWatch.deleteMany({ where: list });
    await db().membership.deleteMany({ where: list });
  });

  it('reads a time without seconds, and knows nothing before the account was connected', async () => {
    await history();
    const view = await asOfView('2020-01-01T12:00Z');
    expect(view).toMatchObject({ isBeforeConnecting: true, former: { version: 0 }, previous: null });
    expect(view.next?.version).toBe(1);
  });

  it('names a deleted segment and says that it cannot come back', async () => {
    const { first } = await history();
    await hubspot('DELETE', `/crm/v3/lists/${first}`);
    const view = await asOfView(1);
    expect(view.former.segment).toMatchObject({ listId: first, state: 'deleted' });
    expect(view.former.segment?.name).toBeTruthy();
    expect(view.blocked).toMatchObject([{ key: 'inclusionListId', reason: 'deleted' }]);
  });
});

describe('restore', () => {
  it('brings several settings back as one version, and tells the audit log', async () => {
    const { first } = await history();
    await change({ key: 'breakerShare', value: 50, version: 3 });
    const answer = await restore(2, { version: 4, keys: ['inclusionListId', 'breakerShare'] });
    const { settings: view, keys } = restoredSchema.parse(answer.body);
    expect(keys.toSorted()).toEqual(['breakerShare', 'inclusionListId']);
    expect(view).toMatchObject({ version: 5, values: { inclusionListId: first, breakerShare: 35 } });
    expect((await asOfView(5)).restoredFrom).toBe(2);
    const entries = await db().auditEntry.findMany({
      where: { settingsVersion: 5, workspaceId: workspace.workspaceId },
    });
    expect(entries.map(({ action, cause }) => [action, cause]).toSorted()).toEqual([
      ['settings.breakerShare', { via: 'api', restored: 2 }],
      ['settings.inclusionListId', { via: 'api', restored: 2 }],
    ]);
  });

  it('lets the list wait its 60 seconds, during which the whole restore can be undone', async () => {
    const { first, second } = await history();
    await change({ key: 'breakerShare', value: 50, version: 3 });
    const restored = await restore(2, { version: 4, keys: ['inclusionListId', 'breakerShare'] });
    const { settings: view } = restoredSchema.parse(restored.body);
    const gate = await currentGate(db(), workspace.workspaceId, await now());
    expect(gate).toMatchObject({ listId: first, alsoListId: second });
    const id = view.undo?.changeId ?? '';
    expect(settingsViewSchema.parse((await undoIt(id)).body)).toMatchObject({
      version: 6,
      values: { inclusionListId: second, breakerShare: 50 },
      undo: null,
    });
  });

  it('keeps what was not asked for, and writes nothing if nothing differs', async () => {
    const { second } = await history();
    const part = restoredSchema.parse((await restore(0, { version: 3, keys: ['breakerShare'] })).body);
    expect(part.settings).toMatchObject({
      version: 4,
      values: { inclusionListId: second, breakerShare: 20 },
    });
    const again = restoredSchema.parse((await restore(0, { version: 4, keys: ['breakerShare'] })).body);
    expect([again.keys, again.settings.version]).toEqual([[], 4]);
  });

  it('refuses a deleted segment, and restores the rest', async () => {
    const { first } = await history();
    await change({ key: 'breakerShare', value: 50, version: 3 });
    await hubspot('DELETE', `/crm/v3/lists/${first}`);
    const refused = await restore(2, { version: 4, keys: ['inclusionListId', 'breakerShare'] });
    expect([refused.status, refused.body.code]).toEqual([422, 'deleted_segment']);
    const rest = restoredSchema.parse((await restore(2, { version: 4, keys: ['breakerShare'] })).body);
    expect(rest.settings).toMatchObject({ version: 5, values: { breakerShare: 35 } });
  });

  it('brings mappings back with their version, and Undo takes them away again', async () => {
    const { first, second } = await history();
    const row = await endMapping('jobtitle');
    const view = await asOfView(3);
    expect(view.mappings.filter(({ isDifferent }) => isDifferent)).toMatchObject([
      { id: row.id, former: { rule: 'PREFER_SALESFORCE' }, now: { rule: 'DONT_SYNC' }, gone: null },
    ]);
    const wanted = { version: 4, keys: ['inclusionListId'], mappings: [row.id] };
    const restored = restoredSchema.parse((await restore(1, wanted)).body);
    expect(restored).toMatchObject({ keys: ['inclusionListId'], mappings: [row.id] });
    expect(restored.settings.values.inclusionListId).toBe(first);
    const entries = await db().auditEntry.findMany({
      where: { settingsVersion: 5, workspaceId: workspace.workspaceId },
    });
    expect(entries.map(({ action }) => action).toSorted()).toEqual([
      'mapping.changed',
      'settings.inclusionListId',
    ]);
    const id = restored.settings.undo?.changeId ?? '';
    await undoIt(id);
    const after = await asOfView(4);
    expect([after.differs, after.mappings.some(({ isDifferent }) => isDifferent)]).toEqual([[], false]);
    expect(after.now.values.inclusionListId).toBe(second);
  });

  it('refuses when a version came meanwhile', async () => {
    await history();
    const answer = await restore(1, { version: 2, keys: ['breakerShare'] });
    expect([answer.status, answer.body.code]).toEqual([409, 'restore_conflict']);
    expect(answer.body.detail).toContain('3');
  });
});
