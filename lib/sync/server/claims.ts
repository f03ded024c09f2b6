import { randomUUID } from 'node:crypto';
import { chunk } from '#lib/core/chunk.ts';
import { db } from '#lib/core/db.ts';
import { log } from '#lib/core/log.ts';
import { type Claims, spaceOf } from '../engine/claims.ts';
import { deleteClaims, deleteClaimsOfWorkers, insertClaims, prolongClaims } from './claims-repository.ts';

const renewEveryMs = 10_000;
/** A claim lasts this long unless it is renewed: longer than any request to a CRM. */
export const claimSeconds = 120;

export type OpenClaims = Claims & {
  /** Another holder, to whom this one is as any other; but what one of them loses, both have lost. */
  beside(): OpenClaims;
};

/** Opens a holder of claims that renews what it holds every ten seconds, until `end`. */
export function openClaims(orgId: string, workerId: string, lost = new AbortController()): OpenClaims {
  const holder = randomUUID();
  const held = new Set<string>();
  let renewedAt = Date.now();
  const timer = setInterval(() => {
    prolongClaims(db(), holder, claimSeconds).then(
      (renewed) => {
        renewedAt = Date.now();
        // The dead lose all they hold at once.
        if (renewed === 0 && held.size > 0) lost.abort(new Error('Claims were freed while they were held.'));
      },
      (error: unknown) => {
        log.warn({ err: error }, 'claims could not be renewed');
        if (Date.now() - renewedAt > (claimSeconds * 1000) / 2) lost.abort(error);
      },
    );
  }, renewEveryMs);
  timer.unref();
  return {
    lost: lost.signal,
    beside: () => openClaims(orgId, workerId, lost),
    async take(keys) {
      const sorted = [...new Set(keys)].sort();
      const taken = new Set<string>();
      for (const part of chunk(sorted, 2_000)) {
        const spaces = part.map((key) => spaceOf(key, orgId));
        const of = { holder, workerId, seconds: claimSeconds };
        const rows = await insertClaims(db(), { ...of, keys: part, spaces });
        for (const key of rows) taken.add(key);
      }
      for (const key of taken) held.add(key);
      return taken;
    },
    async keepOnly(keys) {
      const given = [...held].filter((key) => !keys.includes(key));
      for (const key of given) held.delete(key);
      await deleteClaims(db(), holder, given);
    },
    async end() {
      clearInterval(timer);
      held.clear();
      await deleteClaims(db(), holder, null);
    },
  };
}

/** Frees what dead workers held. */
export async function freeClaimsOf(workerIds: readonly string[]): Promise<void> {
  if (workerIds.length > 0) await deleteClaimsOfWorkers(db(), [...workerIds]);
}
