import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hubspotFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { type Import, type ImportPeople, importPeopleSchema, importSchema } from '#lib/imports/schemas.ts';
import { runImport, runImportCount } from '#lib/imports/server/index.ts';
import { isActive } from '#lib/sync/schemas.ts';
import { chooseSegment, connectedWorkspace, listIdOf, salesReady } from '#lib/sync/testing.ts';
import {
  addUser,
  createWorkspace,
  moveClock,
  type TestWorkspace,
  testDatabase,
} from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { POST as finish } from './[id]/finish/route.ts';
import { GET as exportPeople } from './[id]/people/export/route.ts';
import { GET as listPeople } from './[id]/people/route.ts';
import { POST as resume } from './[id]/resume/route.ts';
import { GET as getOne } from './[id]/route.ts';
import { POST as start } from './[id]/start/route.ts';
import { POST as stop } from './[id]/stop/route.ts';
import { POST as count, GET as options } from './route.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
let other: TestWorkspace;
let viewer: TestWorkspace;
let admin: string;

beforeAll(async () => {
  workspace = await connectedWorkspace(simulators.current);
  await chooseSegment(workspace, await listIdOf(workspace.workspaceId, salesReady));
  await moveClock(70_000, simulators.current);
  other = await createWorkspace();
  viewer = await addUser(workspace.workspaceId, 'viewer');
  const { accessToken } = await simulators.current.salesforce.tokens();
  admin = accessToken;
});

beforeEach(async () => {
  await db().import.deleteMany();
  await db().run.deleteMany();
  await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
});

type Handler = typeof getOne;
type Call = { method?: string; body?: unknown; id?: string; query?: string };

async function send(handler: Handler, who: TestWorkspace | null, given: Call = {}): Promise<Response> {
  const { method = 'GET', body, id, query = '' } = given;
  const request = new Request(`http://localhost:3000/api/imports${query}`, {
    method,
    headers: { 'content-type': 'application/json', ...(who ? { cookie: who.cookie } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return handler(request, { params: Promise.resolve(id ? { id } : {}) });
}

async function call(handler: Handler, who: TestWorkspace | null, given: Call = {}) {
  const response = await send(handler, who, given);
  return {
    status: response.status,
    body: (await response.json()) as { code?: string; [key: string]: unknown },
  };
}

const post = (handler: Handler, id: string, who: TestWorkspace | null = workspace) =>
  call(handler, who, { method: 'POST', id });
const ask = (body: unknown, who: TestWorkspace | null = workspace) =>
  call(count, who, { method: 'POST', body });

async function viewOf(id: string): Promise<Import> {
  return importSchema.parse((await call(getOne, workspace, { id })).body);
}

async function peopleOf(id: string, group: string, more = ''): Promise<ImportPeople> {
  const answer = await call(listPeople, workspace, { id, query: `?group=${group}${more}` });
  return importPeopleSchema.parse(answer.body);
}

const context = () => ({
  workerId: randomUUID(),
  signal: new AbortController().signal,
  isLastAttempt: false,
});

/** Counts as the worker does it. */
async function counted(body: unknown): Promise<Import> {
  const { body: made } = await ask(body);
  await runImportCount({ importId: String(made.id) }, context());
  return viewOf(String(made.id));
}

async function runToEnd(runId: string): Promise<void> {
  for (let jobs = 0; jobs < 20; jobs += 1) {
    await runImport({ runId }, context());
    const run = await db().run.findUniqueOrThrow({ where: { id: runId } });
    if (!isActive(run)) return;
    await moveClock(70_000, simulators.current);
  }
  throw new Error('The run does not come to an end.');
}

async function create(object: string, values: object): Promise<string> {
  const url = `${simulators.current.salesforce.url}/services/data/v66.0/sobjects/${object}`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
    body: JSON.stringify(values),
  });
  const { id } = (await answer.json()) as { id?: string };
  if (!id) throw new Error(`${object} was not created (${answer.status}).`);
  return id;
}

async function hubspot() {
  const port = await hubspotFor(workspace.workspaceId);
  if (!port.ok) throw new Error(port.failure.kind);
  return port.value;
}

async function contactsWith(values: string[], properties: string[]) {
  const page = await (await hubspot()).searchContacts({
    filterGroups: [{ filters: [{ propertyName: 'email', operator: 'IN', values }] }],
    properties: ['email', ...properties],
    limit: 100,
  });
  if (!page.ok) throw new Error(page.failure.kind);
  return page.value.contacts;
}

async function addContact(values: Record<string, string>): Promise<string> {
  const answer = await (await hubspot()).createContacts([{ traceId: randomUUID(), values }]);
  const [made] = answer.ok ? answer.value : [];
  if (!made?.ok) throw new Error(JSON.stringify(made ?? answer));
  return made.value.id;
}

/** A campaign with leads of these addresses; null: a lead without one. */
async function campaignOf(addresses: (string | null)[]): Promise<{ id: string; leads: string[] }> {
  const id = await create('Campaign', { Name: `Fair ${randomUUID().slice(0, 8)}`, IsActive: true });
  const leads: string[] = [];
  for (const [index, Email] of addresses.entries()) {
    const values = { FirstName: 'Ada', LastName: `Berg ${index}`, Company: 'Acme', Title: 'Engineer' };
    const leadId = await create('Lead', { ...values, ...(Email === null ? {} : { Email }) });
    leads.push(leadId);
    await create('CampaignMember', { CampaignId: id, LeadId: leadId });
  }
  return { id, leads };
}

const inCampaign = (campaignId: string) => ({
  objects: ['lead', 'contact'],
  which: { kind: 'campaign', campaignId },
});
const member = { lifecyclestage: 'salesqualifiedlead', country: 'Germany' };

describe('who may', () => {
  it('refuses everything without a session', async () => {
    const id = randomUUID();
    const answers = [
      await call(options, null),
      await ask({ objects: ['lead'], which: { kind: 'all' } }, null),
      await call(getOne, null, { id }),
      await call(listPeople, null, { id, query: '?group=create' }),
      await call(exportPeople, null, { id, query: '?group=create' }),
      await post(start, id, null),
      await post(stop, id, null),
      await post(resume, id, null),
      await post(finish, id, null),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [401, 'not_signed_in']),
    );
    expect(await db().import.count()).toBe(0);
  });

  it('shows another workspace nothing, and viewers everything without letting them do it', async () => {
    const made = await ask({ objects: ['lead'], which: { kind: 'all' } });
    const id = String(made.body.id);
    const elsewhere = [
      await call(getOne, other, { id }),
      await call(listPeople, other, { id, query: '?group=create' }),
      await call(exportPeople, other, { id, query: '?group=create' }),
      await post(start, id, other),
      await post(stop, id, other),
      await post(resume, id, other),
      await post(finish, id, other),
    ];
    expect(elsewhere.map(({ status }) => status)).toEqual(elsewhere.map(() => 404));
    expect(await call(getOne, viewer, { id })).toMatchObject({ status: 200, body: { canControl: false } });
    const refused = [
      await ask({ objects: ['lead'], which: { kind: 'all' } }, viewer),
      await post(start, id, viewer),
      await post(stop, id, viewer),
      await post(resume, id, viewer),
      await post(finish, id, viewer),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      refused.map(() => [403, 'admin_only']),
    );
  });
});

describe('bad input', () => {
  it.each([
    ['an unknown key', { objects: ['lead'], which: { kind: 'all' }, colour: 'red' }],
    ['no object', { objects: [], which: { kind: 'all' } }],
    ['an object twice', { objects: ['lead', 'lead'], which: { kind: 'all' } }],
    ['a day that is none', { objects: ['lead'], which: { kind: 'createdSince', date: '2026-02-31' } }],
    ['SOQL for a campaign', { objects: ['lead'], which: { kind: 'campaign', campaignId: "x' OR '" } }],
  ])('refuses %s and counts nothing', async (_name, body) => {
    expect(await ask(body)).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    expect(await db().import.count()).toBe(0);
  });

  it('refuses an unknown campaign, an unknown group, and a count without Salesforce', async () => {
    expect(await ask(inCampaign('701000000000001AAA'))).toMatchObject({ status: 404 });
    const { body } = await ask({ objects: ['lead'], which: { kind: 'all' } });
    const id = String(body.id);
    expect(await call(listPeople, workspace, { id, query: '?group=all' })).toMatchObject({ status: 400 });
    expect(await call(listPeople, workspace, { id, query: '?group=create&x=1' })).toMatchObject({
      status: 400,
    });
    expect(await ask({ objects: ['lead'], which: { kind: 'all' } }, other)).toMatchObject({
      status: 409,
      body: { code: 'salesforce_not_connected' },
    });
    expect(await post(start, id)).toMatchObject({ status: 409, body: { code: 'import_not_counted' } });
  });
});

describe('a count', () => {
  it('says what is there to choose from', async () => {
    const { body } = await call(options, workspace);
    expect(body).toMatchObject({ segmentName: salesReady, hasLimit: true, isConnected: true, active: null });
    expect(body.campaigns).toEqual(
      expect.arrayContaining([{ id: expect.any(String), name: 'Spring trade show' }]),
    );
  });

  it('puts every record into exactly one group, and writes nothing in either system', async () => {
    const before = (await simulators.current.hubspot.requests()).writes;
    const plan = await counted({ objects: ['lead', 'contact'], which: { kind: 'all' } });
    expect((await simulators.current.hubspot.requests()).writes).toEqual(before);
    expect(plan).toMatchObject({ state: 'counted', isOld: false, listChangedAt: null });
    const { counts } = plan;
    if (!counts) throw new Error('It was not counted.');
    const { body } = await call(options, workspace);
    const { lead, contact } = body.counts as { lead: number; contact: number };
    expect(counts.records).toBe(lead + contact);
    const totals: Record<string, number> = {};
    for (const group of ['create', 'link', 'linked', 'skipped']) {
      totals[group] = (await peopleOf(plan.id, group)).total;
    }
    expect(totals).toEqual({
      create: counts.create.inList + counts.create.emailOnly,
      link: counts.link.inList + counts.link.emailOnly,
      linked: counts.linked,
      skipped: counts.skipped.reduce((sum, each) => sum + each.count, 0),
    });
    expect(Object.values(totals).reduce((sum, each) => sum + each, 0)).toBe(counts.records);
    expect(counts.link.inList).toBeGreaterThan(0);
    expect(plan.forecast).toMatchObject({ contacts: Number(totals.create) + Number(totals.link) });
  });

  it('names who is skipped and why; the list is searched and exported whole', async () => {
    const shared = `shared-${randomUUID()}@trial.example`;
    const { id, leads } = await campaignOf([shared, shared.toUpperCase(), null]);
    const plan = await counted(inCampaign(id));
    expect(plan.counts).toMatchObject({
      records: 3,
      create: { inList: 0, emailOnly: 1 },
      skipped: [
        { reason: 'no_email', count: 1 },
        { reason: 'shares_address', count: 1 },
      ],
    });
    const skipped = await peopleOf(plan.id, 'skipped');
    expect(skipped.people.map(({ reason }) => reason).sort()).toEqual(['no_email', 'shares_address']);
    expect((await peopleOf(plan.id, 'skipped', '&search=berg+2')).people).toMatchObject([
      { recordId: leads[2], reason: 'no_email' },
    ]);
    expect((await peopleOf(plan.id, 'skipped', '&search=%25')).total).toBe(0);
    const csv = await (await send(exportPeople, workspace, { id: plan.id, query: '?group=skipped' })).text();
    expect(csv.trim().split('\r\n')).toHaveLength(3);
  });

  it('takes those created since a day, in the time zone of the account', async () => {
    const plan = await counted({ objects: ['lead'], which: { kind: 'createdSince', date: '2100-01-01' } });
    expect(plan).toMatchObject({ state: 'counted', counts: { records: 0 } });
    expect(await post(start, plan.id)).toMatchObject({ status: 409, body: { code: 'import_nothing' } });
  });

  it('says why it could not be counted', async () => {
    const { body } = await ask({ objects: ['lead'], which: { kind: 'all' } });
    await simulators.current.hubspot.faults([
      {
        path: '/crm/*',
        status: 403,
        body: { status: 'error', category: 'MISSING_SCOPES', message: 'no' },
        times: 50,
      },
    ]);
    await runImportCount({ importId: String(body.id) }, context());
    await simulators.current.hubspot.faults([]);
    const view = await viewOf(String(body.id));
    expect(view).toMatchObject({ state: 'uncounted', counts: null });
    expect(view.reason).toMatch(/^hubspot_/);
  });
});

describe('an import', () => {
  it('brings members whole, of the others the e-mail alone, and nobody twice', async () => {
    const mark = randomUUID().slice(0, 8);
    const [inside, outside, fresh] = ['in', 'out', 'new'].map((name) => `${name}-${mark}@trial.example`);
    if (!inside || !outside || !fresh) throw new Error('Three addresses were made.');
    await addContact({ email: inside, ...member });
    await addContact({ email: outside, firstname: 'Kept', lifecyclestage: 'subscriber' });
    await moveClock(120_000, simulators.current);
    const { id } = await campaignOf([inside, outside, fresh]);
    const plan = await counted(inCampaign(id));
    expect(plan.counts).toMatchObject({
      create: { inList: 0, emailOnly: 1 },
      link: { inList: 1, emailOnly: 1 },
    });
    const started = importSchema.parse((await post(start, plan.id)).body);
    expect(started).toMatchObject({ state: 'running', run: { kind: 'IMPORT', total: 3 } });
    await runToEnd(started.run?.id ?? '');
    const done = await viewOf(plan.id);
    expect(done).toMatchObject({ state: 'ended', run: { status: 'DONE', processed: 3 } });
    expect(done.result).toEqual({ created: 1, linked: 2, emailOnly: 2, skipped: [], failed: [] });
    await moveClock(30_000, simulators.current);
    const found = await contactsWith([inside, outside, fresh], ['firstname', 'lastname', 'jobtitle']);
    const by = new Map(found.map(({ values }) => [values.email, values]));
    expect(found).toHaveLength(3);
    expect(by.get(inside)).toMatchObject({ firstname: 'Ada', jobtitle: 'Engineer' });
    expect(by.get(outside)).toMatchObject({ firstname: 'Kept', jobtitle: null });
    expect(by.get(fresh)).toMatchObject({ firstname: null, lastname: null, jobtitle: null });
    expect((await peopleOf(plan.id, 'emailOnly')).total).toBe(2);
    const again = await counted(inCampaign(id));
    expect(again.counts).toMatchObject({ linked: 3, create: { inList: 0, emailOnly: 0 } });
    const actions = await db().auditEntry.findMany({ where: { action: { startsWith: 'import.' } } });
    expect(actions.map(({ action }) => action)).toContain('import.started');
  });

  it('never makes a contact again that was deleted for privacy, but one that was only deleted', async () => {
    const mark = randomUUID().slice(0, 8);
    const { id, leads } = await campaignOf([`erased-${mark}@trial.example`, `gone-${mark}@trial.example`]);
    const connection = await db().connection.findFirstOrThrow({
      where: { workspaceId: workspace.workspaceId, crm: 'SALESFORCE' },
    });
    for (const [index, endCause] of ['privacy_deleted', 'deleted_in_hubspot'].entries()) {
      const at = new Date();
      await db().link.create({
        data: {
          ...{ workspaceId: workspace.workspaceId, orgId: connection.accountId, endCause, endedAt: at },
          ...{
            contactId: `99${index}`,
            recordId: leads[index] ?? '',
            object: 'LEAD',
            origin: 'MATCHED',
            createdAt: at,
          },
        },
      });
    }
    const plan = await counted(inCampaign(id));
    expect(plan.counts).toMatchObject({
      create: { inList: 0, emailOnly: 1 },
      skipped: [{ reason: 'privacy_deleted', count: 1 }],
    });
    const started = importSchema.parse((await post(start, plan.id)).body);
    await runToEnd(started.run?.id ?? '');
    expect((await viewOf(plan.id)).result).toMatchObject({ created: 1, emailOnly: 1 });
  });

  it('stops after the batch, goes on, and can be left as it is; one at a time', async () => {
    const { id } = await campaignOf([`stop-${randomUUID()}@trial.example`]);
    const plan = await counted(inCampaign(id));
    const rival = await counted(inCampaign(id));
    await post(start, plan.id);
    expect(await post(start, rival.id)).toMatchObject({ status: 409, body: { code: 'run_already_active' } });
    expect((await call(options, workspace)).body.active).toMatchObject({ id: plan.id, total: 1 });
    const runId = (await viewOf(plan.id)).run?.id ?? '';
    await post(stop, plan.id);
    await runImport({ runId }, context());
    expect(await viewOf(plan.id)).toMatchObject({ state: 'stopped', run: { processed: 0 } });
    expect(await post(finish, plan.id)).toMatchObject({ body: { state: 'ended' } });
    expect(await post(finish, plan.id)).toMatchObject({ status: 409, body: { code: 'run_not_stopped' } });
    expect(await post(resume, plan.id)).toMatchObject({ body: { state: 'running' } });
    await runToEnd(runId);
    expect(await viewOf(plan.id)).toMatchObject({ state: 'ended', result: { created: 1 } });
    expect(await post(resume, plan.id)).toMatchObject({ status: 409 });
  });

  it('asks for a new count after a day, or when the list was changed', async () => {
    const { id } = await campaignOf([`old-${randomUUID()}@trial.example`]);
    const plan = await counted(inCampaign(id));
    await chooseSegment(workspace, null);
    expect((await viewOf(plan.id)).listChangedAt).not.toBeNull();
    expect(await post(start, plan.id)).toMatchObject({ status: 409, body: { code: 'import_list_changed' } });
    const late = await counted(inCampaign(id));
    expect(late.counts).toMatchObject({ create: { inList: 1, emailOnly: 0 } });
    await moveClock(25 * 60 * 60_000, simulators.current);
    expect((await viewOf(late.id)).isOld).toBe(true);
    expect(await post(start, late.id)).toMatchObject({ status: 409, body: { code: 'import_plan_old' } });
  });
});
