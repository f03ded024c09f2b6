import { describe, expect, it } from 'vitest';
import type { Ground } from './testing.ts';
import { inLund, inside, lead, minute, outside, settled } from './testing-people.ts';

/** Something happens right after a call of the Salesforce port, before the engine goes on. */
function afterFindByEmail(made: Ground, happens: () => void): void {
  const { salesforce } = made.deps;
  const { findByEmail } = salesforce;
  salesforce.findByEmail = async (...given) => {
    const answer = await findByEmail(...given);
    happens();
    return answer;
  };
}

/** Criteria that HubSpot alone can evaluate. */
const forms = {
  ...{ filterBranchType: 'OR', filters: [] },
  filterBranches: [
    {
      ...{ filterBranchType: 'AND', filterBranches: [] },
      filters: [{ filterType: 'FORM_SUBMISSION', formId: 'f', operator: 'FILLED_OUT' }],
    },
  ],
};

describe('3: HubSpot is asked at most 60 seconds before the write', () => {
  it('3: whoever left the segment since the answer is not created, though it was a member when it was read', async () => {
    const made = inLund();
    const contactId = made.contact(inside);
    settled(made);
    afterFindByEmail(made, () => {
      made.world.account.update(contactId, { city: 'Oslo' });
      made.world.advance(2 * minute);
    });
    await made.trigger({ contactId }, 'created');
    await made.work();
    expect([made.world.org.all(), made.links()]).toEqual([[], []]);
    expect(made.outcomes().map(({ result }) => result)).not.toContain('CREATED');
  });

  it('3: an answer that is still fresh is not asked for twice', async () => {
    const made = inLund();
    const contactId = made.contact(inside);
    settled(made);
    let asked = 0;
    const { memberships } = made.deps.hubspot;
    made.deps.hubspot.memberships = (ids) => {
      asked += 1;
      return memberships(ids);
    };
    expect(await made.sync({ contactId }, 'created')).toMatchObject({ result: 'CREATED' });
    expect(asked).toBe(1);
  });
});

describe('3: the list itself is asked after the memberships', () => {
  it('3: a segment that was turned into a static one decides nothing: triggers stay open', async () => {
    const made = inLund();
    const contactId = made.contact(inside);
    settled(made);
    made.world.setListState(made.world.listIds[0] ?? '', 'static');
    await made.trigger({ contactId }, 'created');
    expect(await made.work()).toMatchObject({
      kind: 'trouble',
      trouble: { reason: 'inclusion_segment_gone' },
    });
    expect([made.outcomes(), made.world.org.all()]).toEqual([[], []]);
    expect(made.waiting()).toHaveLength(1);
  });

  it('3: segment deleted while a run is on: its answer of no members is not believed, and nothing is written', async () => {
    const made = inLund();
    const contactId = made.contact(inside);
    settled(made);
    const { memberships } = made.deps.hubspot;
    made.deps.hubspot.memberships = async (ids) => {
      made.world.setListState(made.world.listIds[0] ?? '', 'deleted');
      return memberships(ids);
    };
    await made.trigger({ contactId }, 'created');
    expect(await made.work()).toMatchObject({
      kind: 'trouble',
      trouble: { reason: 'inclusion_segment_gone' },
    });
    expect([made.outcomes(), made.world.org.all()]).toEqual([[], []]);
    made.deps.hubspot.memberships = memberships;
    made.world.setListState(made.world.listIds[0] ?? '', 'active');
    settled(made);
    await made.work();
    expect(made.outcomes()).toMatchObject([{ result: 'CREATED' }]);
  });

  it('3: criteria edited while a run is on: whom it read by the former ones waits for the new ones', async () => {
    const made = inLund();
    const contactId = made.contact(inside);
    settled(made);
    const { memberships } = made.deps.hubspot;
    let isEdited = false;
    made.deps.hubspot.memberships = async (ids) => {
      const answer = await memberships(ids);
      if (!isEdited) made.world.editList(made.world.listIds[0] ?? '', 'Malmö');
      isEdited = true;
      // HubSpot is done with it at once.
      made.world.advance(minute);
      return answer;
    };
    await made.trigger({ contactId }, 'created');
    expect(await made.work()).toMatchObject({ kind: 'trouble', trouble: { reason: 'segment_processing' } });
    expect(made.world.org.all()).toEqual([]);
    settled(made);
    await made.work();
    expect(made.outcomes()).toMatchObject([{ reason: 'not_in_segment' }]);
  });
});

describe('3: criteria that only HubSpot can evaluate', () => {
  it('3: a contact that changed in the last 60 seconds waits, then HubSpot’s answer holds', async () => {
    const made = inLund();
    const list = made.world.account.lists.get(made.world.listIds[0] ?? '');
    if (!list) throw new Error('There is no list.');
    list.secret = () => true;
    list.filterBranch = forms;
    const contactId = made.contact(outside);
    // The list is evaluated some seconds after the contact was made.
    made.world.advance(30_000);
    await made.trigger({ contactId }, 'created');
    await made.work();
    expect(made.waiting()).toMatchObject([{ waitsFor: 'membership_unclear' }]);
    settled(made);
    await made.work();
    expect(made.outcomes()).toMatchObject([{ result: 'CREATED', contactId }]);
  });
});

describe('3: the creation exception', () => {
  it('3: lasts, through retries too, until its first sync has ended; then edits wait', async () => {
    const made = inLund();
    const contactId = made.contact(outside);
    const recordId = made.record('Lead', { ...lead, City: 'Oslo' });
    settled(made);
    made.world.faults.add({ crm: 'hubspot', method: 'updateContacts', kind: 'unavailable', times: 2 });
    await made.trigger({ recordId }, 'created');
    expect(await made.work()).toMatchObject({ kind: 'trouble' });
    expect(made.links()).toMatchObject([{ contactId, recordId, openException: true }]);
    for (let tries = 0; tries < 10 && made.waiting().length > 0; tries += 1) {
      settled(made);
      await made.work();
    }
    expect(made.valueOf(contactId, 'firstname')).toBe('Anna');
    expect(made.links()).toMatchObject([{ openException: false }]);
    made.world.org.update(recordId, { FirstName: 'Annika' });
    settled(made);
    expect(await made.sync({ recordId })).toMatchObject({ reason: 'not_in_segment' });
    expect(made.valueOf(contactId, 'firstname')).toBe('Anna');
  });

  it('3: a member that is created by a record gets every field, and the record what HubSpot alone has', async () => {
    const made = inLund();
    const recordId = made.record('Lead', lead);
    settled(made);
    const { contactId } = await made.sync({ recordId }, 'created');
    expect(made.valueOf(contactId ?? '', 'firstname')).toBe('Anna');
    settled(made);
    made.world.account.update(contactId ?? '', { jobtitle: 'CTO' });
    settled(made);
    await made.sync({ contactId: contactId ?? '' });
    expect(made.fieldOf(recordId, 'Title')).toBe('CTO');
  });
});

describe('3: import', () => {
  it('3: import of a record without an address: no_email', async () => {
    const made = inLund();
    const recordId = made.record('Lead', { Company: 'Acme' });
    expect(await made.sync({ recordId }, 'import', { side: 'salesforce' })).toMatchObject({
      reason: 'no_email',
    });
    expect(made.world.account.contacts.size).toBe(0);
  });

  it('3: import, member by joining later: what was left blank comes then', async () => {
    const made = inLund();
    const recordId = made.record('Lead', lead);
    const { contactId } = await made.sync({ recordId }, 'import', { side: 'salesforce' });
    expect(made.valueOf(contactId ?? '', 'firstname')).toBeNull();
    made.world.account.update(contactId ?? '', { city: 'Lund' });
    settled(made);
    await made.sync({ contactId: contactId ?? '' }, 'joined');
    expect(made.valueOf(contactId ?? '', 'firstname')).toBe('Anna');
  });
});
