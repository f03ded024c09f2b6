import { beforeAll, describe, expect, it } from 'vitest';
import { unpackChanges } from '#lib/activity/server/index.ts';
import { hubspotFor } from '#lib/connections/server/index.ts';
import { db } from '#lib/core/db.ts';
import { createSalesforce } from '#lib/crm/salesforce/index.ts';
import { accessWith, expectValue } from '#lib/testing/crm.ts';
import { moveClock, type TestWorkspace, testDatabase } from '#lib/testing/database.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { chooseSegment, connectedWorkspace, listIdOf, resync, salesReady } from './testing.ts';

testDatabase();
const simulators = testSimulators();
let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await connectedWorkspace(simulators.current);
  await chooseSegment(workspace, await listIdOf(workspace.workspaceId, salesReady));
  await resync(workspace, simulators.current);
  await db().mapping.updateMany({ where: { hubspotProperty: 'jobtitle' }, data: { rule: 'TWO_WAY' } });
});

describe('sync rules, section 5: both sides of a two-way field changed', () => {
  it('the later value wins, whenever the contact changed otherwise, and its time is kept', async () => {
    const { current } = simulators;
    const hubspot = expectValue(await hubspotFor(workspace.workspaceId));
    const person = await current.salesforce.tokens({ user: 'maya.lindqvist@northwind.example' });
    const salesforce = createSalesforce(accessWith(current.salesforce.url, [person.accessToken]));
    const [link] = await db().link.findMany({ where: { object: 'LEAD', origin: 'MATCHED' }, take: 1 });
    if (!link) throw new Error('nobody was matched with a Lead');
    const id = link.contactId;
    const write = async (values: Record<string, string>) => {
      expectValue(await hubspot.updateContacts([{ id, values }]));
      await moveClock(5_000, current);
    };
    await write({ jobtitle: 'By HubSpot' });
    const change = { id: link.recordId, object: 'Lead' as const, values: { Title: 'By Salesforce' } };
    expect(expectValue(await salesforce.updateRecords([change]))).toMatchObject([{ ok: true }]);
    await moveClock(5_000, current);
    await write({ mobilephone: '+46 40 123' });

    const run = await resync(workspace, current);
    expect(run).toMatchObject({ status: 'DONE', updated: 1 });
    const [contact] = expectValue(await hubspot.readContacts([id], ['jobtitle']));
    expect(contact?.values.jobtitle).toBe('By Salesforce');
    const outcome = await db().outcome.findFirstOrThrow({
      where: { runId: run.id, result: 'UPDATED' },
      include: { run: true },
    });
    const [conflict] = unpackChanges(outcome, outcome.run).flatMap((change) => change.conflict ?? []);
    expect(conflict).toMatchObject({ lost: 'By HubSpot' });
    const timeOf = (text: string | null | undefined) => Date.parse(text ?? '');
    expect(timeOf(conflict?.hubspotAt)).toBeLessThan(timeOf(conflict?.salesforceAt));
  });
});
