import { env } from '#lib/core/env.ts';
import { log, logBug } from '#lib/core/log.ts';
import { resumeImportCounts } from '#lib/imports/server/index.ts';
import { buryDeadWorkers, heartbeat, registerWorker } from '#lib/jobs/server/index.ts';
import {
  freeClaimsOf,
  resumeCounts,
  resumeInboxes,
  resumePolls,
  resumeRuns,
} from '#lib/sync/server/index.ts';

/**
 * Announces the worker, says that it lives, and frees what dead ones held: jobs, claims, runs and polls without a job.
 * `onDeclaredDead`: others took this worker for dead, so what it holds may be theirs already.
 */
export async function startHeart(
  worker: { id: string; host: string; pid: number },
  onDeclaredDead: () => void,
): Promise<{ stop(): Promise<void> }> {
  const deadSeconds = env().WORKER_DEAD_SECONDS;
  const everyMs = Math.min(5_000, (deadSeconds * 1000) / 3);
  await registerWorker(worker);
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let beat: Promise<void> = Promise.resolve();
  const tick = async () => {
    try {
      if (!(await heartbeat(worker.id))) {
        log.error({ workerId: worker.id }, 'this worker was taken for dead');
        onDeclaredDead();
        return;
      }
      await freeClaimsOf(await buryDeadWorkers(deadSeconds));
      await resumeRuns();
      await resumePolls();
      await resumeCounts();
      await resumeInboxes();
      await resumeImportCounts();
    } catch (error) {
      logBug(error);
    }
    if (!stopped) timer = setTimeout(() => (beat = tick()), everyMs);
  };
  beat = tick();
  await beat;
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await beat;
    },
  };
}
