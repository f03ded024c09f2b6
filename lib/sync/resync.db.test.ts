import { beforeAll, describe, expect, it } from 'vitest';
import { hubspotFor, salesforceFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import type { HubSpotContact, SalesforceRecord } from '#lib/crm/ports.ts';
import { type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { type Simulator, testSimulators } from '#lib/testing/simulators.ts';
import { unpackShadow } from './kept-shadow.ts';
import type { Forecast, Run } from './schemas.ts';
import { forecastResync } from './server/index.ts';
import { chooseSegment, connectedWorkspace, listIdOf, resync, salesReady } from './testing.ts';

type RequestReport = Awaited<ReturnType<Simulator['requests']>>;

testDatabase();
const simulators = testSimulators();

let workspace: TestWorkspace;
let members: HubSpotContact[];
let recordsBefore: SalesforceRecord[][];
let forecast: Forecast;
let first: Run;
let report: RequestReport;
let hubspotWrites: RequestReport['writes'];

const addressOf = (contact: HubSpotContact) => contact.values.email?.toLowerCase() ?? '';

async function readMembers(listId: string): Promise<HubSpotContact[]> {
  const hubspot = await hubspotFor(workspace.workspaceId);
  if (!hubspot.ok) throw new Error(hubspot.failure.kind);
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const page = await hubspot.value.members(listId, after);
    if (!page.ok) throw new Error(page.failure.kind);
    ids.push(...page.value.ids);
    after = page.value.after;
  } while (after !== null);
  const contacts = await hubspot.value.readContacts(ids, ['email', 'lastname', 'company']);
  if (!contacts.ok) throw new Error(contacts.failure.kind);
  return contacts.value.flatMap((contact) => contact ?? []);
}

/** What Salesforce holds for each member, in order. */
async function readRecords(): Promise<SalesforceRecord[][]> {
  const salesforce = await salesforceFor(workspace.workspaceId);
  if (!salesforce.ok) throw new Error(salesforce.failure.kind);
  const found = await salesforce.value.findByEmail(members.map(addressOf), {
    Lead: ['OwnerId', 'Company'],
    Contact: ['OwnerId'],
  });
  if (!found.ok) throw new Error(found.failure.kind);
  return found.value;
}

beforeAll(async () => {
  const { current } = simulators;
  workspace = await connectedWorkspace(current);
  const listId = await listIdOf(workspace.workspaceId, salesReady);
  await chooseSegment(workspace, listId);
  members = await readMembers(listId);
  recordsBefore = await readRecords();
  const asked = await forecastResync(workspace.actor);
  if (!asked.ok) throw new Error(asked.failure.code);
  forecast = asked.value;
  const before = await current.salesforce.requests();
  first = await resync(workspace, current);
  report = await current.salesforce.requests();
  report = { ...report, total: report.total - before.total };
  hubspotWrites = (await current.hubspot.requests()).writes;
});

const lacks = (contact: HubSpotContact) => !contact.values.lastname || !contact.values.company;

describe('2, 9: a first resync of about 500 members', () => {
  it('gives everybody exactly one outcome', async () => {
    const outcomes = await db().outcome.findMany({ where: { runId: first.id } });
    expect(first).toMatchObject({ status: 'DONE', total: members.length, processed: members.length });
    expect(new Set(outcomes.map(({ contactId }) => contactId))).toEqual(new Set(members.map(({ id }) => id)));
    expect(outcomes).toHaveLength(members.length);
  });

  it('creates one record for each who has an address and the required fields, and none else', async () => {
    const after = await readRecords();
    for (const [position, contact] of members.entries()) {
      const existed = recordsBefore[position]?.length ?? 0;
      const isCreated = addressOf(contact) !== '' && existed === 0 && !lacks(contact);
      expect(after[position]?.length, addressOf(contact)).toBe(isCreated ? 1 : existed);
    }
    expect(report.writes).toMatchObject({ created: first.created, deleted: 0 });
  });

  it('gains no record for the hundred that are in Salesforce, ten of them twice', async () => {
    const counts = recordsBefore.map((records) => records.length);
    expect(counts.filter((count) => count > 0)).toHaveLength(100);
    expect(counts.filter((count) => count === 2)).toHaveLength(10);
    const warned = await db().outcome.count({
      where: { runId: first.id, warnings: { has: 'several_records' } },
    });
    expect(warned).toBe(10);
  });

  it('links all of them, each record to one contact', async () => {
    const links = await db().link.findMany({ where: { workspaceId: workspace.workspaceId, endedAt: null } });
    expect(links).toHaveLength(first.created + 100);
    expect(new Set(links.map(({ recordId }) => recordId)).size).toBe(links.length);
    const origins = (origin: string) => links.filter((link) => link.origin === origin).length;
    expect([origins('CREATED'), origins('MATCHED')]).toEqual([first.created, 100]);
    expect(await db().intent.count({ where: { state: 'OPEN' } })).toBe(0);
  });

  it('lists who can’t sync with the reason, and sends nothing for them', async () => {
    const by = (where: object) => db().outcome.findMany({ where: { runId: first.id, ...where } });
    const noEmail = await by({ reason: 'no_email' });
    expect(noEmail.map(({ contactId }) => contactId).sort()).toEqual(
      members
        .filter((contact) => addressOf(contact) === '')
        .map(({ id }) => id)
        .sort(),
    );
    const missing = await by({ code: 'REQUIRED_FIELD_MISSING' });
    expect(missing.map(({ contactId }) => contactId).sort()).toEqual(
      members
        .filter((contact, at) => lacks(contact) && addressOf(contact) !== '' && !recordsBefore[at]?.length)
        .map(({ id }) => id)
        .sort(),
    );
    for (const outcome of missing) {
      expect(outcome).toMatchObject({ result: 'FAILED', category: 'values' });
      expect(outcome.message).toMatch(/^Required fields are missing: \[(LastName|Company)\]$/);
    }
  });

  it('touches nobody else', async () => {
    const ids = new Set(members.map(({ id }) => id));
    const outcomes = await db().outcome.findMany({ where: { runId: first.id } });
    expect(outcomes.every(({ contactId }) => contactId !== null && ids.has(contactId))).toBe(true);
    const toHubSpot = outcomes.filter(({ direction }) => direction !== 'TO_SALESFORCE');
    expect(hubspotWrites).toEqual({ created: 0, changed: toHubSpot.length, deleted: 0 });
    expect(toHubSpot.length).toBeGreaterThan(0);
  });

  it('takes at most 15 Salesforce API calls and counts them', () => {
    const uncounted = ['oauth', '/id/'];
    const calls = report.requests
      .slice(-report.total)
      .filter(({ path }) => !uncounted.some((part) => path.includes(part)));
    expect(calls.length).toBeLessThanOrEqual(15);
    expect(first.salesforceCalls).toBe(calls.length);
    expect(first.hubspotCalls).toBeGreaterThan(0);
  });

  it('does what its forecast said', () => {
    expect(forecast).toEqual({
      contacts: members.length,
      newRecords: first.created,
      updates: first.updated,
      salesforceCalls: first.salesforceCalls,
      creates: 'lead',
    });
  });

  it('remembers what both sides agreed on', async () => {
    const links = await db().link.findMany({ where: { workspaceId: workspace.workspaceId } });
    const email = await db().mapping.findFirstOrThrow({ where: { hubspotProperty: 'email' } });
    for (const link of links) {
      const shadow = unpackShadow(link.shadow)[email.id];
      expect(shadow?.h?.toLowerCase()).toBe(shadow?.s?.toLowerCase());
      expect(link.intended).toBeNull();
    }
  });
});

describe('8: echo: a second resync right after', () => {
  it('writes nothing in either system', async () => {
    const { current } = simulators;
    const before = [(await current.salesforce.requests()).writes, (await current.hubspot.requests()).writes];
    const second = await resync(workspace, current);
    expect(second).toMatchObject({ status: 'DONE', created: 0, updated: 0, failed: first.failed });
    expect(second.unchanged).toBe(first.created + 100);
    const after = [(await current.salesforce.requests()).writes, (await current.hubspot.requests()).writes];
    expect(after).toEqual(before);
  });
});
