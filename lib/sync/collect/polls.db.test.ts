import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { connectSalesforce } from '#lib/testing/connections.ts';
import { moveClock, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { openClaims } from '../server/claims.ts';
import { writingStop } from '../server/index.ts';
import { openDeps } from '../server/open-deps.ts';
import { openCollecting } from '../server/poll.ts';
import { connectedWorkspace } from '../testing.ts';
import { collect } from './collect.ts';
import {
  changeContact,
  changeRecord,
  createContact,
  createRecord,
  depsOf,
  kindsInInbox,
  link,
  pollLater,
} from './testing.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;
let counter = 0;
const address = () => {
  counter += 1;
  return `person${counter}@polls.example`;
};
const poll = (minutes?: number) => pollLater(workspace, simulators.current, minutes);
const scope = async () => (await depsOf(workspace)).scope;
const lead = { LastName: 'Holm', Company: 'Holm Logistik' };

let old: { contact: string; lead: string };

beforeAll(async () => {
  const { current } = simulators;
  await current.reset({ seed: 'empty' });
  workspace = await connectedWorkspace(current);
  old = {
    contact: await createContact(workspace, { email: address(), city: 'Lund' }),
    lead: await createRecord(workspace, 'Lead', { ...lead, Email: address(), City: 'Lund' }),
  };
  // Everything so far is older than the connection.
  await moveClock(20 * 60_000, current);
  await db().connection.updateMany({ data: { connectedAt: await (await depsOf(workspace)).now() } });
  await poll();
});

beforeEach(async () => {
  await poll();
  await db().trigger.deleteMany();
});

async function calls(work: () => Promise<unknown>): Promise<{ hubspot: number; salesforce: number }> {
  const count = async () => ({
    hubspot: (await simulators.current.hubspot.requests()).total,
    salesforce: (await simulators.current.salesforce.requests()).total,
  });
  const before = await count();
  await work();
  const after = await count();
  return { hubspot: after.hubspot - before.hubspot, salesforce: after.salesforce - before.salesforce };
}

describe('2: what triggers in HubSpot', () => {
  it('2: nothing that is older than the connection', async () => {
    expect(await db().trigger.count()).toBe(0);
    expect(await db().seen.count()).toBe(0);
  });

  it('2: a contact that was created after connecting', async () => {
    const id = await createContact(workspace, { email: address() });
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([`created ${id}`]);
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([]);
  });

  it('2: of an unlinked contact that was never seen, a mapped change that HubSpot’s history shows', async () => {
    await changeContact(workspace, old.contact, { city: 'Malmö' });
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([`changed ${old.contact}`]);
  });

  it('2: a mapped property that differs from what was seen, and no other property', async () => {
    const id = await createContact(workspace, { email: address(), city: 'Lund' });
    await poll();
    await db().trigger.deleteMany();
    await changeContact(workspace, id, { numemployees: '1-5' });
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([]);
    await changeContact(workspace, id, { city: 'Kalmar' });
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([`changed ${id}`]);
  });

  it('2: not when a value was changed and changed back within a poll', async () => {
    const id = await createContact(workspace, { email: address(), city: 'Lund' });
    await poll();
    await db().trigger.deleteMany();
    await changeContact(workspace, id, { city: 'Kalmar' });
    await changeContact(workspace, id, { city: 'Lund' });
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([]);
  });
});

describe('2: what triggers in Salesforce', () => {
  it('2: a record that was created after connecting', async () => {
    const id = await createRecord(workspace, 'Lead', { ...lead, Email: address() });
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([`created ${id}`]);
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([]);
  });

  it('2: an unlinked record that was never seen, when its LastModifiedDate moves', async () => {
    await changeRecord(workspace, 'Lead', old.lead, { City: 'Ystad' });
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([`changed ${old.lead}`]);
  });

  it('2: a mapped field that differs from what was seen, and no other field', async () => {
    const id = await createRecord(workspace, 'Contact', { LastName: 'Ek', Email: address() });
    await poll();
    await db().trigger.deleteMany();
    await changeRecord(workspace, 'Contact', id, { Department: 'Fleet' });
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([]);
    await changeRecord(workspace, 'Contact', id, { MailingCity: 'Kiruna' });
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([`changed ${id}`]);
  });

  it('6: a linked record that is deleted, once', async () => {
    const id = await createRecord(workspace, 'Lead', { ...lead, Email: address() });
    const contactId = await createContact(workspace, { email: address() });
    await poll();
    await db().trigger.deleteMany();
    await link(await scope(), contactId, id);
    await erase(id);
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([`deleted ${contactId}`]);
    await db().link.updateMany({ data: { endedAt: new Date(), endCause: 'deleted_in_salesforce' } });
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([]);
  });
});

async function erase(id: string): Promise<void> {
  const { accessToken } = await simulators.current.salesforce.tokens();
  const url = `${simulators.current.salesforce.url}/services/data/v66.0/sobjects/Lead/${id}`;
  const answer = await fetch(url, { method: 'DELETE', headers: { authorization: `Bearer ${accessToken}` } });
  expect(answer.status).toBe(204);
}

describe('8: polls', () => {
  it('8: take at most three Salesforce calls when nothing has changed', async () => {
    await poll();
    const made = await calls(async () => collect(await depsOf(workspace)));
    expect(made.salesforce).toBeLessThanOrEqual(3);
    expect(made.hubspot).toBeLessThanOrEqual(3);
  });

  it('8: drop the versions of the overlap that they know', async () => {
    const id = await createContact(workspace, { email: address() });
    await poll();
    await db().trigger.deleteMany();
    // Were it read again, it would trigger again.
    await db().seen.deleteMany({ where: { id } });
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([]);
  });

  it('8: keep what came before a failure in the middle and go on there', async () => {
    const ids = [];
    for (let at = 0; at < 3; at += 1) ids.push(await createContact(workspace, { email: address() }));
    const path = '/crm/v3/objects/contacts/batch/read';
    const body = { status: 'error', category: 'VALIDATION_ERROR', message: 'no' };
    await simulators.current.hubspot.faults([{ path, status: 400, body, times: 1 }]);
    const end = await poll();
    expect(end.troubles).toMatchObject([{ side: 'hubspot', failure: { kind: 'rejected' } }]);
    expect(await db().trigger.count()).toBe(0);
    await poll();
    expect(await kindsInInbox(workspace)).toEqual(ids.map((id) => `created ${id}`).sort());
  });
});

describe('7: another org', () => {
  it('7: begins anew; the former one rests, and is checked in full when it comes back', async () => {
    const id = await createContact(workspace, { email: address(), city: 'Lund' });
    const record = await createRecord(workspace, 'Lead', { ...lead, Email: address() });
    const former = await scope();
    await link(former, id, record);
    await poll();
    await db().trigger.deleteMany();
    await db().dailyCheck.deleteMany();
    await db().dailyCheck.create({ data: { ...former, checkedAt: await (await depsOf(workspace)).now() } });
    await connectSalesforce(workspace, { sandbox: true, otherOrg: true });
    expect(await scope()).not.toEqual(former);
    await poll();
    expect(await kindsInInbox(workspace)).toEqual([]);
    expect(await db().link.count({ where: { ...former, endedAt: null } })).toBeGreaterThan(0);
    await changeContact(workspace, id, { city: 'Visby' });
    await poll();
    // It was never seen by this org's sync: only its change triggers, and its former link plays no part.
    expect(await db().trigger.findMany()).toMatchObject([{ contactId: id, recordId: null }]);
    await db().trigger.deleteMany();
    await connectSalesforce(workspace, { otherOrg: true });
    expect(await scope()).toEqual(former);
    const at = await (await depsOf(workspace)).now();
    expect(await writingStop(db(), former, at)).toEqual({ kind: 'daily_check' });
    await poll();
    expect(await db().trigger.findMany({ where: former })).toMatchObject([
      { contactId: id, recordId: record },
    ]);
    expect(await writingStop(db(), former, at)).toBeNull();
  });

  it('6: whoever has begun for the former org finds no way into the other one', async () => {
    const former = await scope();
    const claims = openClaims(former.orgId, randomUUID());
    const open = async () => ({
      engine: (await openDeps(former, claims, 0)).ok,
      poll: (await openCollecting(former, claims.lost, () => false)) !== null,
    });
    expect(await open()).toEqual({ engine: true, poll: true });
    await connectSalesforce(workspace, { sandbox: true, otherOrg: true });
    expect(await open()).toEqual({ engine: false, poll: false });
    await connectSalesforce(workspace, { otherOrg: true });
    expect(await open()).toEqual({ engine: true, poll: true });
    await claims.end();
  });
});
