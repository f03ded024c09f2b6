import { randomUUID } from 'node:crypto';
import { beforeEach, expect } from 'vitest';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { packShadow, unpackShadow } from '#lib/sync/kept-shadow.ts';
import { type Answer, ask, type Handler } from '#lib/testing/asking.ts';
import { connectHubSpot, connectSalesforce } from '#lib/testing/connections.ts';
import { createWorkspace, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { POST as restore } from './[id]/restore/route.ts';
import { DELETE, PATCH } from './[id]/route.ts';
import { GET, POST } from './route.ts';

export let simulators: ReturnType<typeof testSimulators>;
export let workspace: TestWorkspace;

/** A connected workspace of its own for each test. */
export function testMappings(): void {
  testDatabase();
  simulators = testSimulators();
  beforeEach(async () => {
    await simulators.current.reset({ seed: 'demo' });
    workspace = await createWorkspace();
    await connectHubSpot(workspace, simulators.current.hubspot);
    await connectSalesforce(workspace);
  });
}

type Who = TestWorkspace | null;

export const call = (handler: Handler, method: string, who: Who, body?: unknown, id?: string) =>
  ask(handler, who, { method, body, params: id === undefined ? {} : { id } });

export const list = (who: Who = workspace) => call(GET, 'GET', who);
export const add = (body: unknown, who: Who = workspace) => call(POST, 'POST', who, body);
export const change = (id: string, body: unknown, who: Who = workspace) =>
  call(PATCH, 'PATCH', who, body, id);
export const remove = (id: string, body: unknown, who: Who = workspace) =>
  call(DELETE, 'DELETE', who, body, id);
export const putBack = (id: string, who: Who = workspace) => call(restore, 'POST', who, undefined, id);

export const mobile = {
  ...{ hubspotProperty: 'mobilephone', leadField: 'MobilePhone', contactField: 'MobilePhone' },
  rule: 'TWO_WAY',
};

export type Row = { id: string; version: number; hubspotProperty: string; rule: string; errors: number };
export const rowOf = ({ body }: Answer, property: string): Row => {
  const row = (body.mappings as Row[]).find((each) => each.hubspotProperty === property);
  if (!row) throw new Error(`${property} is not mapped: ${JSON.stringify(body).slice(0, 200)}`);
  return row;
};
export const endsOf = (row: Row) => {
  const { hubspotProperty, leadField, contactField } = row as unknown as typeof mobile;
  return { hubspotProperty, leadField, contactField };
};

/** A link that has agreed on everything by these mappings. */
export async function link(object: 'LEAD' | 'CONTACT', ids: string[]): Promise<string> {
  const agreed = { h: 'a', s: 'a', at: '2026-01-01T00:00:00.000Z' };
  const shadow = Object.fromEntries(ids.map((id) => [id, agreed]));
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
      // As it is kept now, and as older versions kept it.
      shadow: object === 'CONTACT' ? JSON.parse(JSON.stringify(packShadow(shadow))) : shadow,
      fieldMemory: Object.fromEntries(ids.map((id) => [id, { writes: [], refused: { code: 'X' } }])),
    },
  });
  return row.id;
}
export async function remembered(id: string): Promise<string[]> {
  const row = await db().link.findUniqueOrThrow({ where: { id } });
  const known = Object.keys(unpackShadow(row.shadow));
  expect(Object.keys(row.fieldMemory as object).sort()).toEqual([...known].sort());
  return known;
}
