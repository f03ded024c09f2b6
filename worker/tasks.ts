import type { TaskList } from 'graphile-worker';
import { type JobName, jobs } from '#lib/jobs/jobs.ts';
import { registry } from './registry.ts';

/** The queue's view of the registry: payloads are checked before anything sees them. */
export function taskList(workerId: () => string, signal: AbortSignal): TaskList {
  const task = <N extends JobName>(name: N): TaskList[string] => {
    return async (payload, { job }) => {
      const isLastAttempt = job.attempts >= job.max_attempts;
      // The registry pairs each name with the function for its payload.
      const run = registry[name] as (payload: unknown, context: object) => Promise<void>;
      await run(jobs[name].parse(payload), { workerId: workerId(), signal, isLastAttempt });
    };
  };
  return Object.fromEntries((Object.keys(jobs) as JobName[]).map((name) => [name, task(name)]));
}
