import { describe, expect, it } from 'vitest';
import { Ground } from './testing.ts';
import { ann, linked, minute, settled } from './testing-people.ts';

const failuresOf = (outcome: { changes: { property: string; failure?: { code: string } | undefined }[] }) =>
  outcome.changes.flatMap(({ property, failure }) => (failure ? [[property, failure.code]] : []));

const mappingOf = (made: Ground, property: string) =>
  made.world.db.mappings.find(({ hubspotProperty }) => hubspotProperty === property)?.id ?? '';

describe('1: outcomes', () => {
  it('1: a person of whom one field failed is updated, with that field in the list; failed only if nothing was written', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.org.update(recordId, { Email: 'bo@x.example', Phone: '7' });
    made.contact({ ...ann, email: 'bo@x.example' });
    settled(made);
    const both = await made.sync({ recordId });
    expect([both.result, failuresOf(both)]).toEqual(['UPDATED', [['email', 'email_in_use']]]);
    const again = await made.sync({ contactId });
    expect([again.result, failuresOf(again)]).toEqual(['FAILED', [['email', 'email_in_use']]]);
  });

  it('7: a run has one outcome per person, though several things asked', async () => {
    const { made, contactId, recordId } = await linked();
    for (const kind of ['changed', 'joined', 'sync_now'] as const) await made.trigger({ contactId }, kind);
    await made.trigger({ recordId }, 'changed');
    const before = made.outcomes().length;
    await made.work();
    expect(made.outcomes().slice(before)).toHaveLength(1);
    expect(made.waiting()).toEqual([]);
  });
});

describe('1: shadows', () => {
  it('1: a shadow belongs to a mapping: re-pointed, removed or set to Don’t sync it is dropped', async () => {
    for (const change of ['removed', 'dont_sync'] as const) {
      const { made, contactId } = await linked();
      const id = mappingOf(made, 'phone');
      expect(made.links()[0]?.shadow[id]).toBeDefined();
      const { mappings } = made.world.db;
      made.world.db.mappings =
        change === 'removed'
          ? mappings.filter((mapping) => mapping.id !== id)
          : mappings.map((mapping) => (mapping.id === id ? { ...mapping, rule: 'DONT_SYNC' } : mapping));
      made.world.account.update(contactId, { jobtitle: 'CTO' });
      await made.sync({ contactId });
      expect(made.links()[0]?.shadow[id]).toBeUndefined();
    }
  });

  it('1: what both agreed on is kept as each side returned it', async () => {
    const { made, contactId, recordId } = await linked({ ...ann, annualrevenue: '10.004' } as typeof ann);
    const shadow = made.links()[0]?.shadow[mappingOf(made, 'annualrevenue')];
    expect(shadow).toMatchObject({ h: '10.004' });
    await made.sync({ contactId });
    expect(made.links()[0]?.shadow[mappingOf(made, 'annualrevenue')]).toMatchObject({ h: '10.004', s: '10' });
    expect(made.fieldOf(recordId, 'AnnualRevenue')).toBe('10');
  });
});

describe('5: writing', () => {
  it('5: a value that HubSpot silently does not take is a failed field; the others go over', async () => {
    const { made, contactId, recordId } = await linked();
    const { updateContacts } = made.deps.hubspot;
    made.deps.hubspot.updateContacts = (changes) =>
      updateContacts(
        changes.map(({ id, values: { jobtitle: _ignored, ...values } }) => ({ id, values })),
      ).then((answer) =>
        answer.ok
          ? {
              ok: true,
              value: answer.value.map((each) =>
                each.ok
                  ? { ok: true, value: { ...each.value, values: { jobtitle: null, ...each.value.values } } }
                  : each,
              ),
            }
          : answer,
      );
    made.world.org.update(recordId, { Title: 'CTO', Phone: '7' });
    made.world.advance(minute);
    const outcome = await made.sync({ recordId });
    expect([outcome.result, failuresOf(outcome)]).toEqual(['UPDATED', [['jobtitle', 'value_not_taken']]]);
    expect(made.valueOf(contactId, 'phone')).toBe('7');
    expect(made.links()[0]?.shadow[mappingOf(made, 'jobtitle')]).not.toMatchObject({ s: 'CTO' });
  });

  it('5: what the assignment rule chose is the owner’s first shadow: it is no change of anybody', async () => {
    const made = new Ground();
    made.world.org.assignsTo = made.world.org.adminId;
    const contactId = made.contact(ann);
    settled(made);
    const { recordId } = await made.sync({ contactId }, 'created');
    expect(made.fieldOf(recordId ?? '', 'OwnerId')).toBe(made.world.org.adminId);
    settled(made);
    await made.sync({ contactId });
    expect(made.world.db.conflicts.where(({ property }) => property === 'hubspot_owner_id')).toEqual([]);
    expect(made.fieldOf(recordId ?? '', 'OwnerId')).toBe(made.world.org.adminId);
  });

  it('5: only fields that really differ are written', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.org.update(recordId, { Phone: '7' });
    made.world.advance(minute);
    const sent: string[] = [];
    const { updateContacts } = made.deps.hubspot;
    made.deps.hubspot.updateContacts = (changes) => {
      sent.push(...changes.flatMap(({ values }) => Object.keys(values)));
      return updateContacts(changes);
    };
    await made.sync({ contactId });
    expect(sent).toEqual(['phone']);
  });
});
