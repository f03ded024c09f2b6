import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import type { SwitchEffect, SwitchGroup, SwitchPeople } from '#lib/insight/schemas.ts';
import { depsOf, link } from '#lib/sync/collect/testing.ts';
import { chooseInForce, connectedWorkspace, listIdOf, salesReady } from '#lib/sync/testing.ts';
import { type Handler, send } from '#lib/testing/asking.ts';
import {
  addUser,
  createWorkspace,
  moveClock,
  type TestWorkspace,
  testDatabase,
} from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { GET as exportPeople } from './people/export/route.ts';
import { GET as people } from './people/route.ts';
import { GET as effects } from './route.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
let sales: string;
let partners: string;

beforeAll(async () => {
  workspace = await connectedWorkspace(simulators.current);
  await moveClock(60_000, simulators.current);
  sales = await listIdOf(workspace.workspaceId, salesReady);
  partners = await listIdOf(workspace.workspaceId, 'Partner referrals 2026');
  await chooseInForce(workspace, partners, simulators.current);
  await chooseInForce(workspace, sales, simulators.current);
});

const look = (handler: Handler, query = '', who: TestWorkspace | null = workspace) =>
  send(handler, who, { query });
async function read<T>(handler: Handler, query = ''): Promise<T> {
  const answer = await look(handler, query);
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}
const peopleOf = (list: string, group: SwitchGroup, more = '') =>
  read<SwitchPeople>(people, `?list=${list}&group=${group}${more}`);
const effectOf = async (listId: string | null) => {
  const { effects: known } = await read<{ effects: SwitchEffect[] }>(effects);
  return known.find((each) => each.listId === listId);
};
async function idsOf(list: string, group: SwitchGroup): Promise<string[]> {
  const csv = await (await look(exportPeople, `?list=${list}&group=${group}`)).text();
  const [, ...rows] = csv.trim().split('\r\n');
  return rows.flatMap((row) => row.match(/,(\d+),/)?.[1] ?? []).toSorted();
}

describe('who may look at a switch that nobody has made', () => {
  it('is everybody of the workspace, and nobody else', async () => {
    const other = await createWorkspace();
    const viewer = await addUser(workspace.workspaceId, 'viewer');
    const query = `?list=${partners}&group=start`;
    for (const handler of [people, exportPeople]) {
      expect((await look(handler, query, null)).status).toBe(401);
      expect((await look(handler, query, other)).status).toBe(404);
      expect((await look(handler, `${query}&more=1`)).status).toBe(400);
      expect((await look(handler, '?group=start')).status).toBe(400);
      expect((await look(handler, `?list=none&group=start`)).status).toBe(400);
      expect((await look(handler, query, viewer)).status).toBe(200);
    }
  });
});

describe('the people of a switch that nobody has made', () => {
  it('are as many as its numbers say, by name, with their reason, and can be searched for', async () => {
    const effect = await effectOf(partners);
    const stop = await peopleOf(partners, 'stop');
    expect(stop).toMatchObject({ total: effect?.stop, isIncomplete: false });
    expect((await peopleOf(partners, 'start')).total).toBe(effect?.start);
    expect((await peopleOf(partners, 'unchanged')).total).toBe(effect?.unchanged);
    expect(stop.total).toBeGreaterThan(0);
    const [someone] = stop.people;
    expect(someone).toMatchObject({ email: expect.stringContaining('@'), tag: 'not_linked' });
    expect(someone?.reason?.kind).toMatch(/^(is|blank)$/);
    const found = await peopleOf(partners, 'stop', `&q=${encodeURIComponent(someone?.email ?? '')}`);
    expect(found.people.map(({ id }) => id)).toContain(someone?.id);
  });

  it('without a limit are all who were outside', async () => {
    const effect = await effectOf(null);
    const starting = await peopleOf('all', 'start');
    expect(starting.total).toBe(effect?.start);
    expect(starting.people[0]).toMatchObject({ reason: { kind: 'everybody' } });
    expect((await peopleOf('all', 'stop')).total).toBe(0);
  });

  it('are not known for a segment whose members are not stored', async () => {
    expect((await look(people, '?list=99999999&group=start')).status).toBe(404);
    expect((await look(people, `?list=${sales}&group=start`)).status).toBe(404);
  });

  it('are named without anything being stored or written, and are those whom the switch then names', async () => {
    const [someone] = (await peopleOf(partners, 'stop')).people;
    const { scope } = await depsOf(workspace);
    await link(scope, someone?.id ?? '', '00Q000000000001AAA');
    const kept = () =>
      Promise.all([db().switchPerson.count(), db().settingsChange.count(), db().settingsVersion.count()]);
    const before = await kept();
    const writes = async () => (await simulators.current.hubspot.requests()).writes;
    const written = await writes();
    const groups = ['start', 'stop'] as const;
    const foretold = await Promise.all(groups.map((group) => idsOf(partners, group)));
    expect(await kept()).toEqual(before);
    expect(await writes()).toEqual(written);
    const linked = (await peopleOf(partners, 'stop')).people.find(({ id }) => id === someone?.id);
    expect(linked?.tag).toBe('linked');

    const changeId = await chooseInForce(workspace, partners, simulators.current);
    for (const [at, group] of groups.entries()) {
      const stored = await db().switchPerson.findMany({ where: { changeId, group } });
      expect(foretold[at]).toEqual(stored.map(({ contactId }) => contactId).toSorted());
    }
  });
});
