import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach } from 'vitest';
import { hubspotFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { type Import, type ImportPeople, importPeopleSchema, importSchema } from '#lib/imports/schemas.ts';
import { runImport, runImportCount } from '#lib/imports/server/index.ts';
import { isActive } from '#lib/sync/schemas.ts';
import { chooseSegment, connectedWorkspace, listIdOf, salesReady } from '#lib/sync/testing.ts';
import { type Asking, ask as askOf, type Handler, send as sendTo } from '#lib/testing/asking.ts';
import {
  addUser,
  createWorkspace,
  moveClock,
  type TestWorkspace,
  testDatabase,
} from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { GET as listPeople } from './[id]/people/route.ts';
import { GET as getOne } from './[id]/route.ts';
import { POST as count } from './route.ts';

export let simulators: ReturnType<typeof testSimulators>;
export let workspace: TestWorkspace;
export let other: TestWorkspace;
export let viewer: TestWorkspace;
let admin: string;

/** A connected workspace with a list, another one, and a viewer, for all tests of a file. */
export function testImports(): void {
  testDatabase();
  simulators = testSimulators();
  beforeAll(setUp);
  beforeEach(async () => {
    await db().import.deleteMany();
    await db().run.deleteMany();
    await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  });
}

async function setUp(): Promise<void> {
  workspace = await connectedWorkspace(simulators.current);
  await chooseSegment(workspace, await listIdOf(workspace.workspaceId, salesReady));
  await moveClock(70_000, simulators.current);
  other = await createWorkspace();
  viewer = await addUser(workspace.workspaceId, 'viewer');
  const { accessToken } = await simulators.current.salesforce.tokens();
  admin = accessToken;
}

type Call = Asking & { id?: string };

export const send = (handler: Handler, who: TestWorkspace | null, { id, ...given }: Call = {}) =>
  sendTo(handler, who, { ...given, params: id ? { id } : {} });
export const call = (handler: Handler, who: TestWorkspace | null, { id, ...given }: Call = {}) =>
  askOf(handler, who, { ...given, params: id ? { id } : {} });

export const post = (handler: Handler, id: string, who: TestWorkspace | null = workspace) =>
  call(handler, who, { method: 'POST', id });
export const ask = (body: unknown, who: TestWorkspace | null = workspace) =>
  call(count, who, { method: 'POST', body });

export async function viewOf(id: string): Promise<Import> {
  return importSchema.parse((await call(getOne, workspace, { id })).body);
}

export async function peopleOf(id: string, group: string, more = ''): Promise<ImportPeople> {
  const answer = await call(listPeople, workspace, { id, query: `?group=${group}${more}` });
  return importPeopleSchema.parse(answer.body);
}

export const context = () => ({
  workerId: randomUUID(),
  signal: new AbortController().signal,
  isLastAttempt: false,
});

/** Counts as the worker does it. */
export async function counted(body: unknown): Promise<Import> {
  const { body: made } = await ask(body);
  await runImportCount({ importId: String(made.id) }, context());
  return viewOf(String(made.id));
}

export async function runToEnd(runId: string): Promise<void> {
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

export async function contactsWith(values: string[], properties: string[]) {
  const page = await (await hubspot()).searchContacts({
    filterGroups: [{ filters: [{ propertyName: 'email', operator: 'IN', values }] }],
    properties: ['email', ...properties],
    limit: 100,
  });
  if (!page.ok) throw new Error(page.failure.kind);
  return page.value.contacts;
}

export async function addContact(values: Record<string, string>): Promise<string> {
  const answer = await (await hubspot()).createContacts([{ traceId: randomUUID(), values }]);
  const [made] = answer.ok ? answer.value : [];
  if (!made?.ok) throw new Error(JSON.stringify(made ?? answer));
  return made.value.id;
}

/** A campaign with leads of these addresses; null: a lead without one. */
export async function campaignOf(addresses: (string | null)[]): Promise<{ id: string; leads: string[] }> {
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

export const inCampaign = (campaignId: string) => ({
  objects: ['lead', 'contact'],
  which: { kind: 'campaign', campaignId },
});
export const member = { lifecyclestage: 'salesqualifiedlead', country: 'Germany' };
