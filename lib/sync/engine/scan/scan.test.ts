import { describe, expect, it } from 'vitest';
import { startCursor } from '../../schemas.ts';
import { startRun } from '../../testing/asked-runs.ts';
import type { StoredRun } from '../../testing/memory/database.ts';
import { World } from '../../testing/world.ts';
import { type PassEnd, runPass } from '../run-pass.ts';
import { openSession } from '../session.ts';
import { Ground } from '../testing.ts';
import { holdersOf } from './holders.ts';
import { prepareScan } from './prepare-scan.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Contacts and records that belong together in every way the rules know, and a resync of all. */
function people(scans: boolean): { made: Ground; run: StoredRun } {
  const world = new World(1);
  world.scans = scans;
  world.atOnce = world.account.pageSize = 3;
  const made = new Ground(world);
  const contact = (email: string) => made.contact({ email, lastname: 'Berg', company: 'Acme' });
  const lead = (Email: string) => made.record('Lead', { Email, Company: 'Acme' });
  contact('new@x.example');
  contact('Lead@x.example');
  lead('lead@X.example');
  contact('both@x.example');
  lead('both@x.example');
  made.record('Contact', { Email: 'both@x.example' });
  world.account.merge(contact('own@x.example'), contact('more@x.example'));
  lead('more@x.example');
  contact('held@x.example');
  contact('converted@x.example');
  world.org.convert(lead('converted@x.example'));
  contact('deleted@x.example');
  world.org.delete(lead('deleted@x.example'));
  contact('twice@x.example');
  const older = lead('twice@x.example');
  lead('twice@x.example');
  world.advance(hour);
  world.org.update(older, { Title: 'Newest' });
  world.advance(hour);
  return { made, run: startRun(world, 'RESYNC') };
}

async function resync(made: Ground, run: StoredRun): Promise<PassEnd> {
  const stored = made.world.db.runs.get(run.id) ?? run;
  const session = await openSession({ ...made.deps, atOnce: 3 }, stored, 0);
  if (!session.ok) throw new Error(session.failure.reason);
  return runPass(session.value, startCursor, async () => 'go');
}

/** What everybody came to: the ids of links are left out, for a scan takes some of the numbers. */
const endOf = (made: Ground) => ({
  links: made
    .links()
    .map(({ contactId, recordId, origin }) => `${contactId} ${recordId} ${origin}`)
    .sort(),
  outcomes: made
    .outcomes()
    .map(({ contactId, result, code, warnings }) => `${contactId} ${result} ${code} ${warnings}`)
    .sort(),
  records: made.world.org.all().map(({ id, values }) => [id, values]),
});
const seen = (made: Ground, kind: 'sweep' | 'lookUp') =>
  made.world.trace.filter((event) => event.kind === kind).length;
const scansOf = (made: Ground) => made.world.db.scans.all();

/** Jobs one after the other until the run is over, as the queue would start them. */
async function resyncToEnd(made: Ground, run: StoredRun): Promise<void> {
  for (let jobs = 0; jobs < 9; jobs += 1) {
    const end = await resync(made, run);
    if (end.kind === 'done' && end.cursor.later === null) return;
    made.world.advance(20 * minute);
  }
  throw new Error('The run does not come to an end.');
}

describe('8: matching by a scan of the org', () => {
  it('4: finds whom looking up finds, and looks nobody up', async () => {
    const [byLookUp, byScan] = [people(false), people(true)];
    await resyncToEnd(byLookUp.made, byLookUp.run);
    await resyncToEnd(byScan.made, byScan.run);
    expect(endOf(byScan.made)).toEqual(endOf(byLookUp.made));
    expect(byScan.made.links().length).toBeGreaterThan(5);
    expect([seen(byLookUp.made, 'sweep'), seen(byScan.made, 'lookUp')]).toEqual([0, 0]);
  });

  it('4: a record that came after the scan, or got an address, is found', async () => {
    const { made, run } = people(true);
    const { world } = made;
    const late = made.contact({ email: 'late@x.example', lastname: 'Late', company: 'Acme' });
    const given = made.contact({ email: 'given@x.example', lastname: 'Given', company: 'Acme' });
    const nameless = made.record('Lead', { Company: 'Acme' });
    world.advance(hour);
    const { salesforce } = made.deps;
    const { scanRecords } = salesforce;
    let leadId = '';
    salesforce.scanRecords = async function* (object, fields) {
      yield* scanRecords(object, fields);
      if (object === 'Lead') return;
      leadId = made.record('Lead', { Email: 'late@x.example', Company: 'Acme' });
      world.org.update(nameless, { Email: 'given@x.example' });
    };
    await resyncToEnd(made, run);
    const recordOf = (id: string) => made.links().find(({ contactId }) => contactId === id)?.recordId;
    expect([recordOf(late), recordOf(given)]).toEqual([leadId, nameless]);
    expect(seen(made, 'lookUp')).toBe(0);
  });

  it('8: one that does not hold as many records as the org is given up', async () => {
    const { made, run } = people(true);
    const { scans } = made.deps.store;
    made.record('Lead', { Email: 'just@x.example', Company: 'Acme' });
    const { finish } = scans;
    scans.finish = async (id, at) => {
      await finish(id, at);
      made.world.db.scanned.delete(`${id}:${made.world.db.scanned.all()[0]?.recordId}`);
    };
    await resyncToEnd(made, run);
    expect(endOf(made).outcomes).toHaveLength(8);
  });

  it('8: of many creations of our own only those hardly over are read again, and all once their count is another', async () => {
    const { made, run } = people(true);
    const { world, deps } = made;
    const session = await openSession({ ...deps, atOnce: 3 }, run, 0);
    if (!session.ok) throw new Error(session.failure.reason);
    Object.assign(session.value, { bulk: { ...deps.bulk, leastRows: 3 } });
    await prepareScan(session.value);
    const ownMs: number[] = [];
    const { changedAddresses } = deps.salesforce;
    session.value.salesforce.changedAddresses = (spans, userId) => {
      ownMs.push(spans.Lead.since.getTime() - spans.Lead.own.getTime());
      return changedAddresses(spans, userId);
    };
    const create = async (name: string) => {
      const values = { LastName: name, Company: 'Acme', Email: `${name}@ours.example` };
      const made = await deps.salesforce.createRecords([{ object: 'Lead', values }], { autoAssign: false });
      world.advance(6_000);
      return made.ok && made.value[0]?.ok ? made.value[0].value.id : '';
    };
    const holders = async (name: string) => {
      const fields = { Lead: ['Email'], Contact: ['Email'] };
      const found = await holdersOf(session.value, [`${name}@ours.example`], fields);
      return found.ok ? found.value.flat().map(({ id }) => id) : [];
    };
    const first = await create('first');
    await create('second');
    await create('third');
    expect(await holders('first')).toEqual([first]);
    const fourth = await create('fourth');
    expect(await holders('fourth')).toEqual([fourth]);
    expect(ownMs).toEqual([65_000, 65_000]);
    expect(await holders('first')).toEqual([first]);
    expect(ownMs).toEqual([65_000, 65_000, 5_000]);
    await create('fifth');
    await holders('fifth');
    // As if the first had been committed late: nobody has put it in.
    world.db.scanned.delete(`${scansOf(made)[0]?.id}:${first}`);
    expect(await holders('first')).toEqual([first]);
    expect(ownMs.slice(3)).toEqual([5_000, 5_000, 65_000]);
    expect([seen(made, 'lookUp'), scansOf(made).length]).toEqual([0, 1]);
  });

  it('8: whoever dies at any call is followed by one that matches and creates nobody twice', async () => {
    const whole = people(true);
    const before = whole.made.worker.worker.passed();
    await resync(whole.made, whole.run);
    const calls = whole.made.worker.worker.passed() - before;
    for (let diesAfter = 1; diesAfter <= calls; diesAfter += 7) {
      const { made, run } = people(true);
      await resync(made.mortal(diesAfter), run).catch(() => undefined);
      made.world.advance(20 * minute);
      await resyncToEnd(made, run);
      const addresses = made.world.org
        .all()
        .filter(({ deletedAt, convertedTo }) => deletedAt === null && convertedTo === null)
        .map(({ values }) => values.Email);
      const known = ['new@x.example', 'own@x.example', 'held@x.example', 'converted@x.example'];
      for (const address of known) {
        const times = addresses.filter((each) => each === address).length;
        expect(times, `${address} after a death at call ${diesAfter}`).toBeLessThan(2);
      }
      expect(made.outcomes()).toHaveLength(8);
    }
  });

  it('8: one that was left half read is made anew, a whole one is used again', async () => {
    const { made, run } = people(true);
    const { scans } = made.deps.store;
    const { finish } = scans;
    scans.finish = async () => {
      throw new Error('The process ends.');
    };
    await expect(resync(made, run)).rejects.toThrow('The process ends.');
    const [half] = scansOf(made);
    scans.finish = finish;
    await resync(made, run);
    const [whole] = scansOf(made);
    expect(whole?.id).not.toBe(half?.id);
    expect(scansOf(made)).toHaveLength(1);
    await resync(made, run);
    expect(scansOf(made)).toMatchObject([{ id: whole?.id }]);
    made.world.advance(7 * hour);
    await resync(made, run);
    expect(scansOf(made)).toHaveLength(1);
    expect(scansOf(made)[0]?.id).not.toBe(whole?.id);
  });

  it('8: what Salesforce does not want scanned is looked up', async () => {
    const { made, run } = people(true);
    const failure = { kind: 'rejected', category: 'permissions', code: 'FEATURENOTENABLED' } as const;
    made.deps.salesforce.scanRecords = async function* () {
      yield { ok: false, failure: { ...failure, message: '', fields: [] } };
    };
    await resyncToEnd(made, run);
    expect(made.outcomes()).toHaveLength(8);
    expect([scansOf(made), seen(made, 'sweep')]).toEqual([[], 0]);
  });
});
