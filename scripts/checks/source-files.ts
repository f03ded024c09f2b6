import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const skipped = new Set(['node_modules', '.next', '.git', 'generated', 'test-results', 'playwright-report']);

/** Every file of the repository that is ours, as paths from its root; also where there is no git. */
export function sourceFiles(): string[] {
  if (existsSync('.git')) {
    const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      encoding: 'utf8',
    });
    return list.split('\n').filter((path) => path !== '' && existsSync(path));
  }
  return walk('.');
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name) || entry.name.startsWith('.data')) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}

/** Prints what is wrong and ends the process accordingly. */
export function report(problems: string[]): void {
  for (const problem of problems) console.log(problem);
  process.exit(problems.length === 0 ? 0 : 1);
}
