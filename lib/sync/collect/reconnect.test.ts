import { describe, expect, it } from 'vitest';
import { beginConnection, connected, swapTo, turnTo } from '../testing/connections.ts';
import { collectDepsOf } from '../testing/deps-of.ts';
import { checkDaily } from './daily-check.ts';
import { pollSegment } from './poll-segment.ts';
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
    await poll('hubspot');
    await poll('hubspot');
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

describe('2: connecting again finds also', () => {
  it('2: a contact that was made and deleted before any poll came, and is restored afterwards', async () => {
    beginConnection(test.world);
    test.world.advance(minute);
    const contactId = contact();
    test.world.account.archive(contactId);
    test.world.advance(30 * minute);
    await poll('hubspot');
    awayFor(60 * minute);
    test.world.account.restore(contactId);
    await poll('hubspot');
    expect(causes()).toEqual([[contactId, 'created', null]]);
  });

  it('2: a change that HubSpot’s search does not show yet when the check reads its contact', async () => {
    const contactId = contact();
    const recordId = lead();
    test.world.advance(minute);
    beginConnection(test.world);
    await test.link(contactId, recordId);
    await poll('hubspot');
    awayFor(60 * minute);
    test.world.account.update(contactId, { city: 'Malmö' });
    test.world.advance(minute);
    // No search has come by since.
    await checkDaily(test.deps);
    expect(causes()).toEqual([[contactId, 'changed', null]]);
  });

  it('2, 7: who has joined while another org was connected, but nobody whose link has ended since', async () => {
    const { people } = await twoLinked();
    test.world.db.changeSetting('inclusionListId', test.world.listIds[1] ?? null);
    await pollSegment(test.deps);
    swapTo(test.world, 'other');
    test.world.advance(minute);
    const stranger = contact({ city: 'Malmö' });
    for (const id of people) test.world.account.update(id, { city: 'Malmö' });
    test.world.advance(5 * minute);
    await pollSegment(collectDepsOf(connected(test.world), connected(test.world).worker()));
    for (const { id } of test.world.db.links.where(({ contactId }) => contactId === people[1]))
      test.world.db.links.change(id, (link) => ({ ...link, endedAt: test.world.clock.now() }));
    turnTo(test.world);
    await checkDaily(test.deps);
    const joined = causes().filter(([, kind]) => kind === 'joined');
    expect(joined.map(([id]) => id).sort()).toEqual([people[0], stranger].sort());
  });
});
