import { describe, expect, it } from 'vitest';
import type { CrmFailure } from '#lib/crm/failure.ts';
import type { SalesforcePort } from '#lib/crm/ports.ts';
import { checkDaily } from './daily-check.ts';
import { pollSalesforce } from './poll-salesforce.ts';
import { many, minute, testCollecting } from './testing-world.ts';

const test = testCollecting();
const { lead, inbox } = test;
const few = 3;

/** Pages of two, and a Bulk query from three records on. */
function inSmallPages(): void {
  test.world.org.changesAPage = 2;
  test.deps = { ...test.deps, manyChanges: few };
}

/** Notes which calls are made, and with how many fields. */
function watched(): string[] {
  const calls: string[] = [];
  const { salesforce } = test.deps;
  const scanChanged: SalesforcePort['scanChanged'] = (object, span, fields) => {
    calls.push(`scan ${span.until ? 'before' : 'new'} ${fields.length > 0 ? 'with' : 'without'} fields`);
    return salesforce.scanChanged(object, span, fields);
  };
  const readRecords: SalesforcePort['readRecords'] = (object, ids, fields) => {
    calls.push(`read ${ids.length}`);
    return salesforce.readRecords(object, ids, fields);
  };
  test.deps = { ...test.deps, salesforce: { ...salesforce, scanChanged, readRecords } };
  return calls;
}

async function poll(): Promise<void> {
  test.world.advance(5 * minute);
  expect(await pollSalesforce(test.deps, 'Lead')).toMatchObject({ ok: true });
}

describe('8: many changes at once', () => {
  it('8: come by one Bulk query with their values, each once and with its trigger', async () => {
    inSmallPages();
    const calls = watched();
    const ids = many(20, (at) => lead({ LastName: `Holm ${at}` }));
    await poll();
    expect(inbox()).toEqual(ids.map((id) => `created ${id}`).sort());
    expect(calls).toEqual(['scan new with fields']);
    for (const id of ids) test.world.org.update(id, { City: 'Oslo' });
    await poll();
    expect(inbox()).toEqual(ids.map((id) => `changed ${id}`).sort());
    await poll();
    expect(inbox()).toEqual([]);
  });

  it('8: the overlap is read as stamps, known pairs are dropped, and what was committed late in it is found', async () => {
    inSmallPages();
    const ids = many(20, (at) => lead({ LastName: `Holm ${at}` }));
    await poll();
    inbox();
    const [first = '', last = ''] = [ids[0], ids.at(-1)];
    test.world.org.update(first, { City: 'Oslo' }, { lateMs: 7 * minute });
    test.world.advance(minute);
    test.world.org.update(last, { City: 'Oslo' });
    await poll();
    expect(inbox()).toEqual([`changed ${last}`]);
    const calls = watched();
    await poll();
    expect(inbox()).toEqual([`changed ${first}`]);
    expect(calls).toEqual(['scan before without fields', 'read 1']);
  });

  it('8: what refuses the Bulk query is asked page by page', async () => {
    inSmallPages();
    const ids = many(20, (at) => lead({ LastName: `Holm ${at}` }));
    const { salesforce } = test.deps;
    const failure: CrmFailure = {
      ...{ kind: 'rejected', category: 'permissions', code: 'FEATURENOTENABLED', fields: [] },
      message: 'no Bulk API',
    };
    const scanChanged: SalesforcePort['scanChanged'] = async function* () {
      yield { ok: false, failure };
    };
    test.deps = { ...test.deps, salesforce: { ...salesforce, scanChanged } };
    await poll();
    expect(inbox()).toEqual(ids.map((id) => `created ${id}`).sort());
  });

  it('8: a poll that dies between two pages of the Bulk query goes on behind what is stored', async () => {
    inSmallPages();
    const ids = many(20, (at) => lead({ LastName: `Holm ${at}` }));
    test.world.advance(5 * minute);
    let pages = 0;
    const { store } = test.deps;
    const commit: typeof store.commit = async (...given) => {
      pages += 1;
      if (pages > 4) throw new Error('The process is gone.');
      await store.commit(...given);
    };
    await expect(pollSalesforce({ ...test.deps, store: { ...store, commit } }, 'Lead')).rejects.toThrow(
      'gone',
    );
    const first = inbox();
    expect(first.length).toBeGreaterThan(0);
    await poll();
    expect([...first, ...inbox()].sort()).toEqual(ids.map((id) => `created ${id}`).sort());
  });

  it('8: all that a Bulk query answers is taken though the turn is over, but not if the process is to end', async () => {
    inSmallPages();
    const ids = many(9, (at) => lead({ LastName: `Holm ${at}` }));
    test.world.advance(5 * minute);
    const ending = await pollSalesforce({ ...test.deps, isEnough: () => true }, 'Lead');
    expect(ending).toEqual({ ok: true, value: { found: 2, left: true } });
    const over = await pollSalesforce({ ...test.deps, isEnough: (rest) => rest !== 'paid' }, 'Lead');
    expect(over).toEqual({ ok: true, value: { found: 7, left: false } });
    expect(inbox()).toEqual(ids.map((id) => `created ${id}`).sort());
  });

  it('8: what a page shows of the time before is told by it alone, and what came since by the Bulk query', async () => {
    const known = lead({ LastName: 'Known' });
    await poll();
    inbox();
    const ids = many(20, (at) => lead({ LastName: `Holm ${at}` }));
    inSmallPages();
    const calls = watched();
    await poll();
    expect(inbox()).toEqual(ids.map((id) => `created ${id}`).sort());
    expect(calls).toEqual(['scan new with fields']);
    expect((await test.deps.store.seen(test.deps.scope, 'salesforce', [known])).size).toBe(1);
  });

  it('8: the daily check reads many updated records by one Bulk query as well', async () => {
    const ids = many(20, (at) => lead({ LastName: `Holm ${at}` }));
    await poll();
    inbox();
    test.world.advance(24 * 60 * minute);
    await checkDaily(test.deps);
    inbox();
    for (const id of ids) test.world.org.update(id, { City: 'Oslo' });
    test.world.advance(24 * 60 * minute);
    inSmallPages();
    const calls = watched();
    expect(await checkDaily(test.deps)).toMatchObject({ ok: true });
    expect(calls).toEqual(['scan new with fields']);
    expect(inbox()).toEqual(ids.map((id) => `changed ${id}`).sort());
  });
});

describe('8: how many calls polls take', () => {
  it('8: the first poll after 12,000 records were written takes few calls, and so does the next one', async () => {
    for (let at = 0; at < 12_000; at += 1) lead({ LastName: `Holm ${at}` });
    test.world.advance(30 * minute);
    const scans = { rows: 0 };
    const { salesforce } = test.deps;
    const scanChanged: SalesforcePort['scanChanged'] = async function* (...given) {
      // As large as the real pages are at least.
      test.world.org.changesAPage = 12_000;
      for await (const page of salesforce.scanChanged(...given)) {
        if (page.ok) scans.rows += page.value.length;
        yield page;
      }
      test.world.org.changesAPage = 2_000;
    };
    // The real port asks that once.
    const described = await salesforce.describe('Lead');
    const describe = async () => described;
    const deps = { ...test.deps, manyChanges: 8_000, salesforce: { ...salesforce, scanChanged, describe } };
    const first = await test.callsOf('salesforce', () => pollSalesforce(deps, 'Lead'));
    expect(first).toBeLessThanOrEqual(5);
    expect(scans.rows).toBe(12_000);
    const next = await test.callsOf('salesforce', () => pollSalesforce(deps, 'Lead'));
    expect(next).toBeLessThanOrEqual(6);
    expect(inbox()).toHaveLength(12_000);
  });
});
