import type { Collection } from '../../core/store.ts';
import type { Org } from '../records/org.ts';

const BUCKET_MS = 5 * 60 * 1000;
const WINDOW_MS = 24 * 60 * 60 * 1000;

/** Counts API requests of the last 24 hours, in steps of five minutes. */
export class Usage {
  readonly #org: Org;
  readonly #buckets: Collection<number>;

  constructor(org: Org) {
    this.#org = org;
    this.#buckets = org.store.collection('apiUsage');
  }

  get used(): number {
    const oldest = this.#bucket() - WINDOW_MS / BUCKET_MS;
    let sum = 0;
    for (const [bucket, count] of this.#buckets.entries()) {
      if (Number(bucket) > oldest) sum += count;
      else this.#buckets.delete(bucket);
    }
    return sum;
  }

  get limit(): number {
    return this.#org.config.current.dailyApiLimit;
  }

  add(requests = 1): void {
    const bucket = String(this.#bucket());
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + requests);
  }

  #bucket(): number {
    return Math.floor(this.#org.clock.now() / BUCKET_MS);
  }
}
