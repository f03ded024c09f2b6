import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, markOf, type ProcessMark } from './processes.ts';
import { StartError } from './start-error.ts';

export type ChildSpec = {
  name: string;
  script: string;
  args?: string[];
  nodeArgs?: string[];
  env: Record<string, string>;
};

const crashesPerMinute = 5;

/**
 * Our own processes: each tells when it is ready, is started again if it dies, and ends by itself when the
 * launcher's channel closes, so that killing the launcher leaves none behind.
 */
export class Children {
  #running = new Map<string, ChildProcess>();
  #crashes = new Map<string, number[]>();
  #stopping = false;
  #root: string;
  #log: (line: string) => void;
  #onGivenUp: (error: StartError) => void;
  #onChange: () => void;

  constructor(options: {
    root: string;
    log: (line: string) => void;
    onGivenUp: (error: StartError) => void;
    onChange: () => void;
  }) {
    this.#root = options.root;
    this.#log = options.log;
    this.#onGivenUp = options.onGivenUp;
    this.#onChange = options.onChange;
  }

  marks(): Record<string, ProcessMark> {
    return Object.fromEntries([...this.#running].map(([name, child]) => [name, markOf(child.pid ?? 0)]));
  }

  /** Starts a process and waits until it says that it is ready. */
  start(spec: ChildSpec): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = fork(join(this.#root, spec.script), spec.args ?? [], {
        cwd: this.#root,
        env: { ...process.env, ...spec.env },
        execArgv: ['--disable-warning=ExperimentalWarning', ...(spec.nodeArgs ?? [])],
        // An own process group: Ctrl-C reaches the launcher alone, which ends its children in order.
        detached: true,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      this.#running.set(spec.name, child);
      this.#onChange();
      let ready = false;
      child.on('message', (message) => {
        if (!isReady(message)) return;
        ready = true;
        resolve();
      });
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        this.#running.delete(spec.name);
        if (this.#stopping) return;
        const how = signal ?? `code ${code}`;
        if (ready) void this.#restart(spec, how);
        else
          reject(
            new StartError(
              `The ${spec.name} process ended while starting (${how}). Its last lines are above.`,
            ),
          );
      });
    });
  }

  async #restart(spec: ChildSpec, how: string): Promise<void> {
    const now = Date.now();
    const recent = [...(this.#crashes.get(spec.name) ?? []), now].filter((at) => now - at < 60_000);
    this.#crashes.set(spec.name, recent);
    if (recent.length > crashesPerMinute) {
      this.#onGivenUp(new StartError(`The ${spec.name} process keeps ending (${how}).`));
      return;
    }
    this.#log(`The ${spec.name} process ended (${how}); starting it again.`);
    await sleep(250 * recent.length);
    if (!this.#stopping) await this.start(spec).catch((error) => this.#onGivenUp(error));
  }

  /** Ends all of them: asked first, by force after ten seconds. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const marks = Object.values(this.marks());
    await Promise.all(marks.map((mark) => endProcess(mark, 'SIGTERM', 10_000)));
  }
}

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
}
