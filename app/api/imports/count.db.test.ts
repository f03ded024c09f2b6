import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { runImportCount } from '#lib/imports/server/index.ts';
import { salesReady } from '#lib/sync/testing.ts';
import { GET as exportPeople } from './[id]/people/export/route.ts';
import { POST as start } from './[id]/start/route.ts';
import { GET as options } from './route.ts';
import {
  ask,
  call,
  campaignOf,
  context,
  counted,
  inCampaign,
  peopleOf,
  post,
  send,
  simulators,
  testImports,
  viewOf,
  workspace,
} from './testing.ts';

testImports();

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
