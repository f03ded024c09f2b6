import { describe, expect, it } from 'vitest';
import { Ground } from './testing.ts';
import { inLund, inside, lead, outside, settled } from './testing-people.ts';

async function linked(values = inside) {
  const made = inLund();
  const contactId = made.contact(inside);
  settled(made);
  await made.sync({ contactId }, 'created');
  const recordId = made.links()[0]?.recordId ?? '';
  made.world.account.update(contactId, values);
  settled(made);
  return { made, contactId, recordId };
}

describe('3: HubSpot trigger, no link', () => {
  it('3: HubSpot trigger, no link, member: creates and links', async () => {
    const made = inLund();
    const contactId = made.contact(inside);
    settled(made);
    expect(await made.sync({ contactId }, 'created')).toMatchObject({ result: 'CREATED', contactId });
    const [link] = made.links();
    expect(link).toMatchObject({ contactId, origin: 'CREATED', object: 'LEAD' });
    expect(made.fieldOf(link?.recordId ?? '', 'FirstName')).toBe('Ann');
  });

  it('3: HubSpot trigger, no link, member: matches by e-mail instead of creating', async () => {
    const made = inLund();
    const contactId = made.contact(inside);
    const recordId = made.record('Contact', { Email: 'ANN@x.example', FirstName: 'Anna' });
    settled(made);
    expect(await made.sync({ contactId }, 'changed')).toMatchObject({ result: 'UPDATED', recordId });
    expect(made.links()).toMatchObject([{ contactId, recordId, origin: 'MATCHED' }]);
    expect(made.world.org.all()).toHaveLength(1);
    expect(made.valueOf(contactId, 'firstname')).toBe('Anna');
  });

  it('3: HubSpot trigger, no link, outside: skipped, nothing is written', async () => {
    const made = inLund();
    const contactId = made.contact(outside);
    settled(made);
    expect(await made.sync({ contactId }, 'created')).toMatchObject({
      result: 'SKIPPED',
      reason: 'not_in_segment',
    });
    expect([made.links(), made.world.org.all()]).toEqual([[], []]);
  });

  it('3: HubSpot trigger without an address: no_email for members and others', async () => {
    for (const city of ['Lund', 'Oslo']) {
      const made = inLund();
      const contactId = made.contact({ lastname: 'Berg', city });
      settled(made);
      expect(await made.sync({ contactId }, 'created')).toMatchObject({ reason: 'no_email' });
    }
  });
});

describe('3: HubSpot trigger, linked', () => {
  it('3: HubSpot trigger, linked, member: syncs', async () => {
    const { made, contactId, recordId } = await linked({ ...inside, company: 'Bolt' });
    made.world.org.update(recordId, { Phone: '1' });
    settled(made);
    expect(await made.sync({ contactId })).toMatchObject({ result: 'UPDATED' });
    expect(made.valueOf(contactId, 'phone')).toBe('1');
  });

  it('3: HubSpot trigger, linked, outside: skipped, the link stays', async () => {
    const { made, contactId, recordId } = await linked(outside);
    made.world.org.update(recordId, { Phone: '1' });
    expect(await made.sync({ contactId })).toMatchObject({ reason: 'not_in_segment', recordId });
    expect(made.links()).toHaveLength(1);
    expect(made.valueOf(contactId, 'phone')).toBeNull();
  });
});

describe('3: Salesforce trigger, no link', () => {
  it('3: Salesforce trigger, no link, outside: the creation exception, towards HubSpot alone', async () => {
    const made = inLund();
    const recordId = made.record('Lead', { ...lead, City: 'Oslo' });
    settled(made);
    expect(await made.sync({ recordId }, 'created')).toMatchObject({
      result: 'CREATED',
      direction: 'TO_HUBSPOT',
    });
    const [link] = made.links();
    expect(link).toMatchObject({ recordId, origin: 'CREATION_EXCEPTION', openException: false });
    expect(made.valueOf(link?.contactId ?? '', 'firstname')).toBe('Anna');
    settled(made);
    made.world.org.update(recordId, { FirstName: 'Annika' });
    expect(await made.sync({ recordId })).toMatchObject({ reason: 'not_in_segment' });
    expect(made.valueOf(link?.contactId ?? '', 'firstname')).toBe('Anna');
  });

  it('3: Salesforce trigger, no link, contact outside: matched once; what would go to Salesforce waits without a shadow', async () => {
    const made = inLund();
    const contactId = made.contact({ ...outside, jobtitle: 'CTO' });
    const recordId = made.record('Lead', { ...lead, City: 'Oslo' });
    settled(made);
    expect(await made.sync({ recordId }, 'created')).toMatchObject({
      result: 'UPDATED',
      contactId,
      recordId,
    });
    expect(made.valueOf(contactId, 'firstname')).toBe('Anna');
    expect(made.fieldOf(recordId, 'Title')).toBeNull();
    const title = made.world.db.mappings.find(({ hubspotProperty }) => hubspotProperty === 'jobtitle');
    expect(made.links()[0]?.shadow[title?.id ?? '']).toBeUndefined();
    made.world.account.update(contactId, { city: 'Lund' });
    settled(made);
    await made.sync({ contactId }, 'joined');
    expect(made.fieldOf(recordId, 'Title')).toBe('CTO');
  });

  it('3: Salesforce trigger, no link, contact a member: matched and synced both ways', async () => {
    const made = inLund();
    const contactId = made.contact({ ...inside, jobtitle: 'CTO' });
    const recordId = made.record('Lead', lead);
    settled(made);
    await made.sync({ recordId }, 'created');
    expect(made.fieldOf(recordId, 'Title')).toBe('CTO');
    expect(made.valueOf(contactId, 'firstname')).toBe('Anna');
  });

  it('3: Salesforce trigger, no link, Do nothing: skipped, for members and others', async () => {
    for (const values of [inside, outside]) {
      const made = inLund();
      made.world.db.changeSetting('salesforceChanges', 'do_nothing');
      made.contact(values);
      const recordId = made.record('Lead', lead);
      settled(made);
      expect(await made.sync({ recordId }, 'created')).toMatchObject({ reason: 'salesforce_changes_off' });
      expect(made.links()).toEqual([]);
    }
  });

  it('3: Salesforce trigger without an address: no_email', async () => {
    const made = inLund();
    const recordId = made.record('Lead', { Company: 'Acme' });
    expect(await made.sync({ recordId }, 'created')).toMatchObject({ reason: 'no_email', recordId });
  });

  it('3: Salesforce trigger, no segment chosen: everybody is a member', async () => {
    const made = new Ground();
    const recordId = made.record('Lead', lead);
    expect(await made.sync({ recordId }, 'created')).toMatchObject({ result: 'CREATED' });
    expect(made.links()).toMatchObject([{ origin: 'CREATED' }]);
  });
});

describe('3: Salesforce trigger, linked', () => {
  it('3: Salesforce trigger, linked, member: syncs', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.org.update(recordId, { FirstName: 'Anna' });
    expect(await made.sync({ recordId })).toMatchObject({ result: 'UPDATED' });
    expect(made.valueOf(contactId, 'firstname')).toBe('Anna');
  });

  it('3: Salesforce trigger, linked, outside: skipped', async () => {
    const { made, contactId, recordId } = await linked(outside);
    made.world.org.update(recordId, { FirstName: 'Anna' });
    expect(await made.sync({ recordId })).toMatchObject({ reason: 'not_in_segment' });
    expect(made.valueOf(contactId, 'firstname')).toBe('Ann');
  });

  it('3: Salesforce trigger, linked, Do nothing: skipped; merged when something else triggers', async () => {
    const { made, contactId, recordId } = await linked();
    made.world.db.changeSetting('salesforceChanges', 'do_nothing');
    made.world.org.update(recordId, { FirstName: 'Anna' });
    expect(await made.sync({ recordId })).toMatchObject({ reason: 'salesforce_changes_off' });
    expect(made.valueOf(contactId, 'firstname')).toBe('Ann');
    await made.sync({ contactId });
    expect(made.valueOf(contactId, 'firstname')).toBe('Anna');
  });

  it('3: Salesforce trigger, linked, outside, Do nothing: the personal reason is told', async () => {
    const { made, recordId } = await linked(outside);
    made.world.db.changeSetting('salesforceChanges', 'do_nothing');
    expect(await made.sync({ recordId })).toMatchObject({ reason: 'not_in_segment' });
  });
});
