import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { type Clock, createClock } from './clock.ts';
import { type Config, commonSettings, createConfig } from './config.ts';
import { type ControlHooks, controlRoutes } from './control.ts';
import { createFaults, type Fault, type Faults } from './faults.ts';
import { ICON, ICON_PATH } from './html.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import { openStore, type Store } from './store.ts';

/** What the core hands to a simulator. */
export interface SimulatorContext<T extends object> {
  store: Store;
  clock: Clock;
  faults: Faults;
  log: RequestLog;
  config: Config<T>;
  /** The address it listens on, without a trailing slash; known once it listens. */
  url(): string;
}

export interface SimulatorOptions<T extends object> {
  name: string;
  /** 0 takes a free port. */
  port: number;
  hostname?: string;
  /** Folder of the state; memory alone when absent. */
  folder?: string;
  /** Settings of `/__control/config` and their first values. */
  defaults: T;
  build(context: SimulatorContext<T>): SimulatorParts;
}

export interface SimulatorParts {
  routes: { fetch(request: Request, env: HttpBindings): Response | Promise<Response> };
  control: ControlHooks;
  /** Ends what runs in the background. */
  stop?(): void;
}

export interface RunningSimulator<T extends object> extends SimulatorContext<T> {
  name: string;
  port: number;
  stop(): Promise<void>;
}

/** Builds a simulator and listens. Rejects with a clear error when the port is taken. */
export async function createSimulator<T extends object>(
  options: SimulatorOptions<T>,
): Promise<RunningSimulator<T>> {
  const store = openStore(options.folder);
  const times = store.collection<number>('clock');
  const clock = createClock(times.get('offset') ?? 0, (offset) => times.set('offset', offset));
  let port = 0;
  const context: SimulatorContext<T> = {
    store,
    clock,
    faults: createFaults(),
    log: createRequestLog(),
    config: createConfig<T>(store, { ...commonSettings, ...options.defaults }),
    url: () => `http://${options.hostname ?? 'localhost'}:${port}`,
  };
  const parts = options.build(context);
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route('/__control', controlRoutes(context, parts.control));
  const icon = () => new Response(ICON, { headers: { 'content-type': 'image/svg+xml' } });
  for (const path of [ICON_PATH, '/favicon.ico']) app.get(path, icon);
  app.all('*', (c) => serveWithFaults(c.req.raw, c.env, context, parts));

  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  port = await listen(server, options);
  return {
    ...context,
    name: options.name,
    port,
    async stop() {
      parts.stop?.();
      clock.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      store.close();
    },
  };
}

function listen(server: Server, options: { name: string; port: number; hostname?: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${options.port} for the ${options.name} simulator is taken by another program.`;
      reject(error.code === 'EADDRINUSE' ? new Error(taken, { cause: error }) : error);
    });
    server.listen(options.port, options.hostname, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : options.port);
    });
  });
}

async function serveWithFaults<T extends object>(
  request: Request,
  env: HttpBindings,
  context: SimulatorContext<T>,
  parts: SimulatorParts,
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const at = context.clock.iso();
  const started = performance.now();
  const fault = context.faults.take(request.method, pathname);
  if (fault?.held) await context.faults.replaced();
  // Answers tell the simulator's own time, as those of the real systems do.
  env.outgoing.setHeader('date', new Date(context.clock.now()).toUTCString());
  const response = await answer(request, env, parts, fault);
  context.log.add({
    at,
    method: request.method,
    path: pathname,
    query: search,
    status: response === RESPONSE_ALREADY_SENT ? 0 : response.status,
    durationMs: Math.round(performance.now() - started),
  });
  return response;
}

async function answer(
  request: Request,
  env: HttpBindings,
  parts: SimulatorParts,
  fault: Fault | undefined,
): Promise<Response> {
  if (!fault) return parts.routes.fetch(request, env);
  if (fault.delayMs) await wait(fault.delayMs);
  if (fault.dropBeforeCommit) return cut(env);
  if (fault.dropAfterCommit) {
    await parts.routes.fetch(request, env);
    return cut(env);
  }
  if (fault.status === undefined) return parts.routes.fetch(request, env);
  const text = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? {});
  const type = typeof fault.body === 'string' ? 'text/html;charset=utf-8' : 'application/json;charset=utf-8';
  const headers = new Headers({ 'content-type': type, ...fault.headers });
  return new Response(fault.status === 204 ? null : text, { status: fault.status, headers });
}

function cut(env: HttpBindings): Response {
  env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}
