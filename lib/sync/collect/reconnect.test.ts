import { describe, expect, it } from 'vitest';
import { beginConnection } from '../testing/rare-people.ts';
import { checkDaily } from './daily-check.ts';
import { many, minute, testCollecting } from './testing-world.ts';

const test = testCollecting();
const { contact, lead, poll, inbox } = test;
const day = 24 * 60 * minute;

/** Two linked people right after the first connection. */
async function twoLinked(): Promise<{ people: [string, string]; records: [string, string] }> {
  beginConnection(test.world);
  const people: [string, string] = [contact(), contact()];
  const records: [string, string] = [lead(), lead()];
  await test.link(people[0], records[0]);
  await test.link(people[1], records[1]);
  test.world.advance(minute);
  return { people, records };
}

/** Somebody disconnects, which closes whatever waits, and connects again some time later. */
function awayFor(ms: number): void {
  inbox();
  test.world.advance(ms);
  beginConnection(test.world);
  test.world.advance(minute);
}

const causes = () =>
  test.world.db.triggers
    .all()
    .flatMap((row) => row.causes.map(({ kind, into }) => [row.contactId, kind, into ?? null]));

describe('2: connecting again to the same org', () => {
  it.each([
    ['before a day is over', 5 * minute, 0],
    ['after a daily check has told of it too', 5 * minute, 2 * day],
  ])(
    '2, 7: finds what was deleted or merged, though disconnecting has closed it: %s',
    async (_, polled, checked) => {
      const { people, records } = await twoLinked();
      const winner = lead();
      await poll('salesforce');
      inbox();
      test.world.org.delete(records[0]);
      test.world.org.merge(winner, records[1]);
      test.world.advance(polled);
      await poll('salesforce');
      if (checked > 0) {
        test.world.advance(checked);
        await checkDaily(test.deps);
      }
      awayFor(60 * minute);
      await checkDaily(test.deps);
      expect(causes()).toContainEqual([people[0], 'deleted', null]);
      expect(causes()).toContainEqual([people[1], 'merged', winner]);
      expect(causes()).not.toContainEqual([people[1], 'deleted', null]);
    },
  );

  it('2: finds what became of links made before the very first poll, and what changed meanwhile', async () => {
    const { people, records } = await twoLinked();
    const winner = lead();
    const newcomer = contact();
    test.world.org.delete(records[0]);
    test.world.org.merge(winner, records[1]);
    awayFor(60 * minute);
    await poll('hubspot');
    await checkDaily(test.deps);
    expect(causes()).toContainEqual([people[0], 'deleted', null]);
    expect(causes()).toContainEqual([people[1], 'merged', winner]);
    expect(causes()).toContainEqual([newcomer, 'changed', null]);
  });

  it('6: a record of which Salesforce says nothing any more is looked at, which is no deletion', async () => {
    const { people, records } = await twoLinked();
    await poll('salesforce');
    test.world.org.delete(records[0]);
    awayFor(16 * day);
    await checkDaily(test.deps);
    expect(causes()).toEqual([[people[0], 'changed', null]]);
  });

  it('8: the contacts that a full check would archive count for the circuit breaker', async () => {
    beginConnection(test.world);
    test.world.db.changeSetting('salesforceDeletes', 'delete_contact');
    const records = many(12, () => lead());
    for (const record of records) await test.link(contact(), record);
    test.world.advance(minute);
    for (const record of records) test.world.org.delete(record);
    await poll('salesforce');
    for (const { kind, key, person } of test.world.db.alarms.all()) {
      test.world.db.alarms.delete(`${kind}:${key}:${person}`);
    }
    awayFor(60 * minute);
    await checkDaily(test.deps);
    expect(test.world.db.alarms.where(({ kind }) => kind === 'archived')).toHaveLength(12);
  });
});
