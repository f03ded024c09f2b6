import { describe, expect, it } from 'vitest';
import { db } from '#lib/core/db.ts';
import { defaultMappings } from '#lib/mappings/default-mappings.ts';
import { mappingsAsOf } from '#lib/mappings/server/index.ts';
import { addUser, moveClock } from '#lib/testing/database.ts';
import {
  add,
  change,
  endsOf,
  link,
  list,
  mobile,
  putBack,
  type Row,
  remembered,
  remove,
  rowOf,
  simulators,
  testMappings,
  workspace,
} from './testing.ts';

testMappings();

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

  it('logs what a write under way may have overwritten, by the fields that the mapping had', async () => {
    const title = rowOf(await list(), 'jobtitle');
    const phone = rowOf(await add(mobile), 'mobilephone');
    const [lead, contact] = [await link('LEAD', [title.id]), await link('CONTACT', [phone.id])];
    const at = '2026-01-01T00:00:00.000Z';
    const overwrites = (to: string, lost: string) => ({
      ...{ h: 'kept', s: 'kept', to },
      conflict: { lost, hubspotAt: at, salesforceAt: null },
    });
    const intended = async (id: string, pairs: object) =>
      void (await db().link.update({ where: { id }, data: { intended: pairs } }));
    await intended(lead, { [title.id]: overwrites('hubspot', 'Rector') });
    await intended(contact, { [phone.id]: overwrites('salesforce', '22') });
    await change(title.id, { ...endsOf(title), rule: 'DONT_SYNC', version: title.version });
    await change(phone.id, { ...mobile, contactField: 'OtherPhone', version: phone.version });
    const logged = await db().conflict.findMany({
      where: { workspaceId: workspace.workspaceId },
      orderBy: { property: 'asc' },
    });
    const values = { hubspotAt: new Date(at), salesforceAt: null, runId: null };
    expect(logged).toMatchObject([
      {
        ...{ property: 'jobtitle', field: 'Title', mappingId: title.id, winner: 'SALESFORCE' },
        ...{ ...values, hubspotValue: 'Rector', salesforceValue: 'kept' },
      },
      {
        ...{ property: 'mobilephone', field: 'MobilePhone', mappingId: phone.id, winner: 'HUBSPOT' },
        ...{ ...values, hubspotValue: 'kept', salesforceValue: '22' },
      },
    ]);
    const left = await db().link.findMany({
      where: { id: { in: [lead, contact] } },
      select: { intended: true },
    });
    expect(left).toEqual([{ intended: {} }, { intended: {} }]);
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
