import { describe, expect, it } from 'vitest';
import { nextSeen } from '../seen.ts';
import { Ground } from './testing.ts';
import { ann, linked, minute } from './testing-people.ts';

function useRule(
  made: Ground,
  property: string,
  rule: 'TWO_WAY' | 'PREFER_SALESFORCE' | 'ALWAYS_SALESFORCE',
): void {
  made.world.db.mappings = made.world.db.mappings.map((mapping) =>
    mapping.hubspotProperty === property ? { ...mapping, rule } : mapping,
  );
}

const codesOf = (outcome: { changes: { failure?: { code: string } | undefined }[] }) =>
  outcome.changes.flatMap(({ failure }) => failure?.code ?? []);

describe('5: conflicts', () => {
  it('5: both changed: the later one wins, and the log keeps both values with both times', async () => {
    const { made, contactId, recordId } = await linked();
    useRule(made, 'phone', 'TWO_WAY');
    made.world.org.update(recordId, { Phone: '2' });
    made.world.advance(minute);
    made.world.account.update(contactId, { phone: '3' });
    await made.sync({ contactId });
    expect(made.fieldOf(recordId, 'Phone')).toBe('3');
    const [conflict] = made.world.db.conflicts.where(() => true);
    expect(conflict).toMatchObject({
      ...{ contactId, recordId, property: 'phone', hubspotValue: '3', salesforceValue: '2' },
      ...{ winner: 'hubspot' },
    });
    expect(conflict?.hubspotAt?.getTime()).toBeGreaterThan(conflict?.salesforceAt?.getTime() ?? 0);
  });

  it('5: Salesforce’s time is that of the modification with which the value was first seen', async () => {
    const { made, contactId, recordId } = await linked();
    useRule(made, 'phone', 'TWO_WAY');
    made.world.org.update(recordId, { Phone: '2' });
    const seen = await made.deps.store.seen('salesforce', [recordId]);
    const former = seen.get(recordId);
    const record = made.world.org.get(recordId);
    const at = new Date(record?.lastModifiedAt ?? 0);
    const fields = nextSeen(former?.fields ?? null, { ...record?.values }, ['Phone'], at);
    await made.deps.store.transaction((tx) =>
      tx.storeSeen('salesforce', [{ id: recordId, fields, modifiedAt: at }], at),
    );
    made.world.advance(minute);
    made.world.account.update(contactId, { phone: '3' });
    made.world.advance(minute);
    // Something else moves the record later than the contact's change.
    made.world.org.update(recordId, { Title: 'CTO' });
    await made.sync({ contactId });
    expect(made.fieldOf(recordId, 'Phone')).toBe('3');
  });

  it('5: a value that is overwritten by its rule at a first sync is logged too', async () => {
    const made = new Ground();
    const contactId = made.contact(ann);
    const recordId = made.record('Lead', { Email: ann.email, Company: 'Acme', Phone: '2' });
    made.world.advance(minute);
    await made.sync({ contactId });
    expect(made.world.db.conflicts.where(({ property }) => property === 'phone')).toMatchObject([
      { recordId, hubspotValue: '1', salesforceValue: '2', winner: 'salesforce' },
    ]);
  });
});

describe('5: writing', () => {
  it('5: a failed field is not sent again until its value changes, or by retry; the others go over', async () => {
    const { made, contactId, recordId } = await linked();
    useRule(made, 'jobtitle', 'TWO_WAY');
    useRule(made, 'phone', 'TWO_WAY');
    let refused = 0;
    const update = made.deps.salesforce.updateRecords.bind(made.deps.salesforce);
    made.deps.salesforce.updateRecords = async (changes) => {
      const answer = await update(
        changes.map(({ values: { Title: _title, ...values }, ...each }) => ({ ...each, values })),
      );
      if (!answer.ok) return answer;
      return {
        ok: true,
        value: answer.value.map((each, position) => {
          if (!('Title' in (changes[position]?.values ?? {}))) return each;
          refused += 1;
          const failure = {
            kind: 'rejected',
            category: 'values',
            code: 'BAD_TITLE',
            fields: ['Title'],
            message: '',
          };
          return { ok: false, failure } as Extract<typeof each, { ok: false }>;
        }),
      };
    };
    made.world.account.update(contactId, { jobtitle: 'CTO', phone: '4' });
    const first = await made.sync({ contactId });
    expect([codesOf(first), refused]).toEqual([['BAD_TITLE'], 1]);
    expect(made.fieldOf(recordId, 'Phone')).toBe('4');
    expect([codesOf(await made.sync({ contactId })), refused]).toEqual([['BAD_TITLE'], 1]);
    made.world.account.update(contactId, { jobtitle: 'CEO' });
    await made.sync({ contactId });
    expect(refused).toBe(2);
    await made.sync({ contactId }, 'sync_now', { side: 'person' });
    expect(refused).toBe(3);
  });

  it('5: an address that another contact holds is not written: email_in_use; the other fields go over', async () => {
    const { made, contactId, recordId } = await linked();
    made.contact({ email: 'bo@x.example', lastname: 'Bo' });
    made.world.org.update(recordId, { Email: 'bo@x.example', Phone: '7' });
    const outcome = await made.sync({ recordId });
    expect(codesOf(outcome)).toEqual(['email_in_use']);
    expect([made.valueOf(contactId, 'email'), made.valueOf(contactId, 'phone')]).toEqual([
      'ann@x.example',
      '7',
    ]);
    expect(made.links()).toHaveLength(1);
  });

  it('5: an address that another record holds is not written: email_in_use', async () => {
    const { made, contactId, recordId } = await linked();
    made.record('Contact', { Email: 'bo@x.example' });
    made.world.account.update(contactId, { email: 'bo@x.example' });
    expect(codesOf(await made.sync({ contactId }))).toEqual(['email_in_use']);
    expect(made.fieldOf(recordId, 'Email')).toBe('ann@x.example');
  });

  it('5: a field written four times to and fro in a day stops for that person, with both writers named', async () => {
    const { made, contactId, recordId } = await linked();
    useRule(made, 'phone', 'TWO_WAY');
    const codes: string[][] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      made.world.advance(minute);
      if (turn % 2 === 0) made.world.account.update(contactId, { phone: `h${turn}` });
      else made.world.org.update(recordId, { Phone: `s${turn}` });
      codes.push(codesOf(await made.sync({ contactId })));
    }
    expect(codes).toEqual([[], [], [], [], ['automation_loop'], ['automation_loop']]);
    expect([made.valueOf(contactId, 'phone'), made.fieldOf(recordId, 'Phone')]).toEqual(['h4', 's5']);
    const [failed] = made.outcomes().at(-1)?.changes ?? [];
    expect(failed?.failure?.message).toBe('HubSpot: CRM_UI · Salesforce: Admin');
    made.world.advance(25 * 60 * minute);
    made.world.account.update(contactId, { phone: 'again' });
    expect(codesOf(await made.sync({ contactId }))).toEqual([]);
  });

  it.each(['PREFER_SALESFORCE', 'ALWAYS_SALESFORCE'] as const)(
    '5: %s: a value that a workflow changes back at every poll is written four times in a day, then it rests',
    async (rule) => {
      const { made, contactId, recordId } = await linked();
      useRule(made, 'phone', rule);
      made.world.org.update(recordId, { Phone: '7' });
      const codes: string[][] = [codesOf(await made.sync({ contactId }))];
      for (let turn = 0; turn < 5; turn += 1) {
        made.world.advance(15 * minute);
        made.world.account.update(contactId, { phone: `workflow ${turn}` }, 'AUTOMATION_PLATFORM');
        codes.push(codesOf(await made.sync({ contactId })));
      }
      expect(codes).toEqual([[], [], [], [], ['automation_loop'], ['automation_loop']]);
      expect(made.valueOf(contactId, 'phone')).toBe('workflow 4');
      const [failed] = made.outcomes().at(-1)?.changes ?? [];
      expect(failed?.failure?.message).toBe('HubSpot: AUTOMATION_PLATFORM · Salesforce: Admin');
      made.world.advance(25 * 60 * minute);
      expect(codesOf(await made.sync({ contactId }))).toEqual([]);
      expect(made.valueOf(contactId, 'phone')).toBe('7');
    },
  );

  it('5: other values that come from Salesforce one after another are no loop', async () => {
    const { made, contactId, recordId } = await linked();
    useRule(made, 'phone', 'PREFER_SALESFORCE');
    for (let turn = 0; turn < 8; turn += 1) {
      made.world.advance(15 * minute);
      made.world.org.update(recordId, { Phone: `${turn}` });
      expect(codesOf(await made.sync({ recordId }))).toEqual([]);
    }
    expect(made.valueOf(contactId, 'phone')).toBe('7');
  });
});

describe('5: after a write', () => {
  it('5: a value that was emptied stays so, though a write without an answer brings the former one after the next', async () => {
    const { made, contactId, recordId } = await linked();
    useRule(made, 'city', 'TWO_WAY');
    made.world.org.update(recordId, { City: 'Oslo', Phone: 's1' });
    made.world.faults.add({ crm: 'hubspot', kind: 'timeout', method: 'updateContacts', times: 2 });
    await made.trigger({ contactId, recordId }, 'changed');
    await made.work();
    made.world.org.update(recordId, { City: null });
    made.world.advance(10_000);
    await made.work();
    made.world.account.update(contactId, { city: 'Oslo' }, 'INTEGRATION');
    made.world.advance(minute);
    await made.sync({ contactId, recordId });
    expect([made.valueOf(contactId, 'city'), made.fieldOf(recordId, 'City')]).toEqual([null, null]);
  });

  it('5: a value that our own unanswered write left is agreed: an edit back to the former value wins', async () => {
    const { made, contactId, recordId } = await linked();
    useRule(made, 'phone', 'TWO_WAY');
    made.world.account.update(contactId, { phone: '2' });
    made.world.faults.add({ crm: 'salesforce', method: 'updateRecords', kind: 'cutAfter' });
    await made.trigger({ contactId }, 'changed');
    await made.work();
    expect(made.fieldOf(recordId, 'Phone')).toBe('2');
    made.world.account.update(contactId, { phone: '1' });
    for (let tries = 0; tries < 20 && made.waiting().length > 0; tries += 1) {
      made.world.advance(minute);
      await made.work();
    }
    expect(made.fieldOf(recordId, 'Phone')).toBe('1');
    expect(made.valueOf(contactId, 'phone')).toBe('1');
    expect(made.world.db.conflicts.where(() => true)).toEqual([]);
  });
});
