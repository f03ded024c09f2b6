import { execFileSync } from 'node:child_process';
import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from './start-error.ts';

/** Makes the data folder and checks that it can be used; as root, also by the database's user. */
export function prepareDataFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartError(
      `The data folder ${dataDir} can't be used (${(error as NodeJS.ErrnoException).code}). Set DATA_DIR to a folder that this user may write.`,
    );
  }
  if (isRoot()) chmodSync(dataDir, 0o711);
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Postgres refuses to run as root, so it runs as the user `postgres`, who must be able to enter every
 * folder above its programs and its data. Names the first folder that keeps it out.
 */
export function checkReachableByDatabaseUser(path: string): void {
  if (!isRoot()) return;
  for (const folder of ancestors(path)) {
    const { mode, uid, gid } = statSync(folder);
    const databaseUser = databaseUserIds();
    const bit = uid === databaseUser?.uid ? 0o100 : gid === databaseUser?.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) {
      throw new StartError(
        `The database runs as the user "postgres", which can't enter ${folder}. Run "chmod o+x ${folder}", move Segbridge elsewhere, or set DATABASE_URL to a Postgres of your own.`,
      );
    }
  }
}

/** The ids of the system's `postgres` user; null while there is none. */
export function databaseUserIds(): { uid: number; gid: number } | null {
  if (!isRoot()) return null;
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [...ancestors(parent), path];
}
