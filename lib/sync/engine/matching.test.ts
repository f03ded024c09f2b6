import { describe, expect, it } from 'vitest';
import { Ground } from './testing.ts';
import { ann, linked, minute } from './testing-people.ts';

describe('4: matching', () => {
  it('4: a contact that search does not show yet is named by HubSpot’s 409 and linked', async () => {
    const made = new Ground();
    const recordId = made.record('Lead', { Email: ann.email, Company: 'Acme' });
    const contactId = made.contact(ann);
    expect(await made.sync({ recordId }, 'created')).toMatchObject({ contactId });
    expect(made.links()).toMatchObject([{ contactId, recordId }]);
    expect(made.world.account.contacts.size).toBe(1);
  });

  it('4: an unlinked record whose contact is linked elsewhere: other_record_used, with the warning', async () => {
    const { made, recordId } = await linked();
    const second = made.record('Lead', { Email: ann.email, Company: 'Acme' });
    expect(await made.sync({ recordId: second }, 'created')).toMatchObject({
      result: 'SKIPPED',
      reason: 'other_record_used',
      warnings: ['several_records'],
    });
    expect(made.links()).toMatchObject([{ recordId }]);
  });

  it('4: two new records with one address make one contact', async () => {
    const made = new Ground();
    const leadId = made.record('Lead', { Email: ann.email, Company: 'Acme' });
    const recordId = made.record('Contact', { Email: ann.email });
    await made.trigger({ recordId: leadId }, 'created');
    await made.trigger({ recordId }, 'created');
    await made.work();
    made.world.advance(minute);
    await made.work();
    expect(made.world.account.contacts.size).toBe(1);
    expect(made.links()).toMatchObject([{ recordId }]);
    expect(made.outcomes().map(({ result, reason }) => reason ?? result)).toEqual([
      'CREATED',
      'other_record_used',
    ]);
  });
});
