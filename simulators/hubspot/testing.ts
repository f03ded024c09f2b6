import type { Seed } from '#simulators/core/control.ts';
import type { RunningSimulator } from '#simulators/core/server.ts';
import { defaultConfig, type HubSpotConfig } from './config.ts';
import { type HubSpotOptions, startHubSpot } from './server.ts';

export const redirectUri = 'http://localhost:3000/api/auth/callback/hubspot';

interface Reply<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

/** A running simulator with a token, for tests. */
export interface Bench {
  sim: RunningSimulator<HubSpotConfig>;
  url: string;
  accessToken: string;
  refreshToken: string;
  /** A call with the token; the body is sent and read as JSON. */
  call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Reply<T>>;
  control<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  /** A form post to an OAuth address. */
  form(path: string, fields: Record<string, string>): Promise<Reply>;
  stop(): Promise<void>;
}

/** Starts a simulator on a free port, without delays unless asked for. */
export async function startBench(
  seed: Seed['seed'],
  config: Partial<HubSpotConfig> = {},
  options: Partial<HubSpotOptions> = {},
): Promise<Bench> {
  const quick = {
    ...defaultConfig,
    searchDelayMs: 0,
    listDelayMs: 0,
    listProcessingMs: 0,
    webhookDelayMs: 0,
  };
  const sim = await startHubSpot({
    ...{ port: 0, hostname: '127.0.0.1', redirectUris: [redirectUri], seed, config: { ...quick, ...config } },
    ...options,
  });
  const url = sim.url();
  const send = async (method: string, address: string, body: unknown, headers: Record<string, string>) => {
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const payload = body === undefined ? undefined : JSON.stringify(body);
    return reply(
      await fetch(address, { method, headers: { ...type, ...headers }, body: payload, redirect: 'manual' }),
    );
  };
  const control = async <T>(method: string, path: string, body?: unknown) =>
    (await send(method, `${url}/__control${path}`, body, {})).body as T;
  const tokens = await control<{ accessToken: string; refreshToken: string }>('POST', '/tokens', {});
  const headers = { authorization: `Bearer ${tokens.accessToken}` };
  return {
    ...{ sim, url, control, ...tokens },
    call: async <T>(method: string, path: string, body?: unknown) =>
      (await send(method, `${url}${path}`, body, headers)) as Reply<T>,
    form: async (path, fields) =>
      reply(
        await fetch(`${url}${path}`, {
          method: 'POST',
          body: new URLSearchParams(fields),
          redirect: 'manual',
        }),
      ),
    stop: () => sim.stop(),
  };
}

async function reply(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const body = isJson ? (JSON.parse(text) as Record<string, unknown>) : { text };
  return { status: response.status, headers: response.headers, body };
}
