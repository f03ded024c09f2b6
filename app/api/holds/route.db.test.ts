import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import { currentGate, undoChange } from '#lib/settings/server/index.ts';
import { checkBreaker } from '#lib/sync/collect/breaker.ts';
import { depsOf, hubspotOf, link } from '#lib/sync/collect/testing.ts';
import { writingStop } from '#lib/sync/server/index.ts';
import { connectedWorkspace, countChange, listIdOf, salesReady, saveChoice } from '#lib/sync/testing.ts';
import { ask, type Handler } from '#lib/testing/asking.ts';
import {
  addUser,
  createWorkspace,
  moveClock,
  type TestWorkspace,
  testDatabase,
} from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { POST as confirmChange } from '../settings/changes/[id]/confirm/route.ts';
import { POST as goOn } from '../settings/changes/[id]/go-on/route.ts';
import { POST as confirmHold } from './[id]/confirm/route.ts';
import { POST as endLinks } from './[id]/end-links/route.ts';
import { GET as listHolds } from './route.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
let sales: string;
let members: string[];

beforeAll(async () => {
  workspace = await connectedWorkspace(simulators.current);
  await moveClock(60_000, simulators.current);
  sales = await listIdOf(workspace.workspaceId, salesReady);
  members = await readMembers(sales);
});

beforeEach(async () => {
  await db().settingsChange.deleteMany();
  await db().settingsVersion.deleteMany();
  await db().hold.deleteMany();
  await db().notice.deleteMany();
  await db().alarm.deleteMany();
  await db().link.deleteMany();
  await db().auditEntry.deleteMany();
});

async function readMembers(listId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = await (await hubspotOf(workspace)).members(listId, after);
    if (!page.ok) throw new Error(page.failure.kind);
    ids.push(...page.value.ids);
    if (page.value.after === null) return ids;
    after = page.value.after;
  }
}

async function count(changeId: string) {
  await countChange(changeId);
  return db().switchCount.findUnique({ where: { changeId } });
}

/** Links made-up records to contacts, as the sync does. */
async function linkAll(contactIds: string[]): Promise<void> {
  const { scope } = await depsOf(workspace);
  for (const [at, id] of contactIds.entries()) await link(scope, id, `00Q${String(at).padStart(12, '0')}AAA`);
}

const gate = async () => currentGate(db(), workspace.workspaceId, await now());
const stop = async () => writingStop(db(), (await depsOf(workspace)).scope, await now());

async function call(handler: Handler, id: string, who: TestWorkspace | null = workspace, method = 'POST') {
  const { status, body } = await ask<{ code?: string; holds?: unknown[] } | null>(handler, who, {
    method,
    params: { id },
  });
  return { status, ...body };
}

describe('who may let writing go on', () => {
  it('is nobody without a session, from another workspace, or who only looks', async () => {
    const other = await createWorkspace();
    const viewer = await addUser(workspace.workspaceId, 'viewer');
    for (const handler of [confirmHold, endLinks, confirmChange, goOn]) {
      expect(await call(handler, randomUUID(), null)).toMatchObject({ status: 401 });
      expect(await call(handler, randomUUID(), viewer)).toMatchObject({ status: 403 });
      expect(await call(handler, 'x')).toMatchObject({ status: 400 });
      expect(await call(handler, randomUUID(), other)).toMatchObject({ status: 404 });
    }
    expect(await call(listHolds, '', null, 'GET')).toMatchObject({ status: 401 });
  });
});

describe('7: a switch', () => {
  it('7: counts who starts, stops and stays, by contact', async () => {
    await linkAll(members.slice(0, 3));
    const counted = await count(await saveChoice(workspace, sales));
    const contacts = await db().workspace.findFirstOrThrow({ where: { id: workspace.workspaceId } });
    expect(counted).toMatchObject({
      state: 'COUNTED',
      counts: {
        both: members.length,
        start: 0,
        stop: (contacts.contactCount ?? 0) - members.length,
        linked: 3,
      },
    });
    expect(await db().switchPerson.count({ where: { group: 'both' } })).toBe(members.length);
    expect(await stop()).toBeNull();
    await moveClock(61_000, simulators.current);
    expect((await gate()).alsoListId).toBeUndefined();
  });

  it('7: names those who are linked and stay outside', async () => {
    await linkAll([members[0] ?? '', '999999999']);
    const changeId = await saveChoice(workspace, sales);
    await count(changeId);
    const frozen = await db().switchPerson.findMany({ where: { changeId, group: 'frozen' } });
    expect(frozen.map(({ contactId }) => contactId)).toEqual(['999999999']);
  });

  it('7: that cannot be counted goes on waiting for both gates, until it can be', async () => {
    const changeId = await saveChoice(workspace, sales);
    const { hubspot } = simulators.current;
    await db().segmentWatch.deleteMany();
    await hubspot.faults([
      { path: '/crm/v3/lists/*', status: 400, body: { status: 'error', message: 'no' } },
    ]);
    expect(await count(changeId)).toMatchObject({ state: 'FAILED' });
    await moveClock(10 * 60_000, simulators.current);
    expect(await gate()).toMatchObject({ listId: sales, alsoListId: null });
    await hubspot.faults([]);
    expect(await count(changeId)).toMatchObject({ state: 'COUNTED' });
    expect((await gate()).alsoListId).toBeUndefined();
  });

  it('7: goes on uncounted when a person says so, once', async () => {
    const changeId = await saveChoice(workspace, sales);
    await moveClock(10 * 60_000, simulators.current);
    expect(await call(goOn, changeId)).toMatchObject({ status: 200 });
    expect((await gate()).alsoListId).toBeUndefined();
    expect(await call(goOn, changeId)).toMatchObject({ status: 409, code: 'nothing_to_go_on' });
    expect(await db().auditEntry.count({ where: { action: 'writing.wentOn' } })).toBe(1);
  });

  it('8: that moves too many linked people stops the writing until a person confirms it', async () => {
    await linkAll(Array.from({ length: 101 }, (_, at) => String(900_000_000 + at)));
    const changeId = await saveChoice(workspace, sales);
    await count(changeId);
    expect(await stop()).toMatchObject({ kind: 'hold', cause: 'switch' });
    expect(await db().notice.findMany({ where: { kind: 'writing_stopped' } })).toMatchObject([
      { data: { cause: 'switch', people: 101 } },
    ]);
    await moveClock(10 * 60_000, simulators.current);
    expect((await gate()).alsoListId).toBeNull();
    expect((await call(listHolds, '', workspace, 'GET')).holds).toMatchObject([
      { cause: 'switch', changeId },
    ]);
    expect(await call(confirmChange, changeId)).toMatchObject({ status: 200 });
    expect(await call(confirmChange, changeId)).toMatchObject({ status: 409, code: 'already_confirmed' });
    expect(await stop()).toBeNull();
    expect((await gate()).alsoListId).toBeUndefined();
    expect(await db().auditEntry.count({ where: { action: 'writing.confirmed' } })).toBe(1);
  });

  it('8: can be undone for as long as it waits for a person, which ends the stop', async () => {
    await linkAll(Array.from({ length: 101 }, (_, at) => String(900_000_000 + at)));
    const changeId = await saveChoice(workspace, sales);
    await count(changeId);
    await moveClock(60 * 60_000, simulators.current);
    expect(await undoChange(workspace.actor, changeId)).toMatchObject({ ok: true });
    expect(await stop()).toBeNull();
    expect(await call(confirmChange, changeId)).toMatchObject({ status: 409, code: 'nothing_to_go_on' });
    expect(await gate()).toEqual({ listId: null, alsoListId: undefined, waitsUntil: null });
  });

  it('8: that is undone while it is counted stops no writing', async () => {
    await linkAll(Array.from({ length: 101 }, (_, at) => String(900_000_000 + at)));
    const changeId = await saveChoice(workspace, sales);
    const { counting } = await inTransaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Workspace" WHERE id = ${workspace.workspaceId}::uuid FOR UPDATE`;
      const begun = count(changeId);
      await vi.waitFor(async () => expect(await blocked()).toBe(1), { timeout: 15_000, interval: 50 });
      await tx.settingsChange.update({ where: { id: changeId }, data: { endedAt: await now(tx) } });
      return { counting: begun };
    });
    await counting;
    expect(await stop()).toBeNull();
    expect(await db().notice.count()).toBe(0);
  });
});

/** How many statements wait for another transaction. */
async function blocked(): Promise<number> {
  const rows = await db().$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return rows[0]?.n ?? 0;
}

describe('8: a poll that finds too much', () => {
  async function archive(people: number, since = 'a'): Promise<void> {
    const { scope } = await depsOf(workspace);
    const at = await now();
    const data = Array.from({ length: people }, (_, n) => ({
      ...scope,
      kind: 'archived',
      key: '',
      person: `${since}${n}`,
      at,
    }));
    await db().alarm.createMany({ data });
  }
  const check = async () => (await checkBreaker(await depsOf(workspace)))?.cause ?? null;

  it('8: stops the writing; counting begins anew once a person has confirmed', async () => {
    await archive(10);
    expect(await check()).toBeNull();
    await archive(1, 'b');
    expect(await check()).toBe('deletions');
    const hold = await db().hold.findFirstOrThrow({ where: { endedAt: null } });
    expect(hold.counts).toEqual([{ kind: 'archived', key: '', people: 11 }]);
    expect(await db().notice.findMany({ where: { kind: 'writing_stopped' } })).toMatchObject([
      { data: { cause: 'deletions', people: 11 } },
    ]);
    expect(await call(confirmHold, hold.id)).toMatchObject({ status: 200 });
    await moveClock(1_000, simulators.current);
    expect(await check()).toBeNull();
    await archive(11, 'c');
    expect(await check()).toBe('deletions');
  });

  it('8: waits for a person, however old what it has found grows, unless the settings allow it by then', async () => {
    await archive(11);
    expect(await check()).toBe('deletions');
    await moveClock(25 * 60 * 60_000, simulators.current);
    expect(await check()).toBe('deletions');
    expect(await stop()).toMatchObject({ kind: 'hold', cause: 'deletions' });
  });

  it('8: goes on by itself once its cause is gone, and tells everybody, once', async () => {
    const told = () => db().notice.findMany({ where: { kind: 'writing_went_on' } });
    await archive(11);
    expect(await check()).toBe('deletions');
    expect(await told()).toEqual([]);
    await db().alarm.deleteMany();
    await Promise.all([check(), check()]);
    expect(await stop()).toBeNull();
    expect(await told()).toMatchObject([{ data: {}, readBy: [] }]);
  });

  it('8: can let go on with only the links ending: no contact goes to the bin', async () => {
    await archive(11);
    expect(await check()).toBe('deletions');
    const hold = await db().hold.findFirstOrThrow({ where: { endedAt: null } });
    const { scope } = await depsOf(workspace);
    const at = (await now()).toISOString();
    const causes = [
      { kind: 'changed', side: 'hubspot', source: 'poll', at },
      { kind: 'deleted', side: 'salesforce', source: 'poll', at },
    ];
    const [mine, elsewhere] = [scope, { ...scope, orgId: '00D000000000009AAA' }].map((own) => ({
      data: { ...own, contactId: '1', causes, firstAt: at, lastAt: at, dueAt: at },
    }));
    if (!mine || !elsewhere) throw new Error('There are no rows.');
    const rows = [await db().trigger.create(mine), await db().trigger.create(elsewhere)];
    expect(await call(endLinks, hold.id)).toMatchObject({ status: 200 });
    expect(await call(endLinks, hold.id)).toMatchObject({ status: 409, code: 'already_confirmed' });
    const [marked, untouched] = await Promise.all(
      rows.map(({ id }) => db().trigger.findUniqueOrThrow({ where: { id } })),
    );
    expect(marked).toMatchObject({ version: 2, causes: [causes[0], { ...causes[1], keepsContact: true }] });
    expect(untouched).toMatchObject({ version: 1, causes });
    expect(await db().auditEntry.findFirst({ where: { action: 'writing.confirmed' } })).toMatchObject({
      newValue: { value: { cause: 'deletions', keepsContacts: true } },
    });
    await db().trigger.deleteMany();
    const other = { ...scope, cause: 'creations', counts: [], since: at };
    const another = await db().hold.create({ data: other });
    expect(await call(endLinks, another.id)).toMatchObject({ status: 404 });
  });
});
