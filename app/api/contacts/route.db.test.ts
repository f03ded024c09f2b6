import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { chooseSegment, connectedWorkspace, listIdOf, salesReady } from '#lib/sync/testing.ts';
import { ask, send } from '#lib/testing/asking.ts';
import { createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { GET as exportCsv } from './export/route.ts';
import { GET } from './route.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
let ids: string[];

type Body = {
  code?: string;
  contacts: {
    id: string;
    name: string | null;
    state: string;
    isException: boolean;
    event: { kind: string } | null;
  }[];
  total: number;
  counts: Record<string, number | null>;
};

const read = (query: string, who: TestWorkspace | null = workspace) => ask<Body>(GET, who, { query });

beforeAll(async () => {
  workspace = await connectedWorkspace(simulators.current);
  const listId = await listIdOf(workspace.workspaceId, salesReady);
  await chooseSegment(workspace, listId);
  const { accountId: orgId } = await db().connection.findFirstOrThrow({ where: { crm: 'SALESFORCE' } });
  ids = (await read('?sort=name&direction=ascending')).body.contacts.map(({ id }) => id);
  const at = new Date();
  const { workspaceId } = workspace;
  const stay = { workspaceId, listId, reading: 1, isBaseline: true, addedAt: at, since: at };
  const link = { workspaceId, orgId, object: 'LEAD' as const, origin: 'MATCHED' as const, createdAt: at };
  const [member, left, orphan, imported, once] = ids;
  await db().membership.createMany({
    data: [
      { ...stay, contactId: member ?? '' },
      { ...stay, contactId: left ?? '', until: at },
    ],
  });
  await db().link.createMany({
    data: [
      { ...link, contactId: member ?? '', recordId: '00Q1' },
      { ...link, contactId: left ?? '', recordId: '00Q2' },
      { ...link, contactId: orphan ?? '', recordId: '00Q3', endedAt: at, endCause: 'deleted_in_salesforce' },
      { ...link, contactId: imported ?? '', recordId: '00Q4', origin: 'IMPORT', importOnly: true },
      { ...link, contactId: once ?? '', recordId: '00Q5', origin: 'CREATION_EXCEPTION' },
    ],
  });
});

describe('who may', () => {
  it('refuses without a session', async () => {
    expect(await read('', null)).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
  });

  it('shows nothing of another workspace', async () => {
    const other = await createWorkspace();
    expect(await read('', other)).toMatchObject({ status: 409, body: { code: 'hubspot_not_connected' } });
  });

  it('refuses unknown keys and views', async () => {
    expect(await read('?more=1')).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    expect(await read('?view=some')).toMatchObject({ status: 400 });
  });
});

describe('the views', () => {
  it.each([
    ['syncing', 0, 'syncing'],
    ['left', 1, 'notSyncing'],
    ['orphans', 2, 'notSyncing'],
    ['email-only', 3, 'emailOnly'],
  ])('%s shows exactly its people, and counts them', async (view, index, state) => {
    const { body } = await read(`?view=${view}`);
    expect(body.contacts.map(({ id }) => id)).toEqual([ids[Number(index)]]);
    expect(body.contacts[0]).toMatchObject({ state, name: expect.any(String) });
    expect(body.total).toBe(1);
    expect(body.counts[String(view)]).toBe(1);
  });

  it('marks whom Salesforce created once', async () => {
    const { body } = await read('?view=outside');
    const marked = body.contacts.filter(({ isException }) => isException);
    expect(marked.map(({ id }) => id)).toEqual([ids[4]]);
  });

  it('all is what HubSpot finds, 25 a page', async () => {
    const first = await read('');
    const second = await read('?page=2');
    expect(first.body.contacts).toHaveLength(25);
    expect(first.body.total).toBeGreaterThan(25);
    expect(second.body.contacts[0]?.id).not.toBe(first.body.contacts[0]?.id);
  });

  it('searches by name inside a view', async () => {
    const all = await read('?view=left');
    const name = all.body.contacts[0]?.name ?? '';
    expect((await read(`?view=left&q=${encodeURIComponent(name)}`)).body.total).toBe(1);
    expect((await read('?view=left&q=zzzzzz')).body.total).toBe(0);
  });

  it('gives the whole view as CSV', async () => {
    const text = await (await send(exportCsv, workspace, { query: '?view=left' })).text();
    expect(text.trim().split('\r\n')).toHaveLength(2);
    expect(text).toContain('00Q2');
  });
});
