import { describe, expect, it } from 'vitest';
import { Ground } from './testing.ts';
import { ann, linked, minute } from './testing-people.ts';

describe('8: the inbox', () => {
  it('8: what the record itself causes is tried again every 30 minutes, and on its own', async () => {
    const made = new Ground();
    const contactId = made.contact({ email: 'ann@x.example', lastname: 'Berg' });
    made.world.advance(minute);
    expect(await made.sync({ contactId }, 'created')).toMatchObject({ code: 'REQUIRED_FIELD_MISSING' });
    expect(made.waiting()).toMatchObject([{ contactId, causes: [{ kind: 'retry', source: 'engine' }] }]);
    made.world.account.update(contactId, { company: 'Acme' });
    expect(await made.work()).toMatchObject({ kind: 'empty' });
    made.world.advance(31 * minute);
    await made.work();
    expect(made.outcomes().at(-1)).toMatchObject({ result: 'CREATED', causes: [{ kind: 'retry' }] });
    expect(made.world.db.runs.where(() => true).map(({ kind }) => kind)).toEqual(['POLL', 'RETRY']);
  });

  it('8: from 75 % of the allocation on nothing is tried again by itself', async () => {
    const made = new Ground();
    const contactId = made.contact({ email: 'ann@x.example', lastname: 'Berg' });
    made.world.advance(minute);
    await made.sync({ contactId }, 'created');
    made.world.db.budget = 'low';
    made.world.advance(31 * minute);
    await made.work();
    expect(made.outcomes()).toHaveLength(1);
    expect(made.waiting()).toMatchObject([{ waitsFor: 'budget_used_up' }]);
    expect(await made.sync({ contactId }, 'retry', { side: 'person', source: 'person' })).toMatchObject({
      result: 'FAILED',
    });
  });

  it('8: paused, used up or held, everything stays open and says why', async () => {
    for (const reason of ['paused', 'budget_used_up', 'held']) {
      const made = new Ground();
      const contactId = made.contact(ann);
      made.world.db.changeSetting('paused', reason === 'paused');
      if (reason === 'budget_used_up') made.world.db.budget = 'used_up';
      made.isHeld = reason === 'held';
      await made.trigger({ contactId }, 'created');
      expect(await made.work()).toMatchObject({ kind: 'trouble', trouble: { reason } });
      expect([made.outcomes(), made.world.org.all()]).toEqual([[], []]);
      expect(made.waiting()).toHaveLength(1);
    }
  });

  it('8: a record that somebody holds, though alone in its batch, waits itself and nobody else does', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.account.update(contactId, { jobtitle: 'Dean' });
    made.world.org.locks.set(recordId, 1);
    made.world.advance(minute);
    await made.trigger({ contactId }, 'changed');
    expect(await made.work()).toMatchObject({ kind: 'empty' });
    expect(made.waiting()).toMatchObject([{ contactId, waitsFor: 'record_locked', attempts: 1 }]);
    expect(made.world.db.runs.all().map(({ reason }) => reason)).toEqual([null, null]);
    made.world.advance(minute);
    await made.work();
    expect(made.waiting()).toEqual([]);
    expect(made.fieldOf(recordId, 'Title')).toBe('Dean');
  });

  it('8: a creation that is refused for a passing reason, though alone in its batch, waits itself', async () => {
    const made = new Ground();
    const contactId = made.contact(ann);
    made.world.advance(minute);
    made.world.faults.add({ crm: 'salesforce', method: 'createRecords', kind: 'lockedRow' });
    await made.trigger({ contactId }, 'created');
    expect(await made.work()).toMatchObject({ kind: 'empty' });
    expect(made.waiting()).toMatchObject([{ contactId, waitsFor: 'record_locked' }]);
    made.world.advance(minute);
    await made.work();
    expect(made.outcomes()).toMatchObject([{ result: 'CREATED' }]);
  });

  it('8: a record’s row and its contact’s are one person: one outcome closes both', async () => {
    const { made, contactId, recordId } = await linked();
    await made.trigger({ recordId }, 'changed');
    await made.trigger({ contactId }, 'changed');
    expect(made.waiting()).toHaveLength(1);
    await made.work();
    expect(made.outcomes().slice(1)).toMatchObject([
      { contactId, causes: [{ side: 'salesforce' }, { side: 'hubspot' }] },
    ]);
  });

  it('8: echo: a run that finds both sides as their shadows say writes nothing, nor do our own writes differ from what was seen', async () => {
    const { made, contactId, recordId } = await linked();
    const writes = made.world.trace.length;
    expect(await made.sync({ contactId })).toMatchObject({ result: 'UNCHANGED' });
    expect(await made.sync({ recordId })).toMatchObject({ result: 'UNCHANGED' });
    expect(made.world.trace.slice(writes).filter(({ kind }) => kind === 'write')).toEqual([]);
  });
});
