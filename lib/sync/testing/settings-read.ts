import type { Gate } from '#lib/settings/rules.ts';
import type { SyncStore } from '../store.ts';
import type { Mortal } from './memory/passage.ts';

/** By worker: the version of the settings with which its batch began, and the gate that it has read last. */
export class SettingsRead {
  readonly #versions = new Map<string, number>();
  readonly #gates = new Map<string, { gate: Gate; isFresh: () => boolean }>();

  /** Notes what a worker reads of the settings. */
  watching(store: SyncStore, worker: Mortal): SyncStore {
    const settings = async () => {
      const read = await store.settings();
      if (!this.#versions.has(worker.worker)) this.#versions.set(worker.worker, read.version);
      return read;
    };
    const gate = async (at: Date) => {
      const read = await store.gate(at);
      const began = worker.passed();
      this.#gates.set(worker.worker, { gate: read, isFresh: () => worker.passed() - began <= 2 });
      return read;
    };
    return { ...store, settings, gate };
  }

  /** Whoever gives back its people begins a new batch. */
  endBatch({ worker }: Mortal): void {
    this.#versions.delete(worker);
  }

  versionOf(worker: string): number {
    return this.#versions.get(worker) ?? 0;
  }

  /** The gate that a worker has read a moment ago: it may have changed since. */
  freshGate(worker: string): Gate | null {
    const read = this.#gates.get(worker);
    return read?.isFresh() ? read.gate : null;
  }
}
