import { describe, expect, it } from 'vitest';
import { Ground } from './testing.ts';
import { ann, inLund, linked, minute, outside, settled } from './testing-people.ts';

/** A contact with a main and an additional address, as a merge leaves it. */
function withTwoAddresses(made: Ground, values: Record<string, string> = ann): string {
  const primary = made.contact({ ...values, email: 'main@x.example' });
  return made.world.account.merge(primary, made.contact({ ...values, email: ann.email }));
}

describe('4: matching', () => {
  it('4: a contact’s additional address finds its record, and both keep their address', async () => {
    const made = new Ground();
    const contactId = withTwoAddresses(made);
    const recordId = made.record('Lead', { Email: ann.email, Company: 'Acme' });
    settled(made);
    expect(await made.sync({ contactId }, 'created')).toMatchObject({ recordId, result: 'UPDATED' });
    expect(made.links()).toMatchObject([{ contactId, recordId, origin: 'MATCHED' }]);
    expect([made.valueOf(contactId, 'email'), made.fieldOf(recordId, 'Email')]).toEqual([
      'main@x.example',
      ann.email,
    ]);
  });

  it('4: a record’s address finds the contact that has it as an additional one', async () => {
    const made = new Ground();
    const contactId = withTwoAddresses(made);
    const recordId = made.record('Lead', { Email: ann.email, Company: 'Acme' });
    settled(made);
    expect(await made.sync({ recordId }, 'created')).toMatchObject({ contactId, recordId });
    expect(made.world.account.contacts.size).toBe(1);
    expect([made.valueOf(contactId, 'email'), made.fieldOf(recordId, 'Email')]).toEqual([
      'main@x.example',
      ann.email,
    ]);
  });

  it('4: so too by the creation exception: the pair counts as agreed as it stands', async () => {
    const made = inLund();
    const contactId = withTwoAddresses(made, outside);
    const recordId = made.record('Lead', { Email: ann.email, Company: 'Acme', FirstName: 'Anna' });
    settled(made);
    expect(await made.sync({ recordId }, 'created')).toMatchObject({ contactId, recordId });
    expect(made.valueOf(contactId, 'firstname')).toBe('Anna');
    expect(made.valueOf(contactId, 'email')).toBe('main@x.example');
    expect(made.fieldOf(recordId, 'Email')).toBe(ann.email);
    // Nothing of it was a change of the address: the next sync leaves it alone too.
    made.world.account.update(contactId, { city: 'Lund' });
    settled(made);
    await made.sync({ contactId }, 'joined');
    expect([made.valueOf(contactId, 'email'), made.fieldOf(recordId, 'Email')]).toEqual([
      'main@x.example',
      ann.email,
    ]);
  });

  it('4: so too by an import: what comes when the contact joins leaves both addresses alone', async () => {
    const made = inLund();
    const contactId = withTwoAddresses(made, outside);
    const recordId = made.record('Lead', { Email: ann.email, Company: 'Acme', FirstName: 'Anna' });
    settled(made);
    await made.sync({ recordId }, 'import', { side: 'salesforce' });
    expect(made.links()).toMatchObject([{ contactId, recordId, origin: 'IMPORT' }]);
    made.world.account.update(contactId, { city: 'Lund' });
    settled(made);
    await made.sync({ contactId }, 'joined');
    expect(made.valueOf(contactId, 'firstname')).toBe('Anna');
    expect([made.valueOf(contactId, 'email'), made.fieldOf(recordId, 'Email')]).toEqual([
      'main@x.example',
      ann.email,
    ]);
  });

  it('4: of several hits the Contact before the Lead is taken, with the warning', async () => {
    const made = new Ground();
    const recordId = made.record('Contact', { Email: ann.email });
    made.world.advance(minute);
    made.record('Lead', { Email: ann.email, Company: 'Acme' });
    const contactId = made.contact(ann);
    settled(made);
    expect(await made.sync({ contactId }, 'created')).toMatchObject({
      recordId,
      warnings: ['several_records'],
    });
  });

  it('4: once linked, the link says who a person is, never the address', async () => {
    const { made, contactId, recordId } = await linked();
    const other = made.record('Contact', { Email: 'new@x.example' });
    made.world.org.update(recordId, { Email: 'own@x.example' });
    made.world.advance(minute);
    await made.sync({ recordId });
    expect(made.valueOf(contactId, 'email')).toBe('own@x.example');
    made.world.account.update(contactId, { phone: '9' });
    await made.sync({ contactId });
    expect(made.links()).toMatchObject([{ contactId, recordId }]);
    expect(made.fieldOf(other, 'Phone')).toBeNull();
  });

  it('4: a hit that is linked to someone else is not taken, and nothing is created: address_held', async () => {
    const { made, contactId, recordId } = await linked();
    // Somebody changed the contact's address, and a new contact has the former one.
    made.world.account.update(contactId, { email: 'moved@x.example' });
    const second = made.contact({ ...ann });
    settled(made);
    expect(await made.sync({ contactId: second }, 'created')).toMatchObject({
      ...{ result: 'FAILED', category: 'duplicates', code: 'address_held' },
    });
    expect(made.links()).toMatchObject([{ contactId, recordId }]);
    expect(made.world.org.all()).toHaveLength(1);
  });
});

describe('4: creating', () => {
  it('4: the setting says whether it is a Lead or a Contact; 6: a Contact needs no Account', async () => {
    const made = new Ground();
    made.world.db.changeSetting('hubspotCreates', 'contact');
    const contactId = made.contact(ann);
    settled(made);
    const { recordId } = await made.sync({ contactId }, 'created');
    expect(made.links()).toMatchObject([{ contactId, recordId, object: 'CONTACT' }]);
    expect(made.world.org.get(recordId ?? '')).toMatchObject({ object: 'Contact' });
    expect(made.fieldOf(recordId ?? '', 'AccountId')).toBeNull();
  });

  it('4: every creation in HubSpot has a trace of its own', async () => {
    const made = new Ground();
    for (const name of ['a', 'b', 'c']) made.record('Lead', { Email: `${name}@x.example`, Company: 'Acme' });
    const traces: string[] = [];
    const { createContacts } = made.deps.hubspot;
    made.deps.hubspot.createContacts = (inputs) => {
      traces.push(...inputs.map(({ traceId }) => traceId));
      return createContacts(inputs);
    };
    for (const { id } of made.world.org.all()) await made.trigger({ recordId: id }, 'created');
    await made.work();
    expect(new Set(traces).size).toBe(3);
    expect(made.links()).toHaveLength(3);
  });

  it('4: an intent is committed before its creation is sent', async () => {
    const made = new Ground();
    const contactId = made.contact(ann);
    settled(made);
    const { createRecords } = made.deps.salesforce;
    const open: string[] = [];
    made.deps.salesforce.createRecords = async (...given) => {
      const intents = made.world.db.intents.where(({ state }) => state === 'OPEN');
      open.push(...intents.map(({ address }) => address));
      return createRecords(...given);
    };
    await made.sync({ contactId }, 'created');
    expect(open).toEqual([ann.email]);
  });

  it('4: two contacts that share an address by merging get one record between them', async () => {
    const made = new Ground();
    const first = withTwoAddresses(made);
    made.world.account.update(first, { email: 'third@x.example' });
    const second = made.contact({ ...ann, email: 'main@x.example' });
    settled(made);
    await made.trigger({ contactId: first }, 'created');
    await made.trigger({ contactId: second }, 'created');
    await made.work();
    const addresses = made.world.org.all().map(({ values }) => values.Email);
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});
