import { beforeAll, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import type { SwitchEffect } from '#lib/insight/schemas.ts';
import { chooseInForce, connectedWorkspace, listIdOf, salesReady } from '#lib/sync/testing.ts';
import { send } from '#lib/testing/asking.ts';
import {
  addUser,
  createWorkspace,
  moveClock,
  type TestWorkspace,
  testDatabase,
} from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { GET as effects } from '../route.ts';
import { GET as count } from './route.ts';

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
  await chooseInForce(workspace, sales, simulators.current);
});

const ask = (list: string, who: TestWorkspace | null = workspace, more = '') =>
  send(count, who, { query: `?list=${list}${more}` });

/** The numbers, without when they were counted. */
const numbers = ({ countedAt, ...rest }: SwitchEffect) => rest;

it('is for the admins of the workspace, who can choose', async () => {
  expect((await ask(partners, null)).status).toBe(401);
  // It has no HubSpot that could be asked.
  expect((await ask(partners, await createWorkspace())).status).toBe(409);
  expect((await ask(partners, await addUser(workspace.workspaceId, 'viewer'))).status).toBe(403);
  expect((await ask(partners, workspace, '&more=1')).status).toBe(400);
  expect((await ask('all')).status).toBe(400);
});

it('knows nothing of the segment in use, of one that is not there, and of a static one', async () => {
  for (const list of [sales, '99999999', await listIdOf(workspace.workspaceId, 'Webinar March')])
    expect((await ask(list)).status).toBe(404);
});

it('tells what choosing a segment then changes, and keeps nothing of it', async () => {
  const stored = () =>
    Promise.all([
      db().membership.findMany({ orderBy: { id: 'asc' } }),
      db().segmentWatch.findMany({ orderBy: { listId: 'asc' } }),
      db().settingsChange.count(),
      db().switchPerson.count(),
    ]);
  const before = await stored();
  const { writes } = await simulators.current.hubspot.requests();
  const answer = await ask(partners);
  expect(answer.status).toBe(200);
  const foretold = (await answer.json()) as SwitchEffect;
  expect(foretold.start + foretold.stop).toBeGreaterThan(0);
  expect(await stored()).toEqual(before);
  expect((await simulators.current.hubspot.requests()).writes).toEqual(writes);

  // Once it was chosen, and the other again, its members are stored: the numbers are the same.
  await chooseInForce(workspace, partners, simulators.current);
  await chooseInForce(workspace, sales, simulators.current);
  const known = (await (await send(effects, workspace, {})).json()) as { effects: SwitchEffect[] };
  const later = known.effects.find(({ listId }) => listId === partners);
  expect(later && numbers(later)).toEqual(numbers(foretold));
});

it('tells that HubSpot did not answer', async () => {
  const other = await listIdOf(workspace.workspaceId, 'Customers and open opportunities');
  await simulators.current.hubspot.faults([{ path: '/crm/v3/lists/*', status: 503, body: {}, times: 20 }]);
  expect((await ask(other)).status).toBeGreaterThanOrEqual(500);
});
