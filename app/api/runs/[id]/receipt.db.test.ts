import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { type Receipt, receiptSchema } from '#lib/insight/schemas.ts';
import { ask, type Handler } from '#lib/testing/asking.ts';
import { addUser, createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { POST as retry } from '../../activity/retry/route.ts';
import { POST as resume } from './resume/route.ts';
import { GET } from './route.ts';

testDatabase();
let workspace: TestWorkspace;
let other: TestWorkspace;

beforeAll(async () => {
  workspace = await createWorkspace();
  other = await createWorkspace();
  await db().connection.create({
    data: {
      ...{ workspaceId: workspace.workspaceId, crm: 'SALESFORCE', status: 'CONNECTED', accountId: '00D' },
      ...{ userId: '005', username: 'a@b.example', loginUrl: 'x', apiUrl: 'x' },
    },
  });
});

beforeEach(async () => {
  await db().run.deleteMany();
  await db().trigger.deleteMany();
});

type RunData = Parameters<ReturnType<typeof db>['run']['create']>[0]['data'];
type OutcomeData = Parameters<ReturnType<typeof db>['outcome']['create']>[0]['data'];

async function addRun(data: Partial<RunData> = {}): Promise<string> {
  const at = await now();
  const minutesAgo = (n: number) => new Date(at.getTime() - n * 60_000);
  const run = await db().run.create({
    data: {
      ...{ workspaceId: workspace.workspaceId, orgId: '00D', kind: 'RESYNC', status: 'DONE' },
      ...{
        settingsVersion: 0,
        createdAt: minutesAgo(10),
        startedAt: minutesAgo(10),
        finishedAt: minutesAgo(5),
      },
      ...data,
    } as RunData,
  });
  return run.id;
}

async function addOutcome(runId: string, data: Partial<OutcomeData>): Promise<string> {
  const at = new Date((await now()).getTime() - 6 * 60_000);
  const { id } = await db().outcome.create({
    data: {
      ...{ runId, workspaceId: workspace.workspaceId, contactId: randomUUID(), direction: 'TO_SALESFORCE' },
      ...{ result: 'UNCHANGED', trigger: 'resync', at },
      ...data,
    } as OutcomeData,
  });
  return id;
}

const call = (handler: Handler, who: TestWorkspace | null, id: string, body?: unknown) =>
  ask(handler, who, { method: handler === GET ? 'GET' : 'POST', params: { id }, body });

const receipt = async (id: string): Promise<Receipt> =>
  receiptSchema.parse((await call(GET, workspace, id)).body);
const states = ({ proofs }: Receipt) => Object.fromEntries(proofs.map(({ id, state }) => [id, state]));

describe('who may', () => {
  it('refuses without a session, and shows another workspace nothing', async () => {
    const id = await addRun({ status: 'STOPPED' });
    expect((await call(GET, null, id)).status).toBe(401);
    expect((await call(resume, null, id)).status).toBe(401);
    expect((await call(retry, null, id, { outcomeIds: [id] })).status).toBe(401);
    expect((await call(GET, other, id)).body).toMatchObject({ code: 'not_found' });
    expect((await call(resume, other, id)).body).toMatchObject({ code: 'not_found' });
  });

  it('lets viewers look, and only admins resume and try again', async () => {
    const viewer = await addUser(workspace.workspaceId, 'viewer');
    const id = await addRun({ status: 'STOPPED' });
    expect((await call(GET, viewer, id)).body).toMatchObject({ id, canControl: false });
    expect((await call(resume, viewer, id)).status).toBe(403);
    expect((await call(retry, viewer, id, { outcomeIds: [id] })).status).toBe(403);
  });

  it('refuses an unknown key, no people and an id that is none', async () => {
    for (const body of [{ outcomeIds: [randomUUID()], colour: 'red' }, { outcomeIds: [] }, {}]) {
      expect((await call(retry, workspace, '', body)).status).toBe(400);
    }
    expect((await call(GET, workspace, 'x')).status).toBe(400);
  });
});

describe('a receipt', () => {
  it('counts people, those with failed fields apart, and says who was not synced, failed ones first', async () => {
    const id = await addRun({
      ...{ total: 4, processed: 4, created: 1, updated: 1, skipped: 1, failed: 1, salesforceCalls: 9 },
      forecast: { contacts: 3, newRecords: 1, updates: 1, salesforceCalls: 9, creates: 'lead' },
    });
    await addOutcome(id, { result: 'CREATED' });
    const failure = { category: 'values', code: 'STRING_TOO_LONG', message: 'too long' };
    const change = { label: 'City', property: 'city', new: 'x', to: 'salesforce', failure };
    await addOutcome(id, { result: 'UPDATED', ...failure, changes: [change] });
    await addOutcome(id, { result: 'FAILED', category: 'duplicates', code: 'address_held' });
    await addOutcome(id, { result: 'SKIPPED', reason: 'no_email' });
    const shown = await receipt(id);
    expect(shown.counts).toMatchObject({ created: 1, updated: 1, failed: 1, skipped: 1, partial: 1 });
    expect(shown.notSynced.map(({ kind, code, reason, people }) => [kind, code ?? reason, people])).toEqual([
      ['partial', 'STRING_TOO_LONG', 1],
      ['failed', 'address_held', 1],
      ['skipped', 'no_email', 1],
    ]);
    expect(shown.comparison.find((row) => row.id === 'people')).toMatchObject({
      ...{ forecast: 3, actual: 4 },
      because: [{ reason: 'joined', count: 1 }],
    });
    expect(shown).toMatchObject({ number: 1, canControl: true, isErased: false });
    expect(states(shown)).toEqual({
      ...{ accountability: 'passed', gate: 'passed', duplicates: 'passed', echo: 'open' },
    });
  });

  it('shows what was not fulfilled: missing outcomes, a doubled address, a written outsider, an echo', async () => {
    const { workspaceId } = workspace;
    const id = await addRun({ total: 3, processed: 3, updated: 1, listId: '7' });
    await addOutcome(id, { contactId: '1', result: 'UPDATED' });
    const at = await now();
    const ago = (n: number) => new Date(at.getTime() - n * 60_000);
    await db().membership.create({
      data: {
        ...{ workspaceId, listId: '7', contactId: '1', addedAt: ago(90), since: ago(90), until: ago(60) },
        ...{ reading: 1, isBaseline: true },
      },
    });
    const intent = {
      workspaceId,
      orgId: '00D',
      contactId: '1',
      address: 'a@b.example',
      object: 'LEAD' as const,
    };
    const sent = { runId: id, batchId: id, sentAt: at, state: 'DONE' as const };
    await db().intent.createMany({
      data: [
        { ...intent, ...sent, recordId: '00Q1' },
        { ...intent, ...sent, recordId: '00Q2' },
      ],
    });
    const later = await addRun({ kind: 'POLL', createdAt: ago(4), startedAt: ago(4), finishedAt: ago(3) });
    await addOutcome(later, { contactId: '1', result: 'UPDATED', at: ago(4) });
    const shown = await receipt(id);
    expect(shown.proofs.map(({ id: name, state, people }) => [name, state, people])).toEqual([
      ['accountability', 'failed', 2],
      ['gate', 'failed', 1],
      ['duplicates', 'failed', 1],
      ['echo', 'failed', 1],
    ]);
  });
});

describe('going on', () => {
  it('resumes a stopped resync once, as the same run', async () => {
    const id = await addRun({ status: 'STOPPED' });
    expect((await call(resume, workspace, id)).body).toMatchObject({
      id,
      status: 'QUEUED',
      finishedAt: null,
    });
    expect((await call(resume, workspace, id)).body).toMatchObject({ code: 'run_not_stopped' });
    const stopped = await addRun({ status: 'STOPPED' });
    expect((await call(resume, workspace, stopped)).body).toMatchObject({ code: 'run_already_active' });
  });

  it('puts people that are tried again into the inbox, each once, and nobody of another workspace or org', async () => {
    const id = await addRun();
    const first = await addOutcome(id, { contactId: '1', result: 'FAILED', code: 'address_held' });
    const again = await addOutcome(await addRun(), {
      contactId: '1',
      result: 'FAILED',
      code: 'address_held',
    });
    const elsewhere = await addOutcome(await addRun({ orgId: '00E' }), { contactId: '2', recordId: '00Q2' });
    const outcomeIds = [first, again, elsewhere];
    expect((await call(retry, workspace, '', { outcomeIds })).body).toEqual({ people: 1 });
    expect(await db().auditEntry.findMany({ where: { action: 'records.retried' } })).toMatchObject([
      { actorId: workspace.actor.userId, newValue: { value: { people: 1 } } },
    ]);
    const [trigger, none] = await db().trigger.findMany();
    expect([trigger?.contactId, none]).toEqual(['1', undefined]);
    expect(trigger?.causes).toMatchObject([{ kind: 'retry', side: 'person' }]);
    expect((await call(retry, other, '', { outcomeIds: [first] })).body).toMatchObject({
      code: 'salesforce_not_connected',
    });
  });
});
