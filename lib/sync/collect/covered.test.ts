import { describe, expect, it } from 'vitest';
import { pollHubSpot } from './poll-hubspot.ts';
import { pollSalesforce } from './poll-salesforce.ts';
import { many, minute, testCollecting } from './testing-world.ts';

const test = testCollecting();
const { contact, lead, poll, inbox, callsOf } = test;

describe('8: what a poll has covered', () => {
  it('8: once nothing changes any more, polls cost as little as if nothing ever had', async () => {
    test.world.org.changesAPage = 20;
    for (const _ of many(300, () => lead())) contact();
    await poll('salesforce');
    await poll('hubspot');
    test.world.advance(15 * minute);
    await poll('salesforce');
    await poll('hubspot');
    inbox();
    test.world.advance(15 * minute);
    expect(await callsOf('salesforce', () => poll('salesforce'))).toBe(1);
    expect(await callsOf('hubspot', () => poll('hubspot'))).toBe(1);
    expect(inbox()).toEqual([]);
  });

  it('8: what is committed late, or indexed late, is found though polls of a quiet org have gone on meanwhile', async () => {
    const [first, second] = [lead(), lead()];
    await poll('salesforce');
    test.world.advance(30 * minute);
    await poll('salesforce');
    inbox();
    test.world.org.update(first, { City: 'Oslo' }, { lateMs: 9 * minute });
    await poll('salesforce');
    expect(inbox()).toEqual([]);
    test.world.advance(4 * minute);
    await poll('salesforce');
    expect(inbox()).toEqual([`changed ${first}`]);
    test.world.org.update(second, { City: 'Oslo' });
    await poll('salesforce');
    expect(inbox()).toEqual([`changed ${second}`]);
  });

  it.each([-3, 3])(
    '8: goes by the clocks of the systems, though ours is wrong by %i hours',
    async (hours) => {
      const now = async () => new Date(test.world.clock.ms() + hours * 60 * minute);
      test.deps = { ...test.deps, now };
      const [person, record] = [contact(), lead()];
      await poll('salesforce');
      await poll('hubspot');
      await poll('salesforce');
      await poll('hubspot');
      inbox();
      test.world.advance(20 * minute);
      test.world.account.update(person, { city: 'Oslo' });
      test.world.org.update(record, { City: 'Oslo' });
      await poll('salesforce');
      await poll('hubspot');
      expect(inbox()).toEqual([`changed ${record}`, `changed ${person}`].sort());
    },
  );

  it('8: a system that does not tell its time is read on from its last change', async () => {
    const silent = { moment: () => () => null };
    const { salesforce, hubspot } = test.deps;
    test.deps = { ...test.deps, salesforce: { ...salesforce, clock: silent } };
    test.deps = { ...test.deps, hubspot: { ...hubspot, clock: silent } };
    const [person, record] = [contact(), lead()];
    await poll('salesforce');
    await poll('hubspot');
    const cursors = async () =>
      Promise.all(
        (['hubspot', 'Lead'] as const).map((source) => test.deps.store.cursor(test.deps.scope, source)),
      );
    const before = await cursors();
    test.world.advance(30 * minute);
    await pollSalesforce(test.deps, 'Lead');
    await pollHubSpot(test.deps);
    expect(await cursors()).toEqual(before);
    test.world.account.update(person, { city: 'Oslo' });
    test.world.org.update(record, { City: 'Oslo' });
    inbox();
    await poll('salesforce');
    await poll('hubspot');
    expect(inbox()).toEqual([`changed ${record}`, `changed ${person}`].sort());
  });

  it('8: a reading that ends in the middle covers nothing', async () => {
    many(30, () => lead());
    test.world.org.changesAPage = 10;
    test.world.advance(30 * minute);
    const end = await pollSalesforce({ ...test.deps, isEnough: () => true }, 'Lead');
    expect(end).toMatchObject({ ok: true, value: { left: true } });
    const cursor = await test.deps.store.cursor(test.deps.scope, 'Lead');
    expect(cursor?.newest.id).not.toBeNull();
    await poll('salesforce');
    expect(inbox()).toHaveLength(30);
  });
});
