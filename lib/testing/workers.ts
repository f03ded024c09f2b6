import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../worker/main.ts', import.meta.url));

export type TestWorkers = {
  /** Starts one and waits until it works. */
  start(): Promise<ChildProcess>;
  /** Sends a signal and waits for the end. */
  kill(worker: ChildProcess, signal?: NodeJS.Signals): Promise<void>;
  /** Answers its process id. */
  killOldest(): Promise<number>;
  /** Leaves none behind: before the database they work on is emptied. */
  killAll(): Promise<void>;
};

/** Worker processes as they run in production, but for the time after which they count as dead. */
export function testWorkers(env: Record<string, string> = {}): TestWorkers {
  const living = new Set<ChildProcess>();

  async function kill(worker: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (!living.has(worker)) return;
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.kill(signal);
    await exited;
  }

  return {
    async start() {
      const worker = fork(entry, [], {
        env: { ...process.env, WORKER_DEAD_SECONDS: '3', ...env },
        execArgv: [],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      living.add(worker);
      worker.once('exit', () => living.delete(worker));
      await new Promise<void>((resolve, reject) => {
        worker.once('message', () => resolve());
        worker.once('exit', (code) => reject(new Error(`The worker ended (${code}).`)));
      });
      return worker;
    },
    kill,
    async killOldest() {
      const [oldest] = living;
      if (!oldest?.pid) throw new Error('No worker lives.');
      await kill(oldest);
      return oldest.pid;
    },
    async killAll() {
      await Promise.all([...living].map((worker) => kill(worker)));
    },
  };
}
