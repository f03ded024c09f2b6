import { describe, expect, it } from 'vitest';
import { World } from '../testing/world.ts';
import { Ground } from './testing.ts';
import { ann, minute } from './testing-people.ts';

/** Two workspaces with a HubSpot account each, connected to one org by one user, and one person in all three. */
async function bothLinked() {
  const one = new Ground();
  const other = new Ground(new World(2, { neighbour: one.world }));
  for (const { world } of [one, other]) {
    const phone = world.db.mappings.find(({ hubspotProperty }) => hubspotProperty === 'phone');
    world.db.changeRule(phone?.id ?? '', 'TWO_WAY');
  }
  const contacts = { one: one.contact(ann), other: other.contact(ann) };
  one.world.advance(minute);
  const { recordId } = await one.sync({ contactId: contacts.one }, 'created');
  one.world.advance(minute);
  expect(await other.sync({ contactId: contacts.other }, 'created')).toMatchObject({ recordId });
  one.world.advance(minute);
  return { one, other, contacts, recordId: recordId ?? '' };
}

describe('6: two workspaces of one org with one integration user', () => {
  it('5: what the other one writes to a field that we wrote last is a change, not what Salesforce made of ours', async () => {
    const { one, other, contacts, recordId } = await bothLinked();
    one.world.account.update(contacts.one, { phone: '22' });
    await one.sync({ contactId: contacts.one });
    expect(one.fieldOf(recordId, 'Phone')).toBe('22');
    one.world.advance(5 * minute);
    await other.sync({ recordId });
    other.world.account.update(contacts.other, { phone: '333' });
    one.world.advance(5 * minute);
    await other.sync({ contactId: contacts.other });
    one.world.advance(minute);
    await one.sync({ recordId });
    const phones = [one.valueOf(contacts.one, 'phone'), one.fieldOf(recordId, 'Phone')];
    expect([...phones, other.valueOf(contacts.other, 'phone')]).toEqual(['333', '333', '333']);
    expect((await one.sync({ recordId })).result).toBe('UNCHANGED');
  });

  it('5: what a flow makes of our own write is none, whatever the other one writes beside it', async () => {
    const { one, other, contacts, recordId } = await bothLinked();
    one.world.org.flows.push(
      ({ values }): Record<string, string> => (values.Phone ? { Phone: values.Phone.toUpperCase() } : {}),
    );
    one.world.account.update(contacts.one, { phone: 'x22' });
    await one.sync({ contactId: contacts.one });
    expect(one.fieldOf(recordId, 'Phone')).toBe('X22');
    expect((await one.sync({ recordId })).result).toBe('UNCHANGED');
    other.world.account.update(contacts.other, { jobtitle: 'Head' });
    one.world.advance(5 * minute);
    await other.sync({ contactId: contacts.other });
    one.world.advance(minute);
    await one.sync({ recordId });
    expect([one.valueOf(contacts.one, 'phone'), one.valueOf(contacts.one, 'jobtitle')]).toEqual([
      'x22',
      'Head',
    ]);
  });

  it('6: nothing of one is touched by the other, and nobody is created twice', async () => {
    const { one, other, contacts, recordId } = await bothLinked();
    expect(one.world.org.all()).toHaveLength(1);
    const before = structuredClone([one.links(), one.outcomes(), one.waiting()]);
    one.world.org.update(recordId, { Phone: '9' });
    one.world.advance(minute);
    await other.sync({ recordId });
    expect(other.valueOf(contacts.other, 'phone')).toBe('9');
    expect([one.links(), one.outcomes(), one.waiting()]).toEqual(before);
    expect(one.valueOf(contacts.one, 'phone')).toBe('1');
  });
});
