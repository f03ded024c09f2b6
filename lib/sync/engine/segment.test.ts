import { describe, expect, it } from 'vitest';
import { inLund, inside, lead, outside, settled } from './testing-people.ts';

describe('3: import', () => {
  it('3: import, outside: a contact with its e-mail alone, and every other property stays blank', async () => {
    const made = inLund();
    const recordId = made.record('Lead', { ...lead, City: 'Oslo' });
    expect(await made.sync({ recordId }, 'import', { side: 'salesforce' })).toMatchObject({
      result: 'CREATED',
    });
    const [link] = made.links();
    expect(link).toMatchObject({ origin: 'IMPORT', importOnly: true });
    expect(made.valueOf(link?.contactId ?? '', 'email')).toBe('ann@x.example');
    expect(made.valueOf(link?.contactId ?? '', 'firstname')).toBeNull();
  });

  it('3: import, outside, the contact is there: linked and left as it is', async () => {
    const made = inLund();
    const contactId = made.contact(outside);
    const recordId = made.record('Lead', lead);
    settled(made);
    await made.sync({ recordId }, 'import', { side: 'salesforce' });
    expect(made.links()).toMatchObject([{ contactId, recordId, importOnly: true }]);
    expect(made.valueOf(contactId, 'firstname')).toBe('Ann');
    expect(made.fieldOf(recordId, 'FirstName')).toBe('Anna');
  });

  it('3: import, member: the rest is synced too, whatever the setting says of Salesforce changes', async () => {
    const made = inLund();
    made.world.db.changeSetting('salesforceChanges', 'do_nothing');
    const contactId = made.contact(inside);
    const recordId = made.record('Lead', lead);
    settled(made);
    await made.sync({ recordId }, 'import', { side: 'salesforce' });
    expect(made.valueOf(contactId, 'firstname')).toBe('Anna');
  });
});

describe('3: what HubSpot says of a segment', () => {
  it('3: nothing is decided while the list is processed: triggers stay open', async () => {
    const made = inLund();
    const contactId = made.contact(inside);
    settled(made);
    made.world.editList(made.world.listIds[0] ?? '', 'Malmö');
    await made.trigger({ contactId }, 'changed');
    expect(await made.work()).toMatchObject({ kind: 'trouble', trouble: { reason: 'segment_processing' } });
    expect(made.outcomes()).toEqual([]);
    expect(made.waiting()).toHaveLength(1);
  });

  it('3: whoever our own reading puts elsewhere waits, at most 15 minutes; then HubSpot’s answer holds', async () => {
    const made = inLund();
    const contactId = made.contact(outside);
    settled(made);
    // HubSpot evaluates its lists when they are looked at, a while after the change.
    await made.deps.hubspot.memberships([contactId]);
    made.world.account.update(contactId, { city: 'Lund' });
    await made.trigger({ contactId }, 'changed');
    await made.work();
    expect(made.waiting()).toMatchObject([{ waitsFor: 'membership_unclear' }]);
    settled(made);
    await made.work();
    expect(made.waiting()).toEqual([]);
    expect(made.outcomes()).toMatchObject([{ result: 'CREATED' }]);
  });

  it('3: after 15 minutes of disagreement HubSpot’s answer holds', async () => {
    const made = inLund();
    const list = made.world.account.lists.get(made.world.listIds[0] ?? '');
    const contactId = made.contact(inside);
    settled(made);
    if (list) list.secret = () => false;
    made.world.account.update(contactId, { phone: '1' });
    settled(made);
    await made.trigger({ contactId }, 'changed');
    await made.work();
    for (let minute = 0; minute < 14; minute += 2) {
      settled(made);
      await made.work();
      expect(made.outcomes()).toEqual([]);
    }
    settled(made);
    await made.work();
    expect(made.outcomes()).toMatchObject([{ reason: 'not_in_segment' }]);
  });

  it('7: while a switch waits, those who pass one gate alone stay open until it is over', async () => {
    const made = inLund();
    const contactId = made.contact(outside);
    settled(made);
    made.world.db.changeSetting('inclusionListId', made.world.listIds[2] ?? null);
    await made.trigger({ contactId }, 'changed');
    await made.work();
    expect(made.waiting()).toMatchObject([{ waitsFor: 'switch_waits' }]);
    made.world.advance(90_000);
    await made.work();
    expect(made.outcomes()).toMatchObject([{ result: 'CREATED' }]);
  });
});
