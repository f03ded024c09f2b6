import type { Store } from './store.ts';

/**
 * Settings that `/__control/config` of every simulator accepts, so that one request steers whatever CRM runs. Those
 * that mean nothing to a CRM are kept and shown, without effect.
 */
export const commonSettings = {
  searchDelayMs: 0,
  listDelayMs: 0,
  commitDelayMs: 0,
  rateLimits: false,
  dailyApiLimit: 0,
  webhookUrl: '',
  planListLimit: 0,
  rules: {},
  profiles: {},
};

/** Settings of a running simulator that tests and the demo may change. */
export interface Config<T extends object> {
  readonly current: T;
  /**
   * Replaces the named settings, null by the default; throws an Error for a name that does not exist or a value of
   * another type.
   */
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

/** Checks the names and types of `changes`; a null becomes the default. */
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
  const known = defaults as Record<string, unknown>;
  const filled = Object.entries(changes).map(([key, value]) => [key, value ?? known[key]]);
  return Object.fromEntries(filled) as Partial<T>;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
