import type { ObjectStore } from './object-store.ts';
import type { CrmRecord } from './types.ts';

interface Version {
  /** From when on search shows it. */
  at: number;
  /** Undefined: search does not know the record (yet, or any more). */
  record: CrmRecord | undefined;
}

/**
 * What search sees: every record as it was `searchDelayMs` ago. Only records changed within that time are kept
 * here; all others are read from the store.
 */
export class SearchIndex {
  readonly #store: ObjectStore;
  readonly #late = new Map<string, Version[]>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  changed(id: string, before: CrmRecord | undefined, after: CrmRecord | undefined) {
    const { clock, config } = this.#store.portal.world;
    const delay = config.current.searchDelayMs;
    const versions = this.#late.get(id);
    if (delay <= 0) {
      this.#late.delete(id);
      return;
    }
    const next = { at: clock.now() + delay, record: after };
    if (versions) versions.push(next);
    else this.#late.set(id, [{ at: Number.NEGATIVE_INFINITY, record: before }, next]);
  }

  /** Every record that search sees, archived ones left out, in the order of their ids. */
  *visible(): Generator<CrmRecord> {
    this.#settle();
    const removed = [...this.#late.keys()].filter((id) => !this.#store.records.has(id));
    for (const id of [...this.#store.ids, ...removed]) {
      const versions = this.#late.get(id);
      const record = versions ? this.#current(versions) : this.#store.records.get(id);
      if (record && record.archivedAt === undefined) yield record;
    }
  }

  clear() {
    this.#late.clear();
  }

  #current(versions: Version[]): CrmRecord | undefined {
    const now = this.#store.portal.world.clock.now();
    return versions.findLast((version) => version.at <= now)?.record;
  }

  /** Drops what has become visible. */
  #settle() {
    const now = this.#store.portal.world.clock.now();
    for (const [id, versions] of this.#late) {
      if (versions.every((version) => version.at <= now)) this.#late.delete(id);
    }
  }
}
