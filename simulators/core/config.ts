import type { Store } from './store.ts';

/** Settings of a running simulator that tests and the demo may change. */
export interface Config<T extends object> {
  readonly current: T;
  /** Replaces the named settings; throws an Error for a name that does not exist or a value of another type. */
  change(changes: unknown): T;
  /** Back to the defaults. */
  reset(): void;
}

/** Keeps the settings in `store`, so that they survive a restart. */
export function createConfig<T extends object>(store: Store, defaults: T): Config<T> {
  const saved = store.collection<Partial<T>>('config');
  let current: T = { ...defaults, ...saved.get('config') };
  return {
    get current() {
      return current;
    },
    change(changes) {
      const next = check(defaults, changes);
      current = { ...current, ...next };
      saved.set('config', current);
      return current;
    },
    reset() {
      current = { ...defaults };
      saved.delete('config');
    },
  };
}

function check<T extends object>(defaults: T, changes: unknown): Partial<T> {
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) {
    throw new Error('The configuration is an object.');
  }
  for (const [key, value] of Object.entries(changes)) {
    if (!Object.hasOwn(defaults, key)) throw new Error(`There is no setting "${key}".`);
    const expected = kindOf(defaults[key as keyof T]);
    if (expected !== 'null' && kindOf(value) !== 'null' && kindOf(value) !== expected) {
      throw new Error(`The setting "${key}" is of type ${expected}.`);
    }
  }
  return changes as Partial<T>;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
