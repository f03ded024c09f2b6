import type { ScanStore } from '../../scan-store.ts';
import type { MemoryDatabase } from './database.ts';
import type { Passage } from './passage.ts';

/** `ScanStore` over a database in memory, as one worker sees it. */
export function memoryScanStore(db: MemoryDatabase, passage: Passage): ScanStore {
  const call = async <T>(name: string, work: () => T): Promise<T> => {
    await passage.pass(`scans.${name}`);
    return work();
  };
  const rowsOf = (scanId: string) => db.scanned.where((each) => each.scanId === scanId);
  return {
    find: (runId) =>
      call('find', () => {
        const found = db.scans.where((scan) => scan.runId === runId && scan.finishedAt !== null)[0];
        return found ? { ...found } : null;
      }),
    begin: (scan) =>
      call('begin', () => {
        dropScan(db, scan.runId);
        db.scans.insert({ ...scan, finishedAt: null });
      }),
    add: (scanId, records) =>
      call('add', () => {
        for (const record of records) db.scanned.set({ ...record, scanId });
      }),
    finish: (scanId, at) =>
      call('finish', () => db.scans.change(scanId, (scan) => ({ ...scan, finishedAt: at }))),
    update: (scanId, { changed, gone, knownUntil }) =>
      call('update', () => {
        for (const record of changed) db.scanned.set({ ...record, scanId });
        for (const recordId of gone) db.scanned.delete(`${scanId}:${recordId}`);
        db.scans.change(scanId, (scan) => ({ ...scan, knownUntil }));
      }),
    count: (scanId, object, { from, until }) =>
      call(
        'count',
        () =>
          rowsOf(scanId).filter((each) => each.object === object && each.stamp >= from && each.stamp < until)
            .length,
      ),
    holders: (scanId, addresses) =>
      call('holders', () =>
        rowsOf(scanId)
          .filter(({ address }) => addresses.includes(address))
          .map(({ scanId: _, ...record }) => record),
      ),
    drop: (runId) => call('drop', () => dropScan(db, runId)),
    progress: (runId) =>
      call('progress', () => ({
        linked: db.links.where(({ endedAt }) => endedAt === null).length,
        done: db.outcomes.where((outcome) => outcome.runId === runId).length,
      })),
  };
}

export function dropScan(db: MemoryDatabase, runId: string): void {
  for (const { id } of db.scans.where((scan) => scan.runId === runId)) {
    db.scans.delete(id);
    for (const { recordId } of db.scanned.where(({ scanId }) => scanId === id)) {
      db.scanned.delete(`${id}:${recordId}`);
    }
  }
}
