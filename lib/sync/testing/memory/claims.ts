import { type Claims, spaceOf } from '../../engine/claims.ts';
import type { VirtualClock } from './clock.ts';
import type { Mortal } from './passage.ts';

/** After so long a silent worker counts as dead, and what it held is free. */
const silentMs = 60_000;

type Holder = { worker: Mortal; diedAt: number | null };

/** Claims of one database: whoever lives keeps what it holds until it gives it back. */
export function memoryClaims(clock: VirtualClock): (worker: Mortal, orgId: string) => Claims {
  const holders = new Map<string, Holder>();
  const isFree = (name: string) => {
    const holder = holders.get(name);
    if (!holder) return true;
    if (!holder.worker.isDead()) return false;
    holder.diedAt ??= clock.ms();
    return clock.ms() - holder.diedAt >= silentMs;
  };
  return (worker, orgId) => {
    const named = (key: string) => `${spaceOf(key, orgId)} ${key}`;
    const mine = () => [...holders].flatMap(([name, holder]) => (holder.worker === worker ? [name] : []));
    const giveBack = (names: readonly string[]) => {
      for (const name of names) holders.delete(name);
    };
    const isOurs = (key: string) => holders.get(named(key))?.worker === worker;
    return {
      lost: new AbortController().signal,
      async take(keys) {
        await worker.pass('claims.take');
        const taken = [...new Set(keys)].filter((key) => isOurs(key) || isFree(named(key)));
        for (const key of taken) holders.set(named(key), { worker, diedAt: null });
        return new Set(taken);
      },
      async keepOnly(keys) {
        await worker.pass('claims.keepOnly');
        const kept = keys.map(named);
        giveBack(mine().filter((name) => !kept.includes(name)));
      },
      async end() {
        await worker.pass('claims.end');
        giveBack(mine());
      },
    };
  };
}
