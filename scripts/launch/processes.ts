import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that can be told from a later one with the same id by the time it began. */
export type ProcessMark = { pid: number; startedAt: string };
export type RunFile = {
  launcher: ProcessMark;
  children: Record<string, ProcessMark>;
  databaseUrl: string;
  appUrl: string;
};

/** When the process began, in the operating system's own words; null if there is none. */
export function startTimeOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? null : (fields[19] ?? null);
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

export function markOf(pid: number): ProcessMark {
  return { pid, startedAt: startTimeOf(pid) ?? '' };
}

export function isSameProcess(mark: ProcessMark | undefined): mark is ProcessMark {
  return mark !== undefined && mark.startedAt !== '' && startTimeOf(mark.pid) === mark.startedAt;
}

/** Asks the process to end, waits, and ends it by force after `graceMs`. */
export async function endProcess(mark: ProcessMark, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (!isSameProcess(mark)) return;
  process.kill(mark.pid, signal);
  const deadline = Date.now() + graceMs;
  while (isSameProcess(mark)) {
    if (Date.now() > deadline) {
      process.kill(mark.pid, 'SIGKILL');
      return;
    }
    await sleep(50);
  }
}

export function readRunFile(file: string): RunFile | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunFile;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

export function writeRunFile(file: string, run: RunFile): void {
  writeFileSync(`${file}.new`, JSON.stringify(run, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeRunFile(file: string): void {
  rmSync(file, { force: true });
}
