import { pino } from 'pino';
import { logLevel } from './env.ts';

const secretKeys = [
  'accessToken',
  'refreshToken',
  'access_token',
  'refresh_token',
  'client_secret',
  'code',
  'codeVerifier',
  'authorization',
  'cookie',
  'password',
];

/** The log of this process: JSON lines; anything that could be a secret is cut out by name. */
export const log = pino({
  level: logLevel(),
  base: { pid: process.pid },
  redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[secret]' },
});

/** Logs a bug and answers the id under which it can be found. */
export function logBug(error: unknown, context: Record<string, unknown> = {}): string {
  const reference = crypto.randomUUID();
  log.error({ err: error, reference, ...context }, 'unexpected error');
  return reference;
}
