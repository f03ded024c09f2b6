import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { importSchema } from '#lib/imports/schemas.ts';
import { runImport } from '#lib/imports/server/index.ts';
import { chooseSegment } from '#lib/sync/testing.ts';
import { moveClock } from '#lib/testing/database.ts';
import { POST as finish } from './[id]/finish/route.ts';
import { POST as resume } from './[id]/resume/route.ts';
import { POST as start } from './[id]/start/route.ts';
import { POST as stop } from './[id]/stop/route.ts';
import { GET as options } from './route.ts';
import {
  addContact,
  call,
  campaignOf,
  contactsWith,
  context,
  counted,
  inCampaign,
  member,
  peopleOf,
  post,
  runToEnd,
  simulators,
  testImports,
  viewOf,
  workspace,
} from './testing.ts';

testImports();

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
