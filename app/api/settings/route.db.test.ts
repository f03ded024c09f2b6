import { beforeEach, describe, expect, it } from 'vitest';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { currentGate } from '#lib/settings/server/index.ts';
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
import { POST as undo } from './changes/[id]/undo/route.ts';
import { GET, PATCH } from './route.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;

beforeEach(async () => {
  await simulators.current.hubspot.reset({ seed: 'demo' });
  // Search shows what was just written only after a moment.
  await simulators.current.hubspot.clock(1_000);
  workspace = await createWorkspace();
  await connectHubSpot(workspace, simulators.current.hubspot);
});

const get = (who: TestWorkspace | null = workspace) => ask(GET, who);
const patch = (body: unknown, who: TestWorkspace | null = workspace, headers = {}) =>
  ask(PATCH, who, { method: 'PATCH', body, headers });
const undoIt = (id: string, who = workspace) => ask(undo, who, { method: 'POST', params: { id } });

/** Ids of lists by name, asked of HubSpot itself. */
async function listId(name: string): Promise<string> {
  const { hubspot } = simulators.current;
  const { accessToken } = await hubspot.tokens();
  const response = await fetch(`${hubspot.url}/crm/v3/lists/search`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: name, count: 50, offset: 0, additionalProperties: [] }),
  });
  const { lists } = (await response.json()) as { lists: { listId: string; name: string }[] };
  const list = lists.find((each) => each.name === name);
  if (!list) throw new Error(`There is no list ${name}.`);
  return list.listId;
}

async function anyList(processingType: string): Promise<{ listId: string; name: string }> {
  const { hubspot } = simulators.current;
  const { accessToken } = await hubspot.tokens();
  const response = await fetch(`${hubspot.url}/crm/v3/lists/search`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      processingTypes: [processingType],
      count: 1,
      offset: 0,
      additionalProperties: [],
    }),
  });
  const { lists } = (await response.json()) as { lists: { listId: string; name: string }[] };
  if (!lists[0]) throw new Error('no list');
  return lists[0];
}

const salesReady = 'Sales-ready contacts, EMEA and US';

describe('who may', () => {
  it('refuses without a session, reading and writing', async () => {
    expect((await get(null)).status).toBe(401);
    expect((await patch({ key: 'paused', value: true, version: 0 }, null)).body.code).toBe('not_signed_in');
  });

  it('shows and changes only the asker’s own workspace', async () => {
    const other = await createWorkspace();
    await connectHubSpot(other, simulators.current.hubspot);
    await patch({ key: 'hubspotCreates', value: 'contact', version: 0 });
    expect((await get(other)).body).toMatchObject({ version: 0, values: { hubspotCreates: 'lead' } });
    const chosen = await patch({ key: 'inclusionListId', value: await listId(salesReady), version: 1 });
    expect((await undoIt(chosen.body.undo.changeId, other)).body.code).toBe('not_found');
  });

  it('lets viewers look and admins change', async () => {
    const viewer = await addUser(workspace.workspaceId, 'viewer');
    expect((await get(viewer)).body.canEdit).toBe(false);
    const answer = await patch({ key: 'paused', value: true, version: 0 }, viewer);
    expect([answer.status, answer.body.code]).toEqual([403, 'admin_only']);
    expect((await get()).body.version).toBe(0);
  });

  it('refuses a request that another website made', async () => {
    const answer = await patch({ key: 'paused', value: true, version: 0 }, workspace, {
      origin: 'https://evil.example',
    });
    expect([answer.status, answer.body.code]).toEqual([403, 'wrong_origin']);
  });
});

describe('bad input', () => {
  it.each([
    ['an unknown key', { key: 'paused', value: true, version: 0, colour: 'red' }],
    ['an unknown setting', { key: 'colour', value: 'red', version: 0 }],
    ['a value of the wrong kind', { key: 'hubspotCreates', value: 'company', version: 0 }],
    ['no version', { key: 'paused', value: true }],
    ['a list id that is none', { key: 'inclusionListId', value: "1' OR 1=1", version: 0 }],
    ['something that is not JSON', '{"key":'],
  ])('refuses %s and changes nothing', async (_name, body) => {
    const answer = await patch(body);
    expect([answer.status, answer.body.code]).toEqual([400, 'bad_request']);
    expect(answer.body.fields.length).toBeGreaterThan(0);
    expect((await get()).body.version).toBe(0);
  });

  it('answers in the reader’s language', async () => {
    const answer = await patch({ key: 'paused', value: true }, workspace, {
      'accept-language': 'pt-BR,pt;q=0.9',
    });
    const english = await patch({ key: 'paused', value: true });
    expect(answer.body.detail).not.toBe(english.body.detail);
    expect(answer.body.detail.length).toBeGreaterThan(10);
  });
});

describe('choosing the inclusion segment', () => {
  it('takes an active contact segment and tells its size', async () => {
    const answer = await patch({ key: 'inclusionListId', value: await listId(salesReady), version: 0 });
    expect(answer.status).toBe(200);
    expect(answer.body.segment).toMatchObject({ name: salesReady, state: 'ready' });
    expect(answer.body.segment.size).toBeGreaterThan(400);
    expect(answer.body).toMatchObject({ version: 1, contactCount: 2500, changedBy: workspace.actor.name });
  });

  it('starts no sync', async () => {
    await patch({ key: 'inclusionListId', value: await listId(salesReady), version: 0 });
    const [jobs] = await db().$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM graphile_worker.jobs`;
    expect(jobs?.n).toBe(0);
    const { writes } = await simulators.current.hubspot.requests();
    expect(writes).toEqual({ created: 0, changed: 0, deleted: 0 });
  });

  it('refuses a static, an unknown and a deleted segment, and keeps the former one', async () => {
    const kept = await listId(salesReady);
    await patch({ key: 'inclusionListId', value: kept, version: 0 });
    const fixed = await anyList('MANUAL');
    const refusals = [await patch({ key: 'inclusionListId', value: fixed.listId, version: 1 })];
    refusals.push(await patch({ key: 'inclusionListId', value: '987654321', version: 1 }));
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
      [422, 'static_segment'],
      [422, 'unknown_segment'],
    ]);
    expect(refusals[0]?.body.detail).toContain(fixed.name);
    expect((await get()).body).toMatchObject({ version: 1, values: { inclusionListId: kept } });
  });

  it('refuses a version that is out of date and tells the newer settings', async () => {
    const colleague = await addUser(workspace.workspaceId, 'admin');
    const theirs = await listId(salesReady);
    await patch({ key: 'inclusionListId', value: theirs, version: 0 }, colleague);
    const answer = await patch({ key: 'inclusionListId', value: null, version: 0 });
    expect([answer.status, answer.body.code]).toEqual([409, 'version_conflict']);
    expect(answer.body.current).toMatchObject({ version: 1, values: { inclusionListId: theirs } });
    expect((await get()).body.values.inclusionListId).toBe(theirs);
  });

  it('makes one version of two changes that arrive together', async () => {
    const value = await listId(salesReady);
    const answers = await Promise.all([
      patch({ key: 'inclusionListId', value, version: 0 }),
      patch({ key: 'hubspotCreates', value: 'contact', version: 0 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await get()).body.version).toBe(1);
  });

  it('keeps who changed what in the audit log', async () => {
    const value = await listId(salesReady);
    await patch({ key: 'inclusionListId', value, version: 0 });
    const entries = await db().auditEntry.findMany({
      where: { workspaceId: workspace.workspaceId, app: 'salesforce' },
    });
    expect(entries).toMatchObject([
      {
        action: 'settings.inclusionListId',
        actorId: workspace.userId,
        oldValue: { value: null },
        newValue: { value },
      },
    ]);
  });
});

describe('when HubSpot fails', () => {
  it.each([
    ['answers 500', { status: 500, body: { message: 'boom' } }, 503, 'hubspot_unavailable'],
    [
      'answers 429',
      { status: 429, body: { message: 'You have reached your daily limit.', policyName: 'DAILY' } },
      503,
      'hubspot_rate_limited',
    ],
    ['cuts the line', { dropBeforeCommit: true }, 503, 'hubspot_unavailable'],
  ])('says so when it %s, and keeps the former setting', async (_name, fault, status, code) => {
    const value = await listId(salesReady);
    await simulators.current.hubspot.faults([
      { path: '/crm/*/lists/*', ...fault },
      { path: '/crm/lists/*', ...fault },
    ]);
    const answer = await patch({ key: 'inclusionListId', value, version: 0 });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await get()).body).toMatchObject({ version: 0, values: { inclusionListId: null } });
  });

  it('asks for a new log-in when the connection no longer holds', async () => {
    const value = await listId(salesReady);
    await simulators.current.hubspot.faults([
      {
        path: '/oauth/*',
        status: 400,
        body: {
          status: 'BAD_REFRESH_TOKEN',
          message: 'refresh token is invalid, expired or revoked',
          error: 'invalid_grant',
        },
      },
      {
        path: '/crm/*',
        status: 401,
        body: {
          category: 'EXPIRED_AUTHENTICATION',
          message: 'The OAuth token used to make this call expired.',
        },
      },
    ]);
    const answer = await patch({ key: 'inclusionListId', value, version: 0 });
    expect([answer.status, answer.body.code]).toEqual([409, 'hubspot_auth_lost']);
  });

  it('still shows the settings, and says that sizes are as last seen', async () => {
    await patch({ key: 'inclusionListId', value: await listId(salesReady), version: 0 });
    await simulators.current.hubspot.faults([{ path: '/crm/*', status: 500, body: {} }]);
    const { status, body } = await get();
    expect([status, body.stale, body.segment.name]).toEqual([200, true, salesReady]);
  });
});

describe('sync rules, section 7: a switch waits for 60 seconds', () => {
  const gate = async () => currentGate(db(), workspace.workspaceId, await now());

  it('lets only those pass who pass both gates, until the time is over', async () => {
    const value = await listId(salesReady);
    await patch({ key: 'inclusionListId', value, version: 0 });
    expect(await gate()).toMatchObject({ listId: value, alsoListId: null });
    await moveClock(60_001);
    expect(await gate()).toEqual({ listId: value, alsoListId: undefined, waitsUntil: null });
  });

  it('can be undone until then, by a version of its own', async () => {
    const value = await listId(salesReady);
    const chosen = await patch({ key: 'inclusionListId', value, version: 0 });
    expect(chosen.body.undo.secondsLeft).toBe(60);
    const undone = await undoIt(chosen.body.undo.changeId);
    expect(undone.body).toMatchObject({ version: 2, values: { inclusionListId: null }, undo: null });
    expect(await gate()).toEqual({ listId: null, alsoListId: undefined, waitsUntil: null });
    expect((await undoIt(chosen.body.undo.changeId)).body.code).toBe('nothing_to_undo');
  });

  it('cannot be undone afterwards', async () => {
    const chosen = await patch({ key: 'inclusionListId', value: await listId(salesReady), version: 0 });
    await moveClock(60_001);
    expect((await undoIt(chosen.body.undo.changeId)).body.code).toBe('undo_too_late');
  });

  it('starts anew against the same gate in force when it is changed again', async () => {
    const first = await listId(salesReady);
    const { listId: second } = await anyList('DYNAMIC');
    await patch({ key: 'inclusionListId', value: first, version: 0 });
    await moveClock(40_000);
    await patch({ key: 'inclusionListId', value: second === first ? null : second, version: 1 });
    await moveClock(40_000);
    expect((await gate()).waitsUntil === null).toBe(second === first);
    if (second !== first) expect(await gate()).toMatchObject({ listId: second, alsoListId: null });
  });
});
