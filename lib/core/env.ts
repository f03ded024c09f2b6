import { z } from 'zod';

const optional = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());
const withDefault = (value: string) =>
  z.preprocess((given) => (given === '' ? undefined : given), z.string().default(value));
const list = optional.transform((value) => (value ? value.split(',').map((item) => item.trim()) : []));

const schema = z.object({
  APP_URL: optional,
  PORT: z.coerce.number().int().positive().default(3000),
  DATABASE_URL: z.string().min(1),
  CRM_MODE: z.enum(['simulated', 'live']).default('live'),
  HUBSPOT_CLIENT_ID: z.string().min(1),
  HUBSPOT_CLIENT_SECRET: z.string().min(1),
  HUBSPOT_API_URL: withDefault('https://api.hubapi.com'),
  HUBSPOT_APP_URL: withDefault('https://app.hubspot.com'),
  HUBSPOT_ALLOWED_ACCOUNTS: list,
  SALESFORCE_CLIENT_ID: z.string().min(1),
  SALESFORCE_CLIENT_SECRET: z.string().min(1),
  SALESFORCE_LOGIN_URL: withDefault('https://login.salesforce.com'),
  SALESFORCE_SANDBOX_LOGIN_URL: withDefault('https://test.salesforce.com'),
  AUTH_SECRET: z.string().min(16),
  /** Newest first; each is 32 bytes in base64url. */
  ENCRYPTION_KEYS: z.string().transform((value) => value.split(',').map((key) => key.trim())),
  SYNC_POLL_SECONDS: z.coerce.number().int().positive().default(900),
  WORKER_DEAD_SECONDS: z.coerce.number().int().positive().default(60),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export type Env = Omit<z.infer<typeof schema>, 'APP_URL'> & { APP_URL: string };

let cached: Env | undefined;

/**
 * The settings of this process, read once. Throws with the names of what is missing or wrong, never with
 * a value.
 */
export function env(): Env {
  if (cached) return cached;
  const parsed = schema.safeParse(process.env);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))].join(', ');
    throw new Error(`These environment variables are missing or wrong: ${names}.`);
  }
  const { APP_URL, ...rest } = parsed.data;
  cached = { ...rest, APP_URL: (APP_URL ?? `http://localhost:${rest.PORT}`).replace(/\/$/, '') };
  if (cached.CRM_MODE === 'live' && cached.SYNC_POLL_SECONDS < 60) {
    throw new Error('SYNC_POLL_SECONDS must be at least 60 with real CRMs.');
  }
  return cached;
}

/** Readable before the rest is complete, because the log must work while it is not. */
export function logLevel(): string {
  return process.env.LOG_LEVEL || 'info';
}

/** Whether this is a built app, whose files no longer change while it runs. */
export function isProduction(): boolean {
  return process.env.NODE_ENV === 'production';
}
