/**
 * A worker: takes jobs from the queue in Postgres. Any number of them may run, on any number of machines;
 * each frees what dead ones held. It ends on SIGTERM, SIGINT, or when its launcher is gone, after the batch
 * at hand.
 */
import { EventEmitter } from 'node:events';
import { hostname } from 'node:os';
import { Logger, run, type WorkerEvents } from 'graphile-worker';
import { flushApiUse } from '#lib/connections/server/index.ts';
import { closeDb } from '#lib/core/db.ts';
import { env } from '#lib/core/env.ts';
import { log, logBug } from '#lib/core/log.ts';
import { signOffWorker, workerIdOf } from '#lib/jobs/server/index.ts';
import { startHeart } from './heart.ts';
import { taskList } from './tasks.ts';

const concurrency = 4;
/** Longer than any request to a CRM: a batch may finish. */
const graceMs = 90_000;

async function main(): Promise<void> {
  const ending = new AbortController();
  const events: WorkerEvents = new EventEmitter();
  let workerId = '';
  events.on('pool:create', ({ workerPool }) => {
    workerId = workerIdOf(workerPool.id);
  });
  events.on('job:error', ({ error, job }) => {
    log.warn({ err: error, job: job.task_identifier, attempt: job.attempts }, 'a job failed');
  });
  const runner = await run({
    connectionString: env().DATABASE_URL,
    concurrency,
    maxPoolSize: concurrency + 2,
    noHandleSignals: true,
    pollInterval: 1_000,
    gracefulShutdownAbortTimeout: graceMs,
    logger: queueLogger(),
    taskList: taskList(() => workerId, ending.signal),
    events,
  });
  const heart = await startHeart({ id: workerId, host: hostname(), pid: process.pid }, () => end(1));
  let isEnding = false;
  const end = (code: number) => {
    if (isEnding) return;
    isEnding = true;
    ending.abort();
    runner
      .stop()
      // It lives until its last batch is done.
      .then(() => heart.stop())
      .then(() => signOffWorker(workerId))
      .then(() => flushApiUse())
      .then(() => closeDb())
      .catch((error: unknown) => logBug(error))
      .finally(() => process.exit(code));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(0));
  process.once('disconnect', () => end(0));
  runner.promise.catch((error: unknown) => {
    logBug(error);
    end(1);
  });
  process.send?.({ type: 'ready' });
  log.info({ workerId }, 'worker ready');
}

function queueLogger(): Logger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;
  return new Logger(
    () => (level, message, meta) => log[levels[level as keyof typeof levels]](meta ?? {}, message),
  );
}

main().catch((error: unknown) => {
  logBug(error);
  process.exit(1);
});
