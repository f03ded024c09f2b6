import { describe, expect, it } from 'vitest';
import type { CrmFailure } from '#lib/crm/failure.ts';
import type { SalesforcePort } from '#lib/crm/ports.ts';
import { checkDaily } from './daily-check.ts';
import { many, minute, testCollecting } from './testing-world.ts';

const test = testCollecting();
const { contact, lead, poll, inbox } = test;
const day = 24 * 60 * minute;

/** Linked people, of whom one record was deleted for good and one was edited in 40 days without a check. */
async function longAgo(): Promise<{ people: string[]; gone: string; edited: string }> {
  test.world.org.changesAPage = 4;
  const people = many(10, () => contact());
  const records = people.map(() => lead());
  many(5, () => lead({ LastName: 'Unlinked' }));
  for (const [at, id] of people.entries()) await test.link(id, records[at] ?? '');
  await poll('hubspot');
  await poll('salesforce');
  const [gone = '', edited = ''] = [records[3], records[7]];
  test.world.org.delete(gone);
  test.world.advance(day);
  test.world.org.update(edited, { City: 'Oslo' });
  test.world.advance(39 * day);
  inbox();
  return { people, gone: people[3] ?? '', edited: people[7] ?? '' };
}

/** Notes how records are read. */
function watched(): string[] {
  const calls: string[] = [];
  const { salesforce } = test.deps;
  const scanChanged: SalesforcePort['scanChanged'] = (...given) => {
    calls.push('scan');
    return salesforce.scanChanged(...given);
  };
  const readRecords: SalesforcePort['readRecords'] = (object, ids, fields) => {
    calls.push(`read ${ids.length}`);
    return salesforce.readRecords(object, ids, fields);
  };
  test.deps = { ...test.deps, salesforce: { ...salesforce, scanChanged, readRecords } };
  return calls;
}

describe('2: all links are read after a long time', () => {
  it('2: many records by one Bulk query, and by their ids only those that it does not find', async () => {
    const { gone, edited } = await longAgo();
    const calls = watched();
    expect(await checkDaily({ ...test.deps, manyChanges: 5 })).toMatchObject({ ok: true });
    expect(calls).toEqual(['scan', 'read 1']);
    expect(inbox()).toEqual([`changed ${gone}`, `changed ${edited}`].sort());
  });

  it('2: a few records, and those of an org without the Bulk API, by their ids alone', async () => {
    const { gone, edited } = await longAgo();
    const failure: CrmFailure = {
      ...{ kind: 'rejected', category: 'permissions', code: 'FEATURENOTENABLED', fields: [] },
      message: 'no Bulk API',
    };
    const scanChanged: SalesforcePort['scanChanged'] = async function* () {
      yield { ok: false, failure };
    };
    test.deps = { ...test.deps, salesforce: { ...test.deps.salesforce, scanChanged } };
    const calls = watched();
    expect(await checkDaily({ ...test.deps, manyChanges: 5 })).toMatchObject({ ok: true });
    expect(calls).toEqual(['scan', 'read 10']);
    expect(inbox()).toEqual([`changed ${gone}`, `changed ${edited}`].sort());
    test.world.advance(40 * day);
    expect(await checkDaily(test.deps)).toMatchObject({ ok: true });
    expect(calls.slice(2)).toEqual(['read 10']);
  });

  it('2: whoever goes on with it after a death reads what is left', async () => {
    const { gone, edited } = await longAgo();
    let commits = 0;
    const { store } = test.deps;
    const commit: typeof store.commit = async (...given) => {
      commits += 1;
      if (commits > 6) throw new Error('The process is gone.');
      await store.commit(...given);
    };
    const dying = { ...test.deps, store: { ...store, commit }, manyChanges: 5 };
    await expect(checkDaily(dying)).rejects.toThrow('gone');
    expect(await checkDaily({ ...test.deps, manyChanges: 5 })).toMatchObject({ ok: true });
    expect(inbox()).toEqual([`changed ${gone}`, `changed ${edited}`].sort());
  });
});
