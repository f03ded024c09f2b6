import type { Claims } from '../../engine/claims.ts';
import type { VirtualClock } from './clock.ts';
import type { Mortal } from './passage.ts';

/** After so long a silent worker counts as dead, and what it held is free. */
const silentMs = 60_000;

type Holder = { worker: Mortal; diedAt: number | null };

/** Claims of one database: whoever lives keeps what it holds until it gives it back. */
export function memoryClaims(clock: VirtualClock): (worker: Mortal) => Claims {
  const holders = new Map<string, Holder>();
  const isFree = (key: string) => {
    const holder = holders.get(key);
    if (!holder) return true;
    if (!holder.worker.isDead()) return false;
    holder.diedAt ??= clock.ms();
    return clock.ms() - holder.diedAt >= silentMs;
  };
  return (worker) => {
    const mine = () => [...holders].flatMap(([key, holder]) => (holder.worker === worker ? [key] : []));
    const giveBack = (keys: readonly string[]) => {
      for (const key of keys) holders.delete(key);
    };
    return {
      lost: new AbortController().signal,
      async take(keys) {
        await worker.pass('claims.take');
        const taken = [...new Set(keys)].filter((key) => holders.get(key)?.worker === worker || isFree(key));
        for (const key of taken) holders.set(key, { worker, diedAt: null });
        return new Set(taken);
      },
      async keepOnly(keys) {
        await worker.pass('claims.keepOnly');
        giveBack(mine().filter((key) => !keys.includes(key)));
      },
      async end() {
        await worker.pass('claims.end');
        giveBack(mine());
      },
    };
  };
}
