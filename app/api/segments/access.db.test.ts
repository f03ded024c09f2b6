import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import type { RouteContext } from '#lib/core/route.ts';
import { send } from '#lib/testing/asking.ts';
import { connectHubSpot } from '#lib/testing/connections.ts';
import { addUser, createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import * as duplicate from './[id]/duplicate/route.ts';
import * as effect from './[id]/effect/route.ts';
import * as hiddenLints from './[id]/hidden-lints/route.ts';
import * as exported from './[id]/members/export/route.ts';
import * as members from './[id]/members/route.ts';
import * as restore from './[id]/restore/route.ts';
import * as one from './[id]/route.ts';
import * as versions from './[id]/versions/route.ts';
import * as all from './all/route.ts';
import * as draft from './draft/route.ts';
import * as people from './people/route.ts';
import * as preview from './preview/route.ts';
import * as properties from './properties/route.ts';
import * as options from './route.ts';
import * as test from './test/route.ts';

testDatabase();
const simulators = testSimulators();
let owner: TestWorkspace;
let viewer: TestWorkspace;
let stranger: TestWorkspace;

beforeAll(async () => {
  await simulators.current.reset();
  owner = await createWorkspace();
  viewer = await addUser(owner.workspaceId, 'viewer');
  stranger = await createWorkspace();
  await connectHubSpot(owner, simulators.current.hubspot);
  // Search shows what was just written only after a moment.
  await simulators.current.hubspot.clock(1_000);
  const found = await ask(endpoint('GET /api/segments/people'), owner);
  contact.contactId = (await found.json()).people[0].id;
});

type Handler = (request: Request, context: RouteContext) => Promise<Response>;
type Endpoint = {
  name: string;
  handler: Handler;
  method: string;
  query?: string;
  id?: string;
  body?: object;
  adminOnly?: true;
};

const filterBranch = {
  filterBranchType: 'OR',
  filterBranches: [
    {
      filterBranchType: 'AND',
      filters: [
        {
          filterType: 'PROPERTY',
          property: 'email',
          operation: { operationType: 'ALL_PROPERTY', operator: 'IS_KNOWN' },
        },
      ],
    },
  ],
};
/** Somebody who is there; known once the simulators run. */
const contact = { filterBranch, contactId: '0' };
const endpoints: Endpoint[] = [
  { name: 'GET /api/segments', handler: options.GET, method: 'GET' },
  { name: 'GET /api/segments/all', handler: all.GET, method: 'GET' },
  { name: 'GET /api/segments/properties', handler: properties.GET, method: 'GET' },
  { name: 'GET /api/segments/people', handler: people.GET, method: 'GET', query: 'q=a' },
  { name: 'GET /api/segments/{id}', handler: one.GET, method: 'GET', id: '1' },
  { name: 'GET /api/segments/{id}/members', handler: members.GET, method: 'GET', id: '1' },
  { name: 'GET /api/segments/{id}/members/export', handler: exported.GET, method: 'GET', id: '1' },
  { name: 'GET /api/segments/{id}/versions', handler: versions.GET, method: 'GET', id: '1' },
  { name: 'GET /api/segments/{id}/hidden-lints', handler: hiddenLints.GET, method: 'GET', id: '1' },
  {
    name: 'POST /api/segments/{id}/effect',
    handler: effect.POST,
    method: 'POST',
    id: '1',
    body: { filterBranch },
  },
  {
    name: 'POST /api/segments/{id}/hidden-lints',
    handler: hiddenLints.POST,
    method: 'POST',
    id: '1',
    body: { key: 'x' },
    adminOnly: true,
  },
  { name: 'GET /api/segments/draft', handler: draft.GET, method: 'GET' },
  { name: 'POST /api/segments/preview', handler: preview.POST, method: 'POST', body: { filterBranch } },
  {
    name: 'POST /api/segments/test',
    handler: test.POST,
    method: 'POST',
    body: contact,
  },
  {
    name: 'POST /api/segments',
    handler: options.POST,
    method: 'POST',
    body: { name: 'X', filterBranch },
    adminOnly: true,
  },
  {
    name: 'PATCH /api/segments/{id}',
    handler: one.PATCH,
    method: 'PATCH',
    id: '1',
    body: { name: 'X' },
    adminOnly: true,
  },
  { name: 'DELETE /api/segments/{id}', handler: one.DELETE, method: 'DELETE', id: '1', adminOnly: true },
  {
    name: 'POST /api/segments/{id}/duplicate',
    handler: duplicate.POST,
    method: 'POST',
    id: '1',
    body: { name: 'X' },
    adminOnly: true,
  },
  {
    name: 'POST /api/segments/{id}/restore',
    handler: restore.POST,
    method: 'POST',
    id: '1',
    adminOnly: true,
  },
  {
    name: 'PUT /api/segments/draft',
    handler: draft.PUT,
    method: 'PUT',
    body: { name: 'X', filterBranch },
    adminOnly: true,
  },
  { name: 'DELETE /api/segments/draft', handler: draft.DELETE, method: 'DELETE', adminOnly: true },
];

function endpoint(name: string): Endpoint {
  const found = endpoints.find((each) => each.name === name);
  if (!found) throw new Error(`There is no endpoint ${name}.`);
  return found;
}

function ask(target: Endpoint, who: TestWorkspace | null, change: Partial<Endpoint> = {}): Promise<Response> {
  const { handler, method, query = '', id, body } = { ...target, ...change };
  const headers = { origin: 'http://localhost:3000' };
  const asking = { method, query: `?${query}`, params: id ? { id } : {}, headers };
  return send(handler, who, body ? { ...asking, body } : asking);
}

describe.each(endpoints)('$name', (each) => {
  it('refuses whoever is not logged in', async () => {
    expect((await ask(each, null)).status).toBe(401);
  });

  it('does nothing with another workspace’s segments', async () => {
    const before = await simulators.current.hubspot.requests();
    const answer = await ask(each, stranger);
    // A workspace without HubSpot has no segment at all; drafts are its own.
    if (answer.status === 200) expect(await answer.json()).not.toMatchObject({ filterBranch });
    else expect([404, 409]).toContain(answer.status);
    expect((await simulators.current.hubspot.requests()).total).toBe(before.total);
  });

  it('refuses a key it does not know', async () => {
    const query = `${each.query ?? ''}&unknown=1`;
    const change = each.body ? { body: { ...each.body, unknown: 1 } } : { query };
    const takesQuery =
      each.body || /GET \/api\/segments($|\/all|\/people|\/draft)|members$|draft/.test(each.name);
    if (!takesQuery) {
      // It takes nothing but an id: a wrong one is what can be wrong.
      const wrong = each.id ? { id: 'not-a-number' } : null;
      if (wrong) expect((await ask(each, owner, wrong)).status).toBe(400);
      return;
    }
    expect((await ask(each, owner, change)).status).toBe(400);
  });

  it('lets a viewer look but not write', async () => {
    const { status } = await ask(each, viewer);
    if (each.adminOnly) expect(status).toBe(403);
    else expect(status).toBe(200);
  });
});

it('keeps each person’s draft to that person', async () => {
  const colleague = await addUser(owner.workspaceId, 'admin');
  const save = endpoint('PUT /api/segments/draft');
  const read = endpoint('GET /api/segments/draft');
  expect((await ask(save, owner)).status).toBe(200);
  expect(await (await ask(read, owner)).json()).toMatchObject({ name: 'X', filterBranch });
  expect(await (await ask(read, colleague)).json()).toBeNull();
  await db().segmentDraft.deleteMany();
});
