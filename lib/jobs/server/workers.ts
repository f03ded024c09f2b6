import { createHash } from 'node:crypto';
import { db } from '#lib/core/db.ts';
import {
  deleteWorkers,
  findLockHolders,
  findWorkersSilentFor,
  insertWorker,
  touchWorker,
  unlockJobsOf,
} from './repository.ts';

/** The id of a worker process, made from the name under which its pool locks jobs. */
export function workerIdOf(poolName: string): string {
  const hex = createHash('sha256').update(poolName).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Announces a worker process. Do it before it takes its first job. */
export async function registerWorker(worker: { id: string; host: string; pid: number }): Promise<void> {
  await insertWorker(db(), worker);
}

/** Says that the worker lives; false if it was declared dead meanwhile and must end. */
export function heartbeat(workerId: string): Promise<boolean> {
  return touchWorker(db(), workerId);
}

/**
 * Declares dead whoever was silent for so long and frees the jobs they hold, also those of processes
 * that nobody remembers. Answers the ids of the dead, for those who keep other things of theirs.
 */
export async function buryDeadWorkers(deadSeconds: number): Promise<string[]> {
  const dead = await findWorkersSilentFor(db(), deadSeconds);
  await deleteWorkers(db(), dead);
  const holders = await findLockHolders(db(), deadSeconds);
  const living = new Set(holders.living);
  const orphaned = holders.poolNames.filter((name) => !living.has(workerIdOf(name)));
  if (orphaned.length > 0) await unlockJobsOf(db(), orphaned);
  return [...new Set([...dead, ...orphaned.map(workerIdOf)])];
}

/** A worker that ends in good order leaves nothing behind. */
export async function signOffWorker(workerId: string): Promise<void> {
  await deleteWorkers(db(), [workerId]);
}

/** Does any worker live? What the health check asks. */
export { isAnyWorkerAlive } from './repository.ts';
