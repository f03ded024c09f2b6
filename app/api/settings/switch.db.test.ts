import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import type { SwitchEffect, SwitchForecast, SwitchPeople, SwitchPreview } from '#lib/insight/schemas.ts';
import { undoChange } from '#lib/settings/server/index.ts';
import { depsOf, link } from '#lib/sync/collect/testing.ts';
import { connectedWorkspace, countChange, listIdOf, salesReady, saveChoice } from '#lib/sync/testing.ts';
import { type Handler, send } from '#lib/testing/asking.ts';
import {
  addUser,
  createWorkspace,
  moveClock,
  type TestWorkspace,
  testDatabase,
} from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { GET as forecast } from './changes/[id]/forecast/route.ts';
import { GET as exportPeople } from './changes/[id]/people/export/route.ts';
import { GET as people } from './changes/[id]/people/route.ts';
import { GET as preview } from './changes/[id]/preview/route.ts';
import { GET as effects } from './effects/route.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
let sales: string;

beforeAll(async () => {
  workspace = await connectedWorkspace(simulators.current);
  await moveClock(60_000, simulators.current);
  sales = await listIdOf(workspace.workspaceId, salesReady);
});

beforeEach(async () => {
  await db().settingsChange.deleteMany();
  await db().settingsVersion.deleteMany();
  await db().hold.deleteMany();
  await db().link.deleteMany();
});

async function chooseAndCount(listId: string | null): Promise<string> {
  const changeId = await saveChoice(workspace, listId);
  await countChange(changeId);
  return changeId;
}

const look = (handler: Handler, id: string, query = '', who: TestWorkspace | null = workspace) =>
  send(handler, who, { query, params: { id } });
async function read<T>(handler: Handler, id: string, query = ''): Promise<T> {
  const answer = await look(handler, id, query);
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}
const previewOf = (id: string) => read<SwitchPreview>(preview, id);

describe('who may look', () => {
  it('is everybody of the workspace, and nobody else', async () => {
    const changeId = await chooseAndCount(sales);
    const other = await createWorkspace();
    const viewer = await addUser(workspace.workspaceId, 'viewer');
    const row = '?group=both';
    for (const [handler, query] of [
      [preview, ''],
      [forecast, ''],
      [people, '?group=start'],
      [exportPeople, '?group=start'],
    ] as const) {
      expect((await look(handler, changeId, query, null)).status).toBe(401);
      expect((await look(handler, changeId, query, other)).status).toBe(404);
      expect((await look(handler, 'x', query)).status).toBe(400);
      expect((await look(handler, changeId, query, viewer)).status).toBe(200);
    }
    for (const handler of [people, exportPeople]) {
      expect((await look(handler, changeId, row)).status).toBe(400);
      expect((await look(handler, changeId, '?group=start&more=1')).status).toBe(400);
    }
    expect((await look(effects, '', '', null)).status).toBe(401);
  });
});

describe('the preview of a switch', () => {
  it('says where it stands from the choice until it is in force', async () => {
    const changeId = await saveChoice(workspace, sales);
    expect(await previewOf(changeId)).toMatchObject({
      phase: 'waiting',
      secondsLeft: 60,
      count: { state: 'counting', counts: null },
      from: { listId: null },
      to: { listId: sales, name: salesReady },
      hold: null,
      next: null,
      canEdit: true,
      admins: ['Maya Lindqvist'],
    });
    await moveClock(61_000, simulators.current);
    expect(await previewOf(changeId)).toMatchObject({ phase: 'uncounted', secondsLeft: 0 });
    await countChange(changeId);
    const counted = await previewOf(changeId);
    expect(counted.phase).toBe('inForce');
    const counts = counted.count.counts;
    expect((counts?.start ?? 0) + (counts?.stop ?? 0) + (counts?.both ?? 0) + (counts?.neither ?? 0)).toBe(
      counted.contacts,
    );
  });

  it('names who undid it or chose anew meanwhile', async () => {
    const first = await chooseAndCount(sales);
    await undoChange(workspace.actor, first);
    expect(await previewOf(first)).toMatchObject({
      phase: 'ended',
      next: { isUndo: true, by: 'Maya Lindqvist' },
    });
    const second = await chooseAndCount(sales);
    const other = await listIdOf(workspace.workspaceId, 'Partner referrals 2026');
    const third = await saveChoice(workspace, other);
    expect(await previewOf(second)).toMatchObject({
      phase: 'ended',
      next: { isUndo: false, changeId: third, name: 'Partner referrals 2026' },
    });
  });

  it('waits for a person when it moves too many', async () => {
    const { scope } = await depsOf(workspace);
    for (let at = 0; at < 101; at++)
      await link(scope, String(900_000_000 + at), `00Q${String(at).padStart(12, '0')}AAA`);
    const changeId = await chooseAndCount(sales);
    await moveClock(600_000, simulators.current);
    expect(await previewOf(changeId)).toMatchObject({
      phase: 'held',
      hold: { isOpen: true, share: 100, limit: 20, confirmedBy: null },
    });
  });
});

describe('the people of a row', () => {
  it('have a name, a reason and what they are, and can be searched for and paged through', async () => {
    await chooseAndCount(sales);
    await moveClock(61_000, simulators.current);
    const changeId = await chooseAndCount(null);
    const { count } = await previewOf(changeId);
    const both = await read<SwitchPeople>(people, changeId, '?group=unchanged&side=both&page=1');
    expect(both.total).toBe(count.counts?.both);
    expect(both.people).toHaveLength(25);
    expect(both.people[0]).toMatchObject({ reason: { kind: 'both' }, tag: 'not_linked' });
    const [someone] = both.people;
    const found = await read<SwitchPeople>(
      people,
      changeId,
      `?group=unchanged&q=${encodeURIComponent(someone?.email ?? '')}`,
    );
    expect(found.people.map(({ id }) => id)).toContain(someone?.id);
    const next = await read<SwitchPeople>(people, changeId, '?group=unchanged&side=both&page=2');
    expect(next.people.map(({ id }) => id)).not.toContain(someone?.id);
  });

  it('are all there by name though nothing was stored of them yet', async () => {
    const changeId = await chooseAndCount(sales);
    const counts = (await previewOf(changeId)).count.counts;
    const first = await read<SwitchPeople>(people, changeId, '?group=stop');
    expect(first).toMatchObject({ total: counts?.stop, isIncomplete: false });
    expect(first.people).toHaveLength(25);
    const [someone] = first.people;
    expect(someone).toMatchObject({ tag: 'not_linked', email: expect.stringContaining('@') });
    expect(someone?.reason?.kind).toMatch(/^(is|blank)$/);
    const last = Math.ceil((counts?.stop ?? 0) / 25);
    const end = await read<SwitchPeople>(people, changeId, `?group=stop&page=${last}`);
    expect(end.people).not.toHaveLength(0);
    expect(end.people.map(({ id }) => id)).not.toContain(someone?.id);
    const q = encodeURIComponent(someone?.email ?? '');
    const found = await read<SwitchPeople>(people, changeId, `?group=stop&q=${q}`);
    expect(found.people.map(({ id }) => id)).toContain(someone?.id);
    const csv = (await (await look(exportPeople, changeId, '?group=stop')).text()).trim().split('\r\n');
    expect(new Set(csv).size).toBe((counts?.stop ?? 0) + 1);
  });

  it('say of those who start what they will be, as far as stored records tell', async () => {
    const { scope } = await depsOf(workspace);
    const { workspaceId } = workspace;
    const first = await chooseAndCount(sales);
    await db().settingsChange.updateMany({ where: { id: first }, data: { settledAt: new Date(0) } });
    await moveClock(61_000, simulators.current);
    const changeId = await chooseAndCount(null);
    const tags = async () => (await read<SwitchPeople>(people, changeId, '?group=start')).people;
    const starting = await tags();
    expect(new Set(starting.map(({ tag }) => tag))).toEqual(new Set(['decided_at_sync']));

    const [lead, both, taken, nobody] = starting.filter(({ email }) => email !== null);
    const recordId = (at: number) => `00Q${String(at).padStart(12, '0')}AAA`;
    const { id: importId } = await db().import.create({
      data: {
        ...{
          workspaceId,
          orgId: scope.orgId,
          state: 'COUNTED',
          createdAt: await now(),
          countedAt: await now(),
        },
        choice: { objects: ['lead', 'contact'], which: { kind: 'all' } },
      },
    });
    const records = [
      { person: lead, object: 'LEAD', at: 1 },
      { person: both, object: 'LEAD', at: 2 },
      { person: both, object: 'CONTACT', at: 3 },
      { person: taken, object: 'LEAD', at: 4 },
    ] as const;
    await db().importPerson.createMany({
      data: records.map(({ person, object, at }) => ({
        ...{ importId, workspaceId, object, recordId: recordId(at), modifiedAt: new Date(0) },
        address: person?.email?.toLowerCase() ?? null,
      })),
    });
    await link(scope, '900000001', recordId(4));
    const tagged = await tags();
    const tagOf = (person: (typeof starting)[number] | undefined) =>
      tagged.find(({ id }) => id === person?.id)?.tag;
    expect([lead, both, taken, nobody].map(tagOf)).toEqual([
      ...['lead_found', 'contact_found', 'decided_at_sync', 'new_lead'],
    ]);

    // A count that left records out, or is older than a day, does not tell who is not there.
    await db().import.update({
      where: { id: importId },
      data: { choice: { objects: ['lead'], which: { kind: 'all' } } },
    });
    const [, ...rest] = (await tags()).filter(({ id }) => id === lead?.id || id === nobody?.id);
    expect(rest.map(({ tag }) => tag)).toEqual(['decided_at_sync']);
    await db().import.delete({ where: { id: importId } });
  });

  it('start and stop through a criterion with its value', async () => {
    const partners = await listIdOf(workspace.workspaceId, 'Partner referrals 2026');
    const first = await chooseAndCount(sales);
    await db().settingsChange.updateMany({ where: { id: first }, data: { settledAt: new Date(0) } });
    await moveClock(61_000, simulators.current);
    const changeId = await chooseAndCount(partners);
    const { count } = await previewOf(changeId);
    const stop = await read<SwitchPeople>(people, changeId, '?group=stop');
    expect(stop.total).toBe(count.counts?.stop);
    expect(stop.people[0]?.reason?.kind).toMatch(/^(is|blank)$/);
    const csv = await (await look(exportPeople, changeId, '?group=stop')).text();
    expect(csv.trim().split('\r\n')).toHaveLength(stop.total + 1);
    expect(csv).toContain(stop.people[0]?.email ?? 'nobody');
  });
});

describe('the forecast', () => {
  it('counts calls of those who start and of all; those who stay count once', async () => {
    await chooseAndCount(sales);
    await moveClock(61_000, simulators.current);
    const changeId = await chooseAndCount(null);
    const { count } = await previewOf(changeId);
    const answer = await read<SwitchForecast>(forecast, changeId);
    expect(answer.start.people).toBe(count.counts?.start);
    expect(answer.all.people).toBe(count.counts?.now);
    expect(answer.all.salesforce).toBeGreaterThanOrEqual(answer.start.salesforce);
    expect(answer.start.minutes).toBeNull();
  });
});

describe('before choosing', () => {
  it('knows what stored members tell, and asks no CRM for it', async () => {
    await chooseAndCount(sales);
    await moveClock(61_000, simulators.current);
    const before = await simulators.current.hubspot.requests();
    const { effects: known } = await read<{ effects: SwitchEffect[] }>(effects, '');
    expect(await simulators.current.hubspot.requests()).toEqual(before);
    const all = known.find(({ listId }) => listId === null);
    const { contactCount } = await db().workspace.findUniqueOrThrow({ where: { id: workspace.workspaceId } });
    const members = await db().membership.count({ where: { listId: sales, until: null } });
    expect(all).toMatchObject({ stop: 0, start: (contactCount ?? 0) - members, unchanged: members });
  });
});
