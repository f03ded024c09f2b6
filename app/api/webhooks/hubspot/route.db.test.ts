import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { takeInbox } from '#lib/sync/collect/testing.ts';
import { runPollContacts } from '#lib/sync/server/index.ts';
import { connectedWorkspace } from '#lib/sync/testing.ts';
import { type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { POST } from './route.ts';

let server: Server;
let address: string;
const statuses: number[] = [];
let answered = () => {};

// The app's public address is read once, so it is known before anything else.
beforeAll(async () => {
  server = createServer(async (incoming, response) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const headers = new Headers(incoming.headers as Record<string, string>);
    // Behind a proxy the app is called by another name than HubSpot knows.
    const url = `http://inner.example${incoming.url}`;
    const answer = await POST(new Request(url, { method: 'POST', headers, body: Buffer.concat(parts) }));
    response.writeHead(answer.status).end();
    statuses.push(answer.status);
    answered();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
  process.env.APP_URL = address;
});
afterAll(() => void server.close());

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
let token: string;
const contacts = '/crm/v3/objects/contacts';

beforeAll(async () => {
  const { hubspot } = simulators.current;
  await simulators.current.reset({ seed: 'empty' });
  workspace = await connectedWorkspace(simulators.current);
  token = (await hubspot.tokens()).accessToken;
});

beforeEach(async () => {
  await db().trigger.deleteMany();
  await db().$executeRaw`DELETE FROM graphile_worker._private_jobs`;
});

async function hubspot(method: string, path: string, body?: unknown): Promise<{ id: string }> {
  const answer = await fetch(`${simulators.current.hubspot.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(answer.ok).toBe(true);
  const text = await answer.text();
  return text === '' ? { id: '' } : JSON.parse(text);
}
const create = (email: string) => hubspot('POST', contacts, { properties: { email } });

type Job = { task: string; payload: { workspaceId: string; contactIds: string[] } };
const jobs = () => db().$queryRaw<Job[]>`
  SELECT job.payload, task.identifier AS task FROM graphile_worker._private_jobs job
  JOIN graphile_worker._private_tasks task ON task.id = job.task_id WHERE task.identifier = 'sync.contacts'`;

/** Waits until HubSpot's next delivery has been answered. */
async function delivery(work: () => Promise<unknown>): Promise<void> {
  const { hubspot: simulator } = simulators.current;
  await simulator.config({ webhookUrl: `${address}/api/webhooks/hubspot` });
  const arrived = new Promise<void>((resolve) => {
    answered = resolve;
  });
  await work();
  await simulator.clock(1_000);
  await arrived;
  await simulator.config({ webhookUrl: '' });
}

async function send(body: string, given: { secret?: string; ageMs?: number } = {}): Promise<number> {
  const secret = given.secret ?? process.env.HUBSPOT_CLIENT_SECRET ?? '';
  const timestamp = String(Date.now() - (given.ageMs ?? 0));
  const path = '/api/webhooks/hubspot';
  const signature = createHmac('sha256', secret)
    .update(`POST${address}${path}${body}${timestamp}`)
    .digest('base64');
  const headers = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp };
  return (await POST(new Request(`${address}${path}`, { method: 'POST', headers, body }))).status;
}

const portalId = 147_893_286;
let eventId = 0;
const event = (subscriptionType: string, objectId: number, more: object = {}) => {
  eventId += 1;
  return {
    eventId,
    subscriptionId: 1,
    portalId,
    occurredAt: Date.now(),
    subscriptionType,
    objectId,
    ...more,
  };
};

async function linked(contactId: string, recordId: string): Promise<void> {
  const { accountId: orgId } = await db().connection.findFirstOrThrow({ where: { crm: 'SALESFORCE' } });
  const { workspaceId } = workspace;
  const shadow = { m: { h: 'Lund', s: 'Lund', at: new Date().toISOString() } };
  await db().link.create({
    data: {
      workspaceId,
      orgId,
      contactId,
      recordId,
      object: 'LEAD',
      origin: 'MATCHED',
      createdAt: new Date(),
      shadow,
    },
  });
}

describe('who may deliver', () => {
  it('is HubSpot alone: any other signature, and one of before, is refused', async () => {
    const body = JSON.stringify([event('contact.creation', 1)]);
    expect(await send(body, { secret: 'another' })).toBe(401);
    expect(await send(body, { ageMs: 6 * 60_000 })).toBe(401);
    expect(await jobs()).toEqual([]);
  });

  it('is told what is no delivery, and what is too large', async () => {
    expect(await send('{"no":"list"}')).toBe(400);
    expect(await send('not JSON')).toBe(400);
    expect(await send(' '.repeat(5 * 1024 * 1024))).toBe(413);
  });

  it('reaches no other workspace: an account that nobody connected changes nothing', async () => {
    const body = JSON.stringify([event('contact.creation', 1, { portalId: 1 })]);
    expect(await send(body)).toBe(204);
    expect(await jobs()).toEqual([]);
    expect(await db().webhookEvent.count()).toBe(0);
  });
});

describe('2: a delivery of HubSpot’s', () => {
  it('2: brings the reading of the named contacts forward', async () => {
    let id = '';
    await delivery(async () => {
      id = (await create('new@hooks.example')).id;
    });
    expect(statuses.at(-1)).toBe(204);
    const [job] = await jobs();
    expect(job?.payload).toEqual({ workspaceId: workspace.workspaceId, contactIds: [id] });
    if (!job) return;
    const context = {
      workerId: crypto.randomUUID(),
      signal: new AbortController().signal,
      isLastAttempt: false,
    };
    await runPollContacts(job.payload, context);
    const found = await takeInbox(workspace);
    expect(found).toMatchObject([{ contactId: id, causes: [{ kind: 'created', source: 'webhook' }] }]);
  });

  it('2: counts once, however often it comes', async () => {
    const body = JSON.stringify([event('contact.creation', 11), event('contact.propertyChange', 11)]);
    expect([await send(body), await send(body)]).toEqual([204, 204]);
    expect(await jobs()).toHaveLength(1);
  });

  it('6: triggers for linked contacts that were deleted, restored or merged', async () => {
    await linked('21', '00Q000000000021AAA');
    await linked('22', '00Q000000000022AAA');
    await linked('23', '00Q000000000023AAA');
    await db().link.updateMany({
      where: { contactId: '23' },
      data: { endedAt: new Date(), endCause: 'deleted_in_hubspot' },
    });
    const merge = { primaryObjectId: 99, mergedObjectIds: [22], newObjectId: 100 };
    const body = JSON.stringify([
      event('contact.deletion', 21),
      event('contact.deletion', 404),
      event('contact.merge', 99, merge),
      event('contact.restore', 23),
    ]);
    expect(await send(body)).toBe(204);
    const found = await takeInbox(workspace);
    expect(
      found.map(({ contactId, causes }) => [contactId, causes[0]?.kind, causes[0]?.into]).sort(),
    ).toEqual([
      ['21', 'deleted', undefined],
      ['22', 'merged', '100'],
      ['23', 'restored', undefined],
    ]);
  });

  it('7: erases everything about a contact at once when HubSpot deletes it for privacy', async () => {
    const { workspaceId } = workspace;
    await linked('31', '00Q000000000031AAA');
    const { orgId } = await db().link.findFirstOrThrow({ where: { contactId: '31' } });
    const fields = { city: { h: 'abc', at: new Date().toISOString() } };
    const at = new Date();
    await db().seen.create({ data: { workspaceId, orgId, side: 'HUBSPOT', id: '31', fields, at } });
    const where = { workspaceId, listId: '1', contactId: '31' };
    const stay = { ...where, addedAt: at, since: at, reading: 1, isBaseline: true };
    await db().membership.create({ data: stay });
    // Another one was merged into it before.
    await linked('30', '00Q000000000030AAA');
    const merged = {
      endedAt: at,
      endCause: 'merged',
      mergedInto: '31',
      shadow: { a: { h: 'x', s: 'x', at } },
    };
    await db().link.updateMany({ where: { contactId: '30' }, data: merged });
    await db().membership.create({ data: { ...stay, contactId: '30' } });
    expect(await send(JSON.stringify([event('contact.privacyDeletion', 31)]))).toBe(204);
    const [link] = await db().link.findMany({ where: { contactId: '31' } });
    expect(link).toMatchObject({ recordId: '00Q000000000031AAA', endCause: 'privacy_deleted', shadow: {} });
    expect(link?.endedAt).not.toBeNull();
    expect(await db().seen.count({ where: { id: '31' } })).toBe(0);
    expect(await db().membership.count({ where: { contactId: { in: ['30', '31'] } } })).toBe(0);
    const former = await db().link.findMany({ where: { contactId: '30' } });
    expect(former).toMatchObject([{ endCause: 'privacy_deleted', shadow: {} }]);
    // Whoever works on it just now may store something yet: it is erased once more after that.
    const waiting = await db().trigger.findMany({ select: { contactId: true, causes: true } });
    expect(waiting).toMatchObject([{ contactId: '31', causes: [{ kind: 'deleted', privacy: true }] }]);
  });

  it('7: erases once more what is stored while a connection has ended', async () => {
    const { workspaceId } = workspace;
    await linked('31', '00Q000000000031AAA');
    const ended = { status: 'DISCONNECTED', disconnectedAt: new Date() } as const;
    await db().connection.updateMany({ where: { workspaceId, crm: 'SALESFORCE' }, data: ended });
    expect(await send(JSON.stringify([event('contact.privacyDeletion', 31)]))).toBe(204);
    const waiting = await db().trigger.findMany({ select: { contactId: true, causes: true } });
    expect(waiting).toMatchObject([{ contactId: '31', causes: [{ kind: 'deleted', privacy: true }] }]);
  });
});
