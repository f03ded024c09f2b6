import { beforeEach, describe, expect, it } from 'vitest';
import type { ChangedRecord, RecordCursor, RecordStamp, SalesforcePort, Values } from '#lib/crm/ports.ts';
import { expectValue } from '#lib/testing/crm.ts';
import { lead, type SalesforceGround } from './salesforce.ts';

const minute = 60_000;
const beginning: RecordCursor = { at: new Date(0), id: null };

/** What every `SalesforcePort` promises about what changed, and about Bulk jobs. */
export function salesforceChangeContract(open: () => Promise<SalesforceGround>): void {
  let ground: SalesforceGround;
  let port: SalesforcePort;
  beforeEach(async () => {
    ground = await open();
    port = ground.port;
  });
  const since = async (cursor: RecordCursor): Promise<RecordStamp[]> => {
    const found: RecordStamp[] = [];
    for await (const page of port.changedRecords('Lead', cursor)) found.push(...expectValue(page).stamps);
    return found;
  };
  const cursorOf = (stamp: RecordStamp | undefined): RecordCursor => ({
    at: stamp?.systemModstamp ?? new Date(0),
    id: stamp?.id ?? null,
  });

  describe('changes by stamp', () => {
    it('come in order from any cursor on; a cursor without an id takes in its whole second', async () => {
      const ids: string[] = [];
      for (const name of ['A', 'B', 'C']) ids.push(await ground.create('Lead', lead(name)));
      const all = await since(beginning);
      expect(all.map(({ id }) => id).sort()).toEqual([...ids].sort());
      expect((await since(cursorOf(all[0]))).map(({ id }) => id)).toEqual(all.slice(1).map(({ id }) => id));
      expect(await since(cursorOf(all.at(-1)))).toEqual([]);
      const at = all.at(-1)?.systemModstamp ?? new Date(0);
      expect((await since({ at, id: null })).map(({ id }) => id)).toContain(all.at(-1)?.id);
    });

    it('tell who changed a record, and those that were deleted, merged or taken out of the bin', async () => {
      const [changed, deleted, back, winner, loser] = [
        await ground.create('Lead', lead('Changed')),
        await ground.create('Lead', lead('Deleted')),
        await ground.create('Lead', lead('Back')),
        await ground.create('Lead', lead('Winner')),
        await ground.create('Lead', lead('Loser')),
      ];
      const last = (await since(beginning)).at(-1);
      await ground.advance(5_000);
      await ground.delete('Lead', deleted);
      await ground.delete('Lead', back);
      await ground.advance(5_000);
      await ground.undelete(back);
      await ground.merge('Lead', winner, loser);
      await ground.advance(5_000);
      expectValue(await port.updateRecords([{ object: 'Lead', id: changed, values: { Title: 'New' } }]));
      const found = new Map((await since(cursorOf(last))).map((stamp) => [stamp.id, stamp]));
      expect(found.get(deleted)).toMatchObject({ isDeleted: true, mergedInto: null });
      expect(found.get(back)).toMatchObject({ isDeleted: false });
      expect(found.get(loser)).toMatchObject({ isDeleted: true, mergedInto: winner });
      expect(found.get(winner)).toMatchObject({ isDeleted: false, mergedInto: null });
      expect(found.get(changed)?.lastModifiedById).toBe(ground.us);
    });
  });

  describe('many changes at once', () => {
    const scanned = async (cursor: RecordCursor, until: Date | null, fields: string[]) => {
      const found: ChangedRecord[] = [];
      for await (const page of port.scanChanged('Lead', { since: cursor, until }, fields)) {
        found.push(...expectValue(page));
      }
      return found;
    };

    it('are told as the pages tell them, in their order, with their number and their values', async () => {
      const ids: string[] = [];
      for (const name of ['A', 'B', 'C', 'D']) {
        ids.push(await ground.create('Lead', lead(name)));
        await ground.advance(2_000);
      }
      await ground.delete('Lead', ids[0] ?? '');
      await ground.merge('Lead', ids[1] ?? '', ids[2] ?? '');
      const all = await since(beginning);
      expect(all.map(({ id }) => id).sort()).toEqual([...ids].sort());
      for (const cursor of [beginning, cursorOf(all[0]), cursorOf(all[1]), cursorOf(all[3])]) {
        const stamps = await since(cursor);
        const found = await scanned(cursor, null, ['LastName', 'Title']);
        expect(found).toMatchObject(stamps);
        expect(found).toHaveLength(stamps.length);
        expect(expectValue(await port.countChanged('Lead', cursor))).toBe(stamps.length);
      }
      const there = (await scanned(beginning, null, ['LastName', 'Title'])).filter(
        ({ isDeleted }) => !isDeleted,
      );
      const read = expectValue(
        await port.readRecords(
          'Lead',
          there.map(({ id }) => id),
          ['LastName', 'Title'],
        ),
      );
      expect(there).toMatchObject(read);
    });

    it('end with the second of the latest one asked for', async () => {
      for (const name of ['A', 'B', 'C']) {
        await ground.create('Lead', lead(name));
        await ground.advance(2_000);
      }
      const all = await since(beginning);
      const until = new Date((all[1]?.systemModstamp.getTime() ?? 0) + 999);
      expect((await scanned(beginning, until, [])).map(({ id }) => id)).toEqual(
        all.slice(0, 2).map(({ id }) => id),
      );
    });

    it('are refused with a field that nobody sees', async () => {
      await ground.create('Lead', lead('A'));
      const pages = [];
      for await (const page of port.scanChanged('Lead', { since: beginning, until: null }, ['No_Such__c'])) {
        pages.push(page);
      }
      expect(pages).toMatchObject([{ ok: false, failure: { kind: 'rejected' } }]);
    });
  });

  describe('changes of a span', () => {
    it('tell what was changed and deleted, and until when that is certain', async () => {
      const kept = await ground.create('Lead', lead('Kept'));
      const deleted = await ground.create('Lead', lead('Deleted'));
      const start = new Date((await ground.now()).getTime() - minute);
      await ground.delete('Lead', deleted);
      await ground.advance(3 * minute);
      const span = { start, end: new Date(start.getTime() + 3 * minute) };
      const updated = expectValue(await port.updatedIds('Lead', span));
      expect(updated.ids).toEqual([kept]);
      expect(updated.coveredUntil.getTime()).toBeGreaterThan(start.getTime());
      expect(updated.coveredUntil.getTime()).toBeLessThanOrEqual(span.end.getTime());
      const gone = expectValue(await port.deletedIds('Lead', span));
      expect(gone.deleted.map(({ id }) => id)).toEqual([deleted]);
      expect(gone.knownSince.getTime()).toBeLessThan(start.getTime());
    });

    it('tell of single records whether they lie in the bin, and what they were merged into', async () => {
      const [kept, deleted, winner, loser] = [
        await ground.create('Lead', lead('Kept')),
        await ground.create('Lead', lead('Deleted')),
        await ground.create('Lead', lead('Winner')),
        await ground.create('Lead', lead('Loser')),
      ];
      await ground.delete('Lead', deleted);
      await ground.merge('Lead', winner, loser);
      const binned = expectValue(await port.deletedAmong('Lead', [kept, deleted, winner, loser]));
      expect(new Map(binned.map(({ id, mergedInto }) => [id, mergedInto]))).toEqual(
        new Map([
          [deleted, null],
          [loser, winner],
        ]),
      );
      expect(expectValue(await port.deletedAmong('Lead', []))).toEqual([]);
    });

    it('are refused when they lie too far back', async () => {
      const end = await ground.now();
      const span = { start: new Date(end.getTime() - 20 * 24 * 60 * minute), end };
      expectValue(await port.updatedIds('Lead', span));
      expect(await port.deletedIds('Lead', span)).toMatchObject({
        failure: { code: 'INVALID_REPLICATION_DATE' },
      });
    });

    it('are counted without the deleted', async () => {
      await ground.create('Contact', { LastName: 'A' });
      const id = await ground.create('Contact', { LastName: 'B' });
      await ground.delete('Contact', id);
      expect(expectValue(await port.recordCounts())).toEqual({ Lead: 0, Contact: 1 });
    });
  });

  describe('changes of addresses', () => {
    const ask = async (from: Date, since: Date, ownMs = minute) => {
      const span = { from, since, own: new Date(since.getTime() - ownMs) };
      return expectValue(await port.changedAddresses({ Lead: span, Contact: span }, ground.us));
    };
    const idsOf = (changes: { changed: { id: string }[] }) => changes.changed.map(({ id }) => id).sort();

    it('are told with who is gone, and what was there before is counted', async () => {
      const start = await ground.now();
      const [one, gone, turned] = [
        await ground.create('Lead', lead('One', { Email: 'One@x.example' })),
        await ground.create('Lead', lead('Gone', { Email: 'gone@x.example' })),
        await ground.create('Lead', lead('Turned', { Email: 'turned@x.example' })),
      ];
      await ground.create('Lead', lead('Before'));
      await ground.advance(20 * minute);
      const since = await ground.now();
      await ground.delete('Lead', gone);
      const contactId = await ground.convert(turned);
      await ground.update('Lead', one, { Email: 'two@X.example' });
      const { Lead, Contact } = await ask(start, since);
      const told = new Map(Lead.changed.map((each) => [each.id, each]));
      expect(told.get(one)).toMatchObject({ object: 'Lead', address: 'two@x.example', isGone: false });
      expect(told.get(gone)).toMatchObject({ isGone: true });
      expect(told.get(turned)).toMatchObject({ isGone: true });
      expect([idsOf(Lead), Lead.earlier]).toEqual([[one, gone, turned].sort(), 1]);
      expect(Contact.changed).toMatchObject([{ id: contactId, address: 'turned@x.example', isGone: false }]);
      expect(Contact.earlier).toBe(0);
    });

    it('of the last minutes are told once more, for they may have been committed late', async () => {
      const theirs = await ground.create('Contact', { LastName: 'Theirs' });
      const ours = await createdByUs('Ours');
      await ground.advance(10 * minute);
      const latest = await createdByUs('Latest');
      await ground.advance(30_000);
      const now = await ground.now();
      const { Lead, Contact } = await ask(now, now);
      expect([idsOf(Lead), idsOf(Contact)]).toEqual([[latest], [theirs]]);
      expect(idsOf((await ask(now, now, 5_000)).Lead)).toEqual([]);
      const past = new Date(now.getTime() - 60 * minute);
      expect((await ask(past, now)).Lead.earlier).toBe(2);
      expect(idsOf((await ask(past, past)).Lead)).toEqual([ours, latest].sort());
      await ground.advance(20 * minute);
      const later = await ground.now();
      expect((await ask(past, later)).Contact).toEqual({ earlier: 1, changed: [] });
    });

    const createdByUs = async (name: string) => {
      const record = { object: 'Lead' as const, values: lead(name) };
      const [made] = expectValue(await port.createRecords([record], { autoAssign: false }));
      return made?.ok ? made.value.id : '';
    };
  });

  describe('Bulk jobs', () => {
    const run = async (operation: 'insert' | 'update', rows: Values[]) => {
      const { jobId } = expectValue(await port.openBulkJob({ object: 'Lead', operation }));
      expect(expectValue(await port.bulkJob(jobId)).state).toBe('open');
      expectValue(await port.startBulkJob(jobId, rows));
      await ground.advance(5 * minute);
      expect(expectValue(await port.bulkJob(jobId))).toMatchObject({ state: 'done', processed: rows.length });
      return { jobId, ...expectValue(await port.bulkResults(jobId, rows.length)) };
    };

    it('save what is good, tell the refused with their reason, and change only what a row names', async () => {
      const made = await run('insert', [
        lead('One', { Title: 'Head', Phone: '1' }),
        { LastName: 'No company' },
      ]);
      expect(made.refused).toMatchObject([{ failure: { code: 'REQUIRED_FIELD_MISSING' } }]);
      expect(made.saved).toMatchObject([{ created: true, values: { LastName: 'One' } }]);
      const id = made.saved[0]?.id ?? '';
      const changed = await run('update', [{ Id: id, Title: 'New', Phone: null }]);
      expect(changed.saved).toMatchObject([{ id, created: false }]);
      const [record] = expectValue(await port.readRecords('Lead', [id], ['Title', 'Phone', 'Company']));
      expect(record?.values).toEqual({ Title: 'New', Phone: null, Company: 'Trial' });
      expect(record?.lastModifiedById).toBe(ground.us);
      expect(await port.startBulkJob(changed.jobId, [])).toMatchObject({ ok: false });
    });

    it('save nothing once they are aborted before the upload', async () => {
      const { jobId } = expectValue(await port.openBulkJob({ object: 'Lead', operation: 'insert' }));
      expectValue(await port.abortBulkJob(jobId));
      expect(expectValue(await port.bulkJob(jobId)).state).toBe('aborted');
      expect(await port.startBulkJob(jobId, [lead('One')])).toMatchObject({ ok: false });
      expect(expectValue(await port.recordCounts()).Lead).toBe(0);
    });
  });
}
