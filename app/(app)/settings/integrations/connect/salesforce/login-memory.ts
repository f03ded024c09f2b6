import { z } from 'zod';

const requestSchema = z.object({ sandbox: z.boolean(), loginUrl: z.string().optional() });
export type LoginRequest = { sandbox: boolean; loginUrl?: string };

const key = 'segbridge-salesforce-login';

/** Keeps how the log-in was asked for, in this tab, in case it has to be asked for again. */
export function rememberLogin(request: LoginRequest): void {
  window.sessionStorage.setItem(key, JSON.stringify(request));
}

/** How the log-in was last asked for in this tab. */
export function recallLogin(): LoginRequest {
  try {
    const { sandbox, loginUrl } = requestSchema.parse(
      JSON.parse(window.sessionStorage.getItem(key) ?? 'null'),
    );
    return { sandbox, ...(loginUrl ? { loginUrl } : {}) };
  } catch {
    // Nothing was kept, or not by us: the general log-in is where most organisations are.
    return { sandbox: false };
  }
}
