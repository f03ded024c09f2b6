import { describe, expect, it } from 'vitest';
import { startCursor } from '../schemas.ts';
import { runPass } from './run-pass.ts';
import { openSession } from './session.ts';
import { Ground } from './testing.ts';

const minute = 60_000;
const ann = { email: 'ann@x.example', lastname: 'Berg', company: 'Acme', jobtitle: 'One', city: 'Lund' };

async function linked(
  made: Ground,
  values: Record<string, string> = ann,
): Promise<{ contactId: string; recordId: string }> {
  const contactId = made.contact(values);
  made.world.advance(minute);
  const { recordId } = await made.sync({ contactId }, 'created');
  made.world.advance(minute);
  return { contactId, recordId: recordId ?? '' };
}

/** Somebody whose value in HubSpot was to be overwritten by a write that got no answer. */
async function lostAnswer(kind: 'cutAfter' | 'timeout') {
  const made = new Ground();
  const { contactId, recordId } = await linked(made);
  const title = made.world.db.mappings.find(({ hubspotProperty }) => hubspotProperty === 'jobtitle');
  made.world.db.changeRule(title?.id ?? '', 'TWO_WAY');
  made.world.account.update(contactId, { jobtitle: 'Lost' });
  made.world.advance(2_000);
  made.world.org.update(recordId, { Title: 'Kept' });
  made.world.advance(minute);
  made.world.faults.add({ crm: 'hubspot', kind, method: 'updateContacts' });
  await made.trigger({ contactId, recordId }, 'changed');
  await made.work();
  expect(made.valueOf(contactId, 'jobtitle')).toBe(kind === 'cutAfter' ? 'Kept' : 'Lost');
  const logged = () => made.world.db.conflicts.where(({ hubspotValue }) => hubspotValue === 'Lost');
  return { made, logged, contactId, recordId };
}

describe('named regressions', () => {
  it('7: a mapping that is set to “Don’t sync” while a run is under way is not synced by its next batch', async () => {
    const made = new Ground();
    made.world.account.pageSize = 1;
    const people = [await linked(made), await linked(made, { ...ann, email: 'bo@x.example' })];
    for (const { contactId } of people) made.world.account.update(contactId, { jobtitle: 'Two' });
    made.world.advance(minute);
    const title = made.world.db.mappings.find(({ hubspotProperty }) => hubspotProperty === 'jobtitle');
    made.world.db.changeRule(title?.id ?? '', 'TWO_WAY');
    const run = await made.deps.store.transaction((tx) => tx.openInboxRun('POLL', 1, made.world.clock.now()));
    const session = await openSession({ ...made.deps, atOnce: 1 }, run, 0);
    if (!session.ok) throw new Error(session.failure.reason);
    let batches = 0;
    await runPass(session.value, startCursor, async () => {
      batches += 1;
      // Asked before each group, and once more within it.
      if (batches === 3) made.world.db.changeRule(title?.id ?? '', 'DONT_SYNC');
      return 'go';
    });
    expect(people.map(({ recordId }) => made.fieldOf(recordId, 'Title'))).toEqual(['Two', 'One']);
  });

  it('9: what a write has overwritten whose answer got lost is logged, though it has put the contact outside', async () => {
    const made = new Ground();
    made.chooseCity();
    const { contactId, recordId } = await linked(made);
    made.world.org.update(recordId, { City: 'Oslo' });
    made.world.account.update(contactId, { jobtitle: 'Lost' });
    made.world.org.update(recordId, { Title: 'Kept' });
    made.world.advance(minute);
    made.world.faults.add({ crm: 'hubspot', kind: 'cutAfter', method: 'updateContacts' });
    await made.trigger({ contactId, recordId }, 'changed');
    await made.work();
    made.world.advance(20 * minute);
    await made.work();
    expect(made.outcomes().at(-1)).toMatchObject({ reason: 'not_in_segment' });
    const logged = () => made.world.db.conflicts.where(({ property }) => property === 'jobtitle');
    expect(logged()).toMatchObject([{ hubspotValue: 'Lost', salesforceValue: 'Kept' }]);
    await made.sync({ contactId });
    expect(logged()).toHaveLength(1);
  });

  it('9: what a write has overwritten whose answer got lost is logged, though its field is hidden until the next one', async () => {
    const made = new Ground();
    const { contactId, recordId } = await linked(made);
    made.world.account.update(contactId, { jobtitle: 'Lost' });
    made.world.org.update(recordId, { Title: 'Kept' });
    made.world.advance(minute);
    made.world.faults.add({ crm: 'hubspot', kind: 'cutAfter', method: 'updateContacts' });
    await made.trigger({ contactId, recordId }, 'changed');
    await made.work();
    expect(made.valueOf(contactId, 'jobtitle')).toBe('Kept');
    made.world.org.schema.hide('Lead', 'Title');
    made.world.account.update(contactId, { phone: '1' });
    made.world.advance(20 * minute);
    await made.work();
    expect(made.fieldOf(recordId, 'Phone')).toBe('1');
    const logged = () => made.world.db.conflicts.where(({ property }) => property === 'jobtitle');
    expect(logged()).toMatchObject([{ hubspotValue: 'Lost', salesforceValue: 'Kept' }]);
    // What both agreed on by that write is still known: the field was emptied, and never was blank before.
    made.world.org.update(recordId, { Title: null });
    made.world.org.schema.giveBack('Lead', 'Title');
    await made.sync({ contactId });
    expect(made.valueOf(contactId, 'jobtitle')).toBeNull();
    expect(logged()).toHaveLength(1);
  });

  it('9: what a write has overwritten whose answer got lost is logged, though the value was changed and the next write fails', async () => {
    const { made, logged, contactId, recordId } = await lostAnswer('cutAfter');
    made.world.account.update(contactId, { jobtitle: 'Once more' });
    made.world.advance(minute);
    made.world.faults.add({ crm: 'salesforce', kind: 'authLost', method: 'updateRecords' });
    await made.trigger({ contactId, recordId }, 'changed');
    await made.work();
    made.world.advance(20 * minute);
    await made.work();
    expect(made.fieldOf(recordId, 'Title')).toBe('Once more');
    expect(logged()).toMatchObject([{ hubspotValue: 'Lost', salesforceValue: 'Kept' }]);
  });

  it('9: what a write overwrites that arrives after the next one was refused is logged', async () => {
    const { made, logged, contactId, recordId } = await lostAnswer('timeout');
    made.world.advance(10_000);
    made.world.faults.add({ crm: 'hubspot', kind: 'badRow', method: 'updateContacts' });
    await made.work();
    expect(logged()).toEqual([]);
    made.world.account.update(contactId, { jobtitle: 'Kept' }, 'INTEGRATION');
    await made.sync({ contactId, recordId });
    expect(logged()).toMatchObject([{ hubspotValue: 'Lost', salesforceValue: 'Kept' }]);
  });

  it('4: a contact whose e-mail was emptied and that has an additional address alone gets no record', async () => {
    const made = new Ground();
    const contactId = made.contact(ann);
    const other = made.contact({ ...ann, email: 'bo@x.example' });
    const into = made.world.account.merge(contactId, other);
    made.world.account.update(into, { email: null });
    made.world.advance(minute);
    expect(await made.sync({ contactId: into }, 'created')).toMatchObject({ reason: 'no_email' });
    expect(made.world.org.all()).toEqual([]);
  });

  it('5: an e-mail that was emptied is given back by the side that has it', async () => {
    const made = new Ground();
    const { contactId, recordId } = await linked(made);
    made.world.account.update(contactId, { email: null });
    made.world.advance(minute);
    await made.sync({ contactId });
    expect([made.valueOf(contactId, 'email'), made.fieldOf(recordId, 'Email')]).toEqual([
      ann.email,
      ann.email,
    ]);
  });

  it('3: a contact that left and came back with changes on both sides is merged by the rules', async () => {
    const made = new Ground();
    made.chooseCity();
    const { contactId, recordId } = await linked(made);
    made.world.account.update(contactId, { city: 'Oslo' });
    made.world.advance(minute);
    made.world.org.update(recordId, { Phone: '2' });
    expect(await made.sync({ contactId, recordId })).toMatchObject({ reason: 'not_in_segment' });
    made.world.account.update(contactId, { city: 'Lund', message: 'Hi' });
    made.world.advance(minute);
    await made.sync({ contactId, recordId }, 'joined', { side: 'hubspot' });
    expect([made.valueOf(contactId, 'phone'), made.fieldOf(recordId, 'Phone')]).toEqual(['2', '2']);
    expect(made.fieldOf(recordId, 'Description')).toBe('Hi');
  });

  it('5: field-level security taken away from a mapped field: nothing is deleted, and it goes on once it is back', async () => {
    const made = new Ground();
    const { contactId, recordId } = await linked(made);
    made.world.org.schema.hide('Lead', 'Title');
    made.world.account.update(contactId, { phone: '1' });
    await made.sync({ contactId });
    expect([made.valueOf(contactId, 'jobtitle'), made.fieldOf(recordId, 'Phone')]).toEqual(['One', '1']);
    made.world.org.schema.giveBack('Lead', 'Title');
    made.world.org.update(recordId, { Title: 'Two' });
    made.world.advance(minute);
    await made.sync({ recordId });
    expect(made.valueOf(contactId, 'jobtitle')).toBe('Two');
  });

  it('5: a HubSpot property archived: its mapping takes no part, nothing is deleted in Salesforce', async () => {
    const made = new Ground();
    const { contactId, recordId } = await linked(made);
    made.world.account.properties.delete('jobtitle');
    made.world.account.update(contactId, { phone: '1' });
    await made.sync({ contactId });
    expect([made.fieldOf(recordId, 'Title'), made.fieldOf(recordId, 'Phone')]).toEqual(['One', '1']);
  });

  it('5: a flow that upper-cases what HubSpot has in lower case starts no loop', async () => {
    const made = new Ground();
    made.world.org.flows.push(({ values }) => ({ Title: values.Title?.toUpperCase() ?? null }));
    const { contactId, recordId } = await linked(made);
    expect(made.fieldOf(recordId, 'Title')).toBe('ONE');
    for (let round = 0; round < 2; round += 1) {
      made.world.advance(minute);
      await made.sync({ contactId, recordId });
    }
    const writes = made.world.trace.length;
    made.world.advance(minute);
    expect(await made.sync({ contactId, recordId })).toMatchObject({ result: 'UNCHANGED' });
    expect(made.world.trace.slice(writes).filter(({ kind }) => kind === 'write')).toEqual([]);
  });

  it('5: a write that arrived stays agreed on, however often the other side then fails', async () => {
    const made = new Ground();
    made.world.db.mappings = made.world.db.mappings.map((mapping) => ({
      ...mapping,
      rule: 'TWO_WAY' as const,
    }));
    const recordId = made.record('Lead', { Email: ann.email, Company: 'Acme', Title: 'One', City: 'Oslo' });
    const contactId = made.contact({ email: ann.email, lastname: 'Berg', company: 'Acme', phone: '1' });
    made.world.advance(minute);
    await made.trigger({ contactId }, 'created');
    made.world.faults.add({ crm: 'hubspot', method: 'updateContacts', kind: 'rateLimited', times: 2 });
    for (let tries = 0; tries < 2; tries += 1) {
      expect(await made.work()).toMatchObject({ kind: 'trouble' });
      expect(made.fieldOf(recordId, 'Phone')).toBe('1');
      made.world.advance(minute);
    }
    made.world.account.update(contactId, { phone: '' });
    made.world.advance(minute);
    await made.sync({ contactId });
    expect([made.valueOf(contactId, 'phone'), made.fieldOf(recordId, 'Phone')]).toEqual([null, null]);
    expect(made.valueOf(contactId, 'jobtitle')).toBe('One');
  });

  it('5: decimals cut by a field’s scale agree as they stand', async () => {
    const made = new Ground();
    const { contactId, recordId } = await linked(made, { ...ann, annualrevenue: '10.004' });
    expect(made.fieldOf(recordId, 'AnnualRevenue')).toBe('10');
    expect(await made.sync({ contactId, recordId })).toMatchObject({ result: 'UNCHANGED' });
    expect(made.valueOf(contactId, 'annualrevenue')).toBe('10.004');
  });

  it('6: a contact erased for privacy whose lead is edited afterwards is not made anew', async () => {
    const made = new Ground();
    const { contactId, recordId } = await linked(made);
    made.world.account.erase(contactId);
    await made.sync({ contactId }, 'deleted', { privacy: true });
    made.world.org.update(recordId, { Title: 'Two' });
    made.world.advance(minute);
    expect(await made.sync({ recordId })).toMatchObject({ result: 'SKIPPED' });
    expect([...made.world.account.contacts.keys()]).toEqual([]);
  });
});
