import { Hono } from 'hono';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { type Faults, parseFaults } from './faults.ts';
import type { RequestLog } from './request-log.ts';

export interface Seed {
  seed: 'demo' | 'empty';
  /** How many people; the demo's own number when absent. */
  contacts?: number;
  /** How many segments. */
  segments?: number;
  /** How many records of an org. */
  records?: number;
}

interface TokenPair {
  accessToken: string;
  refreshToken: string;
}

/** What a simulator must offer to be steered by `/__control`. */
export interface ControlHooks {
  /** Empties all state and seeds it anew. */
  reset(seed: Seed): void | Promise<void>;
  /** Grants a pair of tokens without the browser; throws an Error when account or user is unknown. */
  tokens(who: { account?: string | number; user?: string | number; app?: string }): TokenPair & object;
  /** Shown by `GET config` beside the settings: client ids and secrets, redirect addresses, accounts. */
  describe(): object;
  /** Adds or changes objects, fields, properties; answers what it made. */
  schema(change: unknown): unknown;
  /** After the settings have changed. */
  configured?(): void;
  /** Further routes under `/__control`. */
  routes?: Hono;
}

export interface ControlParts {
  config: Config<object>;
  clock: Clock;
  faults: Faults;
  log: RequestLog;
}

/** Routes under `/__control`: no part of any CRM, only for tests and the demo. */
export function controlRoutes(parts: ControlParts, hooks: ControlHooks): Hono {
  const { config, clock, faults, log } = parts;
  const app = new Hono();
  app.onError((error, c) => c.json({ error: error.message }, 400));
  app.notFound((c) => c.json({ error: `There is no ${c.req.method} ${c.req.path}.` }, 404));

  const body = async (request: Request): Promise<unknown> => {
    const text = await request.text();
    return text === '' ? {} : JSON.parse(text);
  };
  const state = () => ({ ...config.current, ...hooks.describe(), now: clock.iso() });

  app.post('/reset', async (c) => {
    const seed = parseSeed(await body(c.req.raw));
    faults.replace([]);
    log.clear();
    await hooks.reset(seed);
    return c.json({ ok: true });
  });
  app.post('/tokens', async (c) => {
    return c.json(hooks.tokens((await body(c.req.raw)) as { account?: string; user?: string }));
  });
  app.get('/config', (c) => c.json(state()));
  app.post('/config', async (c) => {
    config.change(await body(c.req.raw));
    hooks.configured?.();
    return c.json(state());
  });
  app.post('/schema', async (c) => c.json((hooks.schema(await body(c.req.raw)) ?? { ok: true }) as object));
  app.get('/faults', (c) => c.json(faults.list()));
  // What is sent replaces the whole list; an empty one ends all faults, as DELETE does.
  app.post('/faults', async (c) => {
    faults.replace(parseFaults(await body(c.req.raw)));
    return c.json(faults.list());
  });
  app.delete('/faults', (c) => {
    faults.replace([]);
    return c.json([]);
  });
  app.post('/clock', async (c) => {
    const { advanceMs } = (await body(c.req.raw)) as { advanceMs?: unknown };
    if (typeof advanceMs !== 'number' || advanceMs < 0) throw new Error('advanceMs is a number, 0 or more.');
    await clock.advance(advanceMs);
    return c.json({ now: clock.iso() });
  });
  app.get('/clock', (c) => c.json({ now: clock.iso() }));
  app.get('/requests', (c) => c.json(log.report()));
  if (hooks.routes) app.route('/', hooks.routes);
  return app;
}

/** Every simulator takes every number, so that one body resets any of them; it leaves out what it does not have. */
function parseSeed(input: unknown): Seed {
  const given = (input ?? {}) as Record<string, unknown>;
  const { seed = 'demo', ...numbers } = given;
  if (seed !== 'demo' && seed !== 'empty') throw new Error('seed is "demo" or "empty".');
  for (const [key, value] of Object.entries(numbers)) {
    if (!['contacts', 'segments', 'records'].includes(key)) throw new Error(`A reset has no "${key}".`);
    if (!Number.isInteger(value) || Number(value) < 0)
      throw new Error(`${key} is a whole number, 0 or more.`);
  }
  return { ...numbers, seed } as Seed;
}
