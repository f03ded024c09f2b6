import { db, inTransaction } from '#lib/core/db.ts';
import type { ScanStore } from '../scan-store.ts';
import type { Scope } from '../store.ts';
import * as scans from './scan-repository.ts';

/** What the runs of one workspace and org know of the addresses there, in Postgres. */
export function scanStore(scope: Scope): ScanStore {
  return {
    find: (runId) => scans.findScan(db(), runId),
    begin: (scan) =>
      inTransaction(async (tx) => {
        await scans.deleteScan(tx, scan.runId);
        await scans.insertScan(tx, scope.workspaceId, scan);
      }),
    add: (scanId, records) => scans.putScanned(db(), scanId, records),
    finish: (scanId, at) => scans.finishScan(db(), scanId, at),
    update: (scanId, { changed, gone, knownUntil }) =>
      inTransaction(async (tx) => {
        await scans.putScanned(tx, scanId, changed);
        await scans.deleteScanned(tx, scanId, gone);
        await scans.moveScan(tx, scanId, knownUntil);
      }),
    count: (scanId, object, span) => scans.countScanned(db(), scanId, object, span),
    holders: (scanId, addresses) => scans.findHolders(db(), scanId, addresses),
    drop: (runId) => scans.deleteScan(db(), runId),
    async progress(runId) {
      return { linked: await scans.countLinked(db(), scope), done: await scans.countDone(db(), runId) };
    },
  };
}
