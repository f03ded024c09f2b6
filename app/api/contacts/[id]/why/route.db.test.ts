import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { hubspotFor, salesforceFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { type Why, whySchema } from '#lib/insight/schemas.ts';
import { runInbox, syncContact } from '#lib/sync/server/index.ts';
import { chooseSegment, connectedWorkspace, listIdOf, salesReady } from '#lib/sync/testing.ts';
import { ask } from '#lib/testing/asking.ts';
import { createWorkspace, moveClock, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { GET } from './route.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
let orgId: string;
let members: string[];
let strangers: string[];

const complete = ['email', 'lastname', 'company', 'jobtitle'];

beforeAll(async () => {
  workspace = await connectedWorkspace(simulators.current);
  const listId = await listIdOf(workspace.workspaceId, salesReady);
  await chooseSegment(workspace, listId);
  await moveClock(120_000, simulators.current);
  orgId = (await db().connection.findFirstOrThrow({ where: { crm: 'SALESFORCE' } })).accountId;
  const hubspot = await port();
  const page = await hubspot.members(listId, null);
  if (!page.ok) throw new Error(page.failure.kind);
  const read = await hubspot.readContacts(page.value.ids, complete);
  if (!read.ok) throw new Error(read.failure.kind);
  const whole = read.value.filter((each) => each && complete.every((name) => each.values[name]));
  members = whole.flatMap((each) => each?.id ?? []);
  const found = await hubspot.searchContacts({
    filterGroups: [{ filters: [{ propertyName: 'lifecyclestage', operator: 'EQ', value: 'subscriber' }] }],
    properties: ['email'],
    limit: 50,
  });
  if (!found.ok) throw new Error(found.failure.kind);
  strangers = found.value.contacts.map(({ id }) => id);
});

async function port() {
  const hubspot = await hubspotFor(workspace.workspaceId);
  if (!hubspot.ok) throw new Error(hubspot.failure.kind);
  return hubspot.value;
}

const look = (id: string, query = '', who: TestWorkspace | null = workspace) =>
  ask(GET, who, { query, params: { id } });

async function why(id: string, query = ''): Promise<Why> {
  const { status, body } = await look(id, query);
  expect(status, JSON.stringify(body)).toBe(200);
  return whySchema.parse(body);
}

async function syncNow(id: string): Promise<void> {
  await syncContact(workspace.actor, id);
  await runInbox(
    { workspaceId: workspace.workspaceId, orgId, troubles: 0 },
    { workerId: randomUUID(), signal: new AbortController().signal, isLastAttempt: false },
  );
}

function take(from: string[]): string {
  const id = from.shift();
  if (!id) throw new Error('The demo data has nobody left for this.');
  return id;
}

describe('who may', () => {
  it('refuses without a session', async () => {
    expect(await look('1', '', null)).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
  });

  it('tells another workspace nothing', async () => {
    await syncNow(members[0] ?? '');
    const other = await createWorkspace();
    expect(await look(members[0] ?? '', '?read=stored', other)).toMatchObject({
      body: { code: 'not_found' },
    });
  });

  it('refuses ids that are none and unknown keys', async () => {
    expect(await look('x')).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    expect(await look('1', '?more=1')).toMatchObject({ status: 400, body: { code: 'bad_request' } });
  });

  it('knows no contact that HubSpot does not know', async () => {
    expect(await look('99999999999')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});

describe('why a contact', () => {
  it('1: syncs: all steps passed, every field in agreement, through which group', async () => {
    const told = await why(members[0] ?? '');
    expect(told.verdict).toMatchObject({ kind: 'syncing' });
    expect(told.verdict.at).not.toBeNull();
    expect(told.steps.map(({ state }) => state)).not.toContain('failed');
    expect(told.criteria?.some(({ verdict }) => verdict === 'yes')).toBe(true);
    expect(told.link).toMatchObject({ endedAt: null });
    expect(told.fields?.filter(({ next }) => next === 'hubspot' || next === 'salesforce')).toEqual([]);
    expect(told.history.map(({ tag }) => tag)).toContain('LINKED');
  });

  it('1: who wins next, as the sync itself would decide it', async () => {
    const id = members[0] ?? '';
    const before = await why(id);
    const hubspot = await port();
    const salesforce = await salesforceFor(workspace.workspaceId);
    if (!salesforce.ok) throw new Error(salesforce.failure.kind);
    await moveClock(60_000, simulators.current);
    await hubspot.updateContacts([{ id, values: { jobtitle: 'Head of Fleet' } }]);
    await db().mapping.updateMany({ where: { hubspotProperty: 'jobtitle' }, data: { rule: 'TWO_WAY' } });
    const told = await why(id);
    expect(before.fields?.find(({ property }) => property === 'jobtitle')?.next).toBe('agreed');
    const [first] = told.fields ?? [];
    expect(first).toMatchObject({
      property: 'jobtitle',
      next: 'hubspot',
      hubspot: { value: 'Head of Fleet' },
    });
    expect(first?.hubspot?.changedAt).not.toBeNull();
    expect(told.verdict).toMatchObject({ kind: 'never_triggered', changes: 1 });
  });

  it('2: was never triggered', async () => {
    const told = await why(members[1] ?? '');
    expect(told.verdict.kind).toBe('never_triggered');
    expect(told.steps[1]).toMatchObject({ state: 'waiting', fact: 'nothing' });
  });

  it('3: has no e-mail', async () => {
    const id = members.pop() ?? '';
    await (await port()).updateContacts([{ id, values: { email: '' } }]);
    await moveClock(120_000, simulators.current);
    expect((await why(id)).verdict.kind).toBe('no_email');
  });

  it('4: is outside, with the criterion, its value and since when', async () => {
    const told = await why(take(strangers));
    expect(told.verdict.kind).toBe('outside');
    expect(told.verdict.criterion).toMatchObject({ label: expect.any(String), since: expect.any(String) });
    expect(told.steps.map(({ state }) => state).slice(2)).toEqual(['failed', 'open', 'open', 'open']);
    expect(told.list).toMatchObject({ name: salesReady, isMember: false });
    expect(told.disagrees).toBe(false);
  });

  it('5: left, with the criterion that let it go and what it was before', async () => {
    const id = members.pop() ?? '';
    await syncNow(id);
    const listId = (await why(id)).list?.listId ?? '';
    const at = new Date();
    await db().membership.deleteMany({ where: { contactId: id } });
    await db().membership.create({
      data: {
        ...{ workspaceId: workspace.workspaceId, listId, contactId: id, reading: 1, isBaseline: true },
        ...{ addedAt: at, since: at, until: at },
      },
    });
    await (await port()).updateContacts([{ id, values: { lifecyclestage: '' } }]);
    await (await port()).updateContacts([{ id, values: { lifecyclestage: 'subscriber' } }]);
    await moveClock(120_000, simulators.current);
    const told = await why(id);
    expect(told.verdict).toMatchObject({ kind: 'left', since: at.toISOString() });
    expect(told.link).not.toBeNull();
    expect(told.history.map(({ tag }) => tag)).toContain('LEFT');
  });

  it('6 and 7: came once from Salesforce; came by import with its address alone', async () => {
    const [first, second] = [take(strangers), take(strangers)];
    const link = {
      workspaceId: workspace.workspaceId,
      orgId,
      object: 'LEAD' as const,
      createdAt: new Date(),
    };
    await db().link.createMany({
      data: [
        { ...link, contactId: first, recordId: '00Q000000000001AAA', origin: 'CREATION_EXCEPTION' },
        { ...link, contactId: second, recordId: '00Q000000000002AAA', origin: 'IMPORT', importOnly: true },
      ],
    });
    expect((await why(first)).verdict).toMatchObject({ kind: 'exception', object: 'lead' });
    expect((await why(second)).verdict).toMatchObject({ kind: 'email_only' });
  });

  it('11 and 12: the link is lost; the contact is deleted', async () => {
    const [lost, gone] = [members.pop() ?? '', members.pop() ?? ''];
    for (const id of [lost, gone]) await syncNow(id);
    const endedAt = new Date();
    await db().link.updateMany({
      where: { contactId: lost },
      data: { endedAt, endCause: 'deleted_in_salesforce' },
    });
    const { name } = await why(gone);
    expect(name).not.toBeNull();
    await (await port()).archiveContacts([gone]);
    expect((await why(lost)).verdict).toMatchObject({ kind: 'link_lost', since: endedAt.toISOString() });
    expect((await why(gone)).verdict).toMatchObject({ kind: 'deleted', at: null });
    await syncNow(gone);
    const told = await why(gone);
    expect(told).toMatchObject({ name, verdict: { kind: 'deleted' } });
    expect(told.verdict.at).not.toBeNull();
  });

  it('9 and 10: what holds up everybody is the verdict only where nothing personal is', async () => {
    const connection = { where: { crm: 'SALESFORCE' as const } };
    const before = await db().connection.findFirstOrThrow(connection);
    await db().connection.updateMany({ ...connection, data: { apiLimit: 5 } });
    expect((await why(members[1] ?? '')).verdict.kind).toBe('budget');
    const stranger = await why(take(strangers));
    expect(stranger.verdict.kind).toBe('outside');
    expect(stranger.obstacles).toMatchObject([{ kind: 'budget' }]);
    await db().connection.updateMany({ ...connection, data: { apiLimit: before.apiLimit } });
  });

  it('tells what was stored when a side does not answer', async () => {
    const id = members[0] ?? '';
    const told = await why(id, '?read=stored');
    expect(told).toMatchObject({
      isFresh: false,
      criteria: null,
      fields: null,
      sides: { hubspot: 'silent' },
    });
    await simulators.current.salesforce.faults([{ path: '*', status: 503, body: [], times: 20 }]);
    const silent = await why(id);
    expect(silent.sides).toEqual({ hubspot: 'read', salesforce: 'silent' });
    expect(silent.verdict.kind).not.toBe('failed');
  });
});
