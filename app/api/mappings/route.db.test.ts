import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { GET as connected } from '#app/api/connections/salesforce/callback/route.ts';
import { beginSalesforceConsent } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { defaultMappings } from '#lib/mappings/default-mappings.ts';
import { mappingsAsOf } from '#lib/mappings/server/index.ts';
import { answerConsent, connectHubSpot, connectSalesforce } from '#lib/testing/connections.ts';
import {
  addUser,
  createWorkspace,
  moveClock,
  type TestWorkspace,
  testDatabase,
} from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { POST as restore } from './[id]/restore/route.ts';
import { DELETE, PATCH } from './[id]/route.ts';
import { GET as fields } from './fields/route.ts';
import { POST as preview } from './preview/route.ts';
import { POST as createProperty } from './properties/route.ts';
import { GET, POST } from './route.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;

beforeEach(async () => {
  await simulators.current.reset({ seed: 'demo' });
  workspace = await createWorkspace();
  await connectHubSpot(workspace, simulators.current.hubspot);
  await connectSalesforce(workspace);
});

// biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of many shapes.
type Answer = { status: number; body: Record<string, any> };
type Handler = typeof PATCH;
type Who = TestWorkspace | null;

async function call(
  handler: Handler,
  method: string,
  who: Who,
  body?: unknown,
  id?: string,
): Promise<Answer> {
  const request = new Request('http://localhost:3000/api/mappings', {
    method,
    headers: { 'content-type': 'application/json', ...(who ? { cookie: who.cookie } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(id === undefined ? {} : { id }) });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const list = (who: Who = workspace) => call(GET, 'GET', who);
const add = (body: unknown, who: Who = workspace) => call(POST, 'POST', who, body);
const change = (id: string, body: unknown, who: Who = workspace) => call(PATCH, 'PATCH', who, body, id);
const remove = (id: string, body: unknown, who: Who = workspace) => call(DELETE, 'DELETE', who, body, id);
const putBack = (id: string, who: Who = workspace) => call(restore, 'POST', who, undefined, id);

const mobile = {
  ...{ hubspotProperty: 'mobilephone', leadField: 'MobilePhone', contactField: 'MobilePhone' },
  rule: 'TWO_WAY',
};

type Row = { id: string; version: number; hubspotProperty: string; rule: string; errors: number };
const rowOf = ({ body }: Answer, property: string): Row => {
  const row = (body.mappings as Row[]).find((each) => each.hubspotProperty === property);
  if (!row) throw new Error(`${property} is not mapped: ${JSON.stringify(body).slice(0, 200)}`);
  return row;
};
const endsOf = (row: Row) => {
  const { hubspotProperty, leadField, contactField } = row as unknown as typeof mobile;
  return { hubspotProperty, leadField, contactField };
};

describe('who may', () => {
  it('refuses without a session', async () => {
    const id = randomUUID();
    const answers = await Promise.all([
      list(null),
      add(mobile, null),
      change(id, { ...mobile, version: 0 }, null),
      remove(id, { version: 0 }, null),
      putBack(id, null),
      call(fields, 'GET', null),
      call(preview, 'POST', null, { ...mobile, mappingId: null }),
      call(createProperty, 'POST', null, { object: 'Lead', field: 'Rating' }),
    ]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  });

  it('shows and changes only the asker’s own workspace', async () => {
    const other = await createWorkspace();
    const { id, version } = rowOf(await add(mobile), 'mobilephone');
    expect((await list(other)).body.mappings).toEqual([]);
    expect((await remove(id, { version }, other)).body.code).toBe('not_found');
    expect((await change(id, { ...mobile, version }, other)).body.code).toBe('not_found');
    await remove(id, { version });
    expect((await putBack(id, other)).body.code).toBe('not_found');
  });

  it.each([
    ['an unknown key', { ...mobile, colour: 'red' }],
    ['a rule that is none', { ...mobile, rule: 'SOMETIMES' }],
    ['no field at all', { ...mobile, leadField: null, contactField: null }],
  ])('refuses %s', async (_name, body) => {
    const answer = await add(body);
    expect([answer.status, answer.body.code]).toEqual([400, 'bad_request']);
    const changed = await change(randomUUID(), { ...body, version: 0 });
    expect([changed.status, changed.body.code]).toEqual([400, 'bad_request']);
  });

  it('refuses unknown keys elsewhere', async () => {
    const answers = [
      await remove(randomUUID(), { version: 0, force: true }),
      await call(preview, 'POST', workspace, { ...mobile, mappingId: null }),
      await call(createProperty, 'POST', workspace, { object: 'Account', field: 'Name' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
  });

  it('lets viewers look, not change', async () => {
    const viewer = await addUser(workspace.workspaceId, 'viewer');
    expect((await list(viewer)).body.canEdit).toBe(false);
    const { id } = rowOf(await list(), 'jobtitle');
    const answers = [
      await add(mobile, viewer),
      await change(id, { ...mobile, version: 0 }, viewer),
      await remove(id, { version: 0 }, viewer),
      await call(createProperty, 'POST', viewer, { object: 'Lead', field: 'MobilePhone' }),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual(Array(4).fill('admin_only'));
  });
});

it('default mappings are there as soon as Salesforce is connected', async () => {
  const other = await createWorkspace();
  await connectHubSpot(other, simulators.current.hubspot);
  const begun = await beginSalesforceConsent(other.actor, { sandbox: false, otherOrg: false });
  if (!begun.ok) throw new Error(begun.failure.code);
  const answer = new URLSearchParams(await answerConsent(begun.value.url));
  const request = new Request(`http://localhost:3000/api/connections/salesforce/callback?${answer}`, {
    headers: { cookie: other.cookie },
  });
  await connected(request, { params: Promise.resolve({}) });
  const count = await db().mapping.count({ where: { workspaceId: other.workspaceId } });
  expect(count).toBe(defaultMappings.length);
});

describe('adding', () => {
  it('makes one version and one audit entry, and writes nothing to a CRM', async () => {
    const answer = await add(mobile);
    expect(answer.status).toBe(200);
    expect(rowOf(answer, 'mobilephone')).toMatchObject({
      ...{ version: 1, isDefault: false, direction: 'BOTH', changedBy: workspace.actor.name, errors: 0 },
    });
    const where = { workspaceId: workspace.workspaceId };
    expect(await db().settingsVersion.findMany({ where })).toMatchObject([{ version: 1, key: 'mapping' }]);
    expect(await db().auditEntry.findMany({ where: { ...where, action: 'mapping.created' } })).toHaveLength(
      1,
    );
    for (const crm of [simulators.current.hubspot, simulators.current.salesforce]) {
      expect((await crm.requests()).writes).toEqual({ created: 0, changed: 0, deleted: 0 });
    }
  });

  it.each([
    ['types that don’t fit', { ...mobile, leadField: 'AnnualRevenue', contactField: null }, 'mapping_types'],
    ['a field that isn’t there', { ...mobile, leadField: 'Nothing__c' }, 'mapping_unknown_field'],
    ['a property that isn’t there', { ...mobile, hubspotProperty: 'nothing' }, 'mapping_unknown_field'],
    ['a HubSpot user', { ...mobile, hubspotProperty: 'hubspot_owner_id' }, 'mapping_unmappable'],
    ['a property that is mapped', { ...mobile, hubspotProperty: 'phone' }, 'mapping_taken'],
    ['a field that is mapped', { ...mobile, leadField: 'Phone', contactField: null }, 'mapping_taken'],
  ])('refuses %s', async (_name, body, code) => {
    const answer = await add(body);
    expect(answer.body.code).toBe(code);
    expect((await list()).body.mappings).toHaveLength(defaultMappings.length);
  });

  it('refuses what neither side could ever take', async () => {
    const formula = { name: 'Score__c', type: 'text', length: 20, formula: '"A"' };
    await simulators.current.salesforce.schema({ fields: [{ ...formula, object: 'Lead', type: 'string' }] });
    const answer = await add({
      ...{ hubspotProperty: 'hs_object_source', leadField: 'Score__c', contactField: null, rule: 'TWO_WAY' },
    });
    expect(answer.body).toMatchObject({ code: 'mapping_nothing_passes' });
  });

  it('gives a field to one of two who want it at the same moment', async () => {
    const answers = await Promise.all([add(mobile), add(mobile)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('says what a CRM says that doesn’t answer', async () => {
    await simulators.current.salesforce.faults([{ path: '/services/data', status: 503 }]);
    expect((await add(mobile)).body.code).toBe('salesforce_unavailable');
    const known = await call(fields, 'GET', workspace);
    expect(known.body.fields).toBeNull();
    expect(known.body.properties.length).toBeGreaterThan(50);
  });
});

/** A link that has agreed on everything by these mappings. */
async function link(object: 'LEAD' | 'CONTACT', ids: string[]): Promise<string> {
  const agreed = { h: 'a', s: 'a', at: '2026-01-01T00:00:00.000Z' };
  const row = await db().link.create({
    data: {
      ...{
        workspaceId: workspace.workspaceId,
        orgId: 'org',
        object,
        origin: 'MATCHED',
        createdAt: await now(),
      },
      ...{ contactId: randomUUID(), recordId: randomUUID() },
      shadow: Object.fromEntries(ids.map((id) => [id, agreed])),
      fieldMemory: Object.fromEntries(ids.map((id) => [id, { writes: [], refused: { code: 'X' } }])),
    },
  });
  return row.id;
}
async function remembered(id: string): Promise<string[]> {
  const row = await db().link.findUniqueOrThrow({ where: { id } });
  expect(Object.keys(row.fieldMemory as object).sort()).toEqual(Object.keys(row.shadow as object).sort());
  return Object.keys(row.shadow as object);
}

describe('changing', () => {
  it('keeps what was agreed while only the rule changes, and forgets it with Don’t sync', async () => {
    const row = rowOf(await list(), 'jobtitle');
    const kept = rowOf(await list(), 'city').id;
    const lead = await link('LEAD', [row.id, kept]);
    const ruled = await change(row.id, { ...endsOf(row), rule: 'TWO_WAY', version: row.version });
    expect(rowOf(ruled, 'jobtitle')).toMatchObject({ rule: 'TWO_WAY', version: 1, errors: 1 });
    expect((await remembered(lead)).sort()).toEqual([row.id, kept].sort());
    const ended = await change(row.id, { ...endsOf(row), rule: 'DONT_SYNC', version: 1 });
    expect(rowOf(ended, 'jobtitle')).toMatchObject({ rule: 'DONT_SYNC', version: 2, errors: 0 });
    expect(await remembered(lead)).toEqual([kept]);
  });

  it('forgets only on the object whose field is another one', async () => {
    const { id, version } = rowOf(await add(mobile), 'mobilephone');
    const [lead, contact] = [await link('LEAD', [id]), await link('CONTACT', [id])];
    const changed = await change(id, { ...mobile, contactField: 'OtherPhone', version });
    expect(changed.status).toBe(200);
    expect([await remembered(lead), await remembered(contact)]).toEqual([[id], []]);
  });

  it('refuses other ends for a default mapping, and to stop syncing e-mail', async () => {
    const title = rowOf(await list(), 'jobtitle');
    const moved = await change(title.id, { ...mobile, version: 0 });
    expect(moved.body.code).toBe('mapping_is_default');
    expect((await remove(title.id, { version: 0 })).body.code).toBe('mapping_is_default');
    const email = rowOf(await list(), 'email');
    const ended = await change(email.id, { ...endsOf(email), rule: 'DONT_SYNC', version: 0 });
    expect(ended.body.code).toBe('mapping_required');
  });

  it('tells who was first, and leaves their change', async () => {
    const colleague = await addUser(workspace.workspaceId, 'admin');
    const row = rowOf(await list(), 'jobtitle');
    await change(row.id, { ...endsOf(row), rule: 'TWO_WAY', version: 0 }, colleague);
    const answer = await change(row.id, { ...endsOf(row), rule: 'ALWAYS_SALESFORCE', version: 0 });
    expect([answer.status, answer.body.code]).toEqual([409, 'version_conflict']);
    expect(rowOf({ status: 409, body: answer.body.current }, 'jobtitle').rule).toBe('TWO_WAY');
    expect((await list()).body.mappings.filter(({ rule }: Row) => rule === 'TWO_WAY')).toHaveLength(1);
  });

  it('can end a sync while no CRM answers', async () => {
    const row = rowOf(await list(), 'jobtitle');
    await simulators.current.salesforce.faults([{ path: '/', status: 503 }]);
    await simulators.current.hubspot.faults([{ path: '/', status: 503 }]);
    const ended = await change(row.id, { ...endsOf(row), rule: 'DONT_SYNC', version: 0 });
    expect(ended.status).toBe(200);
  });
});

describe('deleting', () => {
  it('forgets what was agreed, and can be taken back for 60 seconds', async () => {
    const { id, version } = rowOf(await add(mobile), 'mobilephone');
    const contact = await link('CONTACT', [id]);
    const gone = await remove(id, { version });
    expect(gone.body.undo).toEqual({ id, hubspotProperty: 'mobilephone', secondsLeft: 60 });
    expect(await remembered(contact)).toEqual([]);
    await moveClock(59_000);
    const back = await putBack(id);
    expect(rowOf(back, 'mobilephone')).toMatchObject({ id, rule: 'TWO_WAY', version: 3 });
    expect(back.body.undo).toBeNull();
    expect((await putBack(id)).body.code).toBe('nothing_to_undo');
  });

  it('is for good after 60 seconds, or once the field is mapped anew', async () => {
    const { id, version } = rowOf(await add(mobile), 'mobilephone');
    await remove(id, { version });
    const anew = rowOf(await add(mobile), 'mobilephone');
    expect((await putBack(id)).body.code).toBe('mapping_taken');
    await remove(anew.id, { version: anew.version });
    await moveClock(60_000);
    expect((await list()).body.undo).toBeNull();
    expect((await putBack(anew.id)).body.code).toBe('mapping_undo_too_late');
  });

  it('refuses a version that is out of date', async () => {
    const { id, version } = rowOf(await add(mobile), 'mobilephone');
    await change(id, { ...mobile, rule: 'ALWAYS_SALESFORCE', version });
    expect((await remove(id, { version })).body.code).toBe('version_conflict');
    expect(rowOf(await list(), 'mobilephone').rule).toBe('ALWAYS_SALESFORCE');
  });
});

it('every version tells which mappings it had', async () => {
  const { workspaceId } = workspace;
  const { id } = rowOf(await add(mobile), 'mobilephone');
  const title = rowOf(await list(), 'jobtitle');
  await change(title.id, { ...endsOf(title), rule: 'TWO_WAY', version: 0 });
  await remove(id, { version: 1 });
  const at = async (version: number) => {
    const mappings = await mappingsAsOf(db(), workspaceId, version);
    const ruleOf = (name: string) => mappings.find((each) => each.hubspotProperty === name)?.rule ?? null;
    return [mappings.length - defaultMappings.length, ruleOf('mobilephone'), ruleOf('jobtitle')];
  };
  expect(await at(0)).toEqual([0, null, 'PREFER_SALESFORCE']);
  expect(await at(1)).toEqual([1, 'TWO_WAY', 'PREFER_SALESFORCE']);
  expect(await at(2)).toEqual([1, 'TWO_WAY', 'TWO_WAY']);
  expect(await at(3)).toEqual([0, null, 'TWO_WAY']);
});

describe('a property for a Salesforce field', () => {
  it('is made in HubSpot and can be mapped at once', async () => {
    const field = { object: 'Lead', name: 'Region__c', label: 'Region', type: 'string', length: 40 };
    await simulators.current.salesforce.schema({ fields: [field] });
    const made = await call(createProperty, 'POST', workspace, { object: 'Lead', field: 'Region__c' });
    expect(made.body).toMatchObject({ name: 'region', label: 'Region', kind: 'text', writable: true });
    const ends = { hubspotProperty: 'region', leadField: 'Region__c', contactField: null };
    expect((await add({ ...ends, rule: 'TWO_WAY' })).status).toBe(200);
  });

  it('is refused for a field that isn’t there', async () => {
    const answer = await call(createProperty, 'POST', workspace, { object: 'Lead', field: 'Nothing__c' });
    expect(answer.body.code).toBe('mapping_unknown_field');
  });
});

describe('what a mapping would do', () => {
  it('is told of people of both systems, by each rule', async () => {
    const { rule: _rule, ...ends } = mobile;
    const request = { ...ends, hubspotProperty: 'jobtitle', leadField: 'Title', contactField: 'Title' };
    const answer = await call(preview, 'POST', workspace, { ...request, mappingId: null });
    expect(answer.status).toBe(200);
    expect(answer.body.sampled).toBeGreaterThan(0);
    expect(answer.body.people.length).toBeGreaterThan(0);
    expect(answer.body.people.length).toBeLessThanOrEqual(3);
    for (const { hubspot, salesforce, after } of answer.body.people) {
      expect(after.DONT_SYNC.to).toBeNull();
      expect(after.ALWAYS_SALESFORCE.to).toBe(
        salesforce !== null && salesforce !== hubspot ? 'hubspot' : null,
      );
    }
    expect(answer.body.counts.DONT_SYNC).toEqual({ toHubspot: 0, toSalesforce: 0, refused: 0 });
    const unknown = { ...request, hubspotProperty: 'nothing', mappingId: null };
    expect((await call(preview, 'POST', workspace, unknown)).body.code).toBe('mapping_unknown_field');
  });
});
