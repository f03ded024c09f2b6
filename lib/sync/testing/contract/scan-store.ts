import { beforeEach, describe, expect, it } from 'vitest';
import { knownFrom, type Scan, type ScannedRecord } from '../../scan-store.ts';
import type { SyncStore } from '../../store.ts';
import type { SyncStoreGround } from './sync-store.ts';

/** What every `SyncStore` promises of the scans of runs. */
export function scanStoreContract(open: () => Promise<SyncStoreGround>): void {
  let store: SyncStore;
  let newId: () => string;
  let scan: Scan;
  let at: Date;
  beforeEach(async () => {
    const ground = await open();
    store = ground.store;
    newId = ground.newId;
    at = await store.now();
    const run = await store.transaction((tx) => tx.openInboxRun('POLL', 0, at));
    const from = knownFrom(at);
    scan = { id: newId(), runId: run.id, startedAt: at, knownUntil: { Lead: from, Contact: from } };
  });
  const later = (seconds: number) => new Date(knownFrom(at).getTime() + seconds * 1_000);
  const record = (recordId: string, address: string, seconds: number): ScannedRecord => ({
    ...{ recordId, object: recordId.startsWith('L') ? 'Lead' : 'Contact', address, stamp: later(seconds) },
  });
  const count = (object: 'Lead' | 'Contact') =>
    store.scans.count(scan.id, object, { from: later(0), until: later(100) });
  const idsOf = (records: ScannedRecord[]) => records.map(({ recordId }) => recordId).sort();

  describe('a scan', () => {
    it('is there once it was read to its end, and only the newest of a run', async () => {
      await store.scans.begin(scan);
      await store.scans.add(scan.id, [record('L1', 'a@x.example', 1)]);
      expect(await store.scans.find(scan.runId)).toBeNull();
      const again = { ...scan, id: newId() };
      await store.scans.begin(again);
      await store.scans.finish(again.id, at);
      expect(await store.scans.find(scan.runId)).toMatchObject(again);
      expect(await store.scans.holders(scan.id, ['a@x.example'])).toEqual([]);
      expect(await store.scans.find(newId())).toBeNull();
    });

    it('tells who has an address, and counts by stamps, as things are after what has changed', async () => {
      await store.scans.begin(scan);
      await store.scans.add(scan.id, [
        ...[record('L1', 'a@x.example', 0), record('L2', 'b@x.example', 99), record('L3', '', 100)],
        ...[record('C1', 'a@x.example', 50), record('C2', '', -1)],
      ]);
      expect(idsOf(await store.scans.holders(scan.id, ['a@x.example', 'c@x.example']))).toEqual(['C1', 'L1']);
      expect(await count('Lead')).toBe(2);
      expect(await count('Contact')).toBe(1);
      const knownUntil = { Lead: later(200), Contact: later(150) };
      const changed = [record('L1', 'c@x.example', 200), record('L4', 'c@x.example', 120)];
      await store.scans.update(scan.id, { changed, gone: ['C1', 'L9'], knownUntil });
      expect(await store.scans.holders(scan.id, ['c@x.example', 'a@x.example', 'b@x.example'])).toHaveLength(
        3,
      );
      expect(await store.scans.holders(scan.id, ['a@x.example'])).toEqual([]);
      expect(await count('Lead')).toBe(1);
      await store.scans.finish(scan.id, at);
      expect((await store.scans.find(scan.runId))?.knownUntil).toEqual(knownUntil);
    });

    it('goes when it is dropped, and when its run ends', async () => {
      const read = async () => {
        await store.scans.begin(scan);
        await store.scans.add(scan.id, [record('L1', 'a@x.example', 1)]);
        await store.scans.finish(scan.id, at);
      };
      const isGone = async () => {
        expect(await store.scans.find(scan.runId)).toBeNull();
        expect(await store.scans.holders(scan.id, ['a@x.example'])).toEqual([]);
      };
      await read();
      await store.scans.drop(scan.runId);
      await isGone();
      await read();
      await store.transaction((tx) => tx.changeRun(scan.runId, { status: 'WAITING' }));
      expect(await store.scans.find(scan.runId)).not.toBeNull();
      await store.transaction((tx) => tx.changeRun(scan.runId, { status: 'STOPPED', finishedAt: at }));
      await isGone();
    });

    it('is made where many are neither linked nor done', async () => {
      const link = {
        contactId: '1',
        recordId: 'L1',
        object: 'LEAD',
        origin: 'MATCHED',
        createdAt: at,
      } as const;
      const more = { id: newId(), openException: false, importOnly: false };
      await store.transaction((tx) => tx.insertLinks([{ ...link, ...more }]));
      expect(await store.scans.progress(scan.runId)).toEqual({ linked: 1, done: 0 });
    });
  });
}
