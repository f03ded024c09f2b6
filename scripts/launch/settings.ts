import { resolve } from 'node:path';
import type { Secrets } from './secrets.ts';
import { StartError } from './start-error.ts';

export type LaunchSettings = {
  root: string;
  dataDir: string;
  port: number;
  appUrl: string;
  mode: 'simulated' | 'live';
  dev: boolean;
  ports: { hubspot: number; salesforce: number; sandbox: number };
};

const liveNames = [
  'HUBSPOT_CLIENT_ID',
  'HUBSPOT_CLIENT_SECRET',
  'SALESFORCE_CLIENT_ID',
  'SALESFORCE_CLIENT_SECRET',
  'AUTH_SECRET',
  'ENCRYPTION_KEYS',
];

/** Reads the operator's wishes; `live` with something missing is an error that names it. */
export function readSettings(root: string, argv: string[], env: NodeJS.ProcessEnv): LaunchSettings {
  const anyClient = liveNames.slice(0, 4).some((name) => env[name]);
  const mode = env.CRM_MODE || (anyClient ? 'live' : 'simulated');
  if (mode !== 'simulated' && mode !== 'live') {
    throw new StartError(`CRM_MODE must be "simulated" or "live", not "${mode}".`);
  }
  const missing = mode === 'live' ? liveNames.filter((name) => !env[name]) : [];
  if (missing.length > 0)
    throw new StartError(`CRM_MODE is live, but these are not set: ${missing.join(', ')}.`);
  const port = portOf(env, 'PORT', 3000);
  return {
    root,
    dataDir: resolve(root, env.DATA_DIR || '.data'),
    port,
    appUrl: (env.APP_URL || `http://localhost:${port}`).replace(/\/$/, ''),
    mode,
    dev: argv.includes('--dev'),
    ports: {
      hubspot: portOf(env, 'HUBSPOT_SIM_PORT', 4010),
      salesforce: portOf(env, 'SALESFORCE_SIM_PORT', 4020),
      sandbox: portOf(env, 'SALESFORCE_SANDBOX_SIM_PORT', 4021),
    },
  };
}

function portOf(env: NodeJS.ProcessEnv, name: string, standard: number): number {
  const port = Number(env[name] || standard);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartError(`${name} must be a port number.`);
  return port;
}

/** What web and worker get to know. The simulators differ from the real CRMs by their addresses alone. */
export function processEnvironment(
  settings: LaunchSettings,
  secrets: Secrets,
  databaseUrl: string,
  apps: SimulatedApps | null,
): Record<string, string> {
  const shared: Record<string, string> = {
    PORT: String(settings.port),
    APP_URL: settings.appUrl,
    NEXTAUTH_URL: settings.appUrl,
    DATABASE_URL: databaseUrl,
    CRM_MODE: settings.mode,
    NODE_ENV: settings.dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  };
  if (!apps) return { ...shared, NEXTAUTH_SECRET: process.env.AUTH_SECRET ?? '' };
  const hubspot = `http://localhost:${settings.ports.hubspot}`;
  const authSecret = process.env.AUTH_SECRET || secrets.authSecret;
  return {
    ...shared,
    AUTH_SECRET: authSecret,
    NEXTAUTH_SECRET: authSecret,
    ENCRYPTION_KEYS: process.env.ENCRYPTION_KEYS || secrets.encryptionKeys,
    HUBSPOT_API_URL: hubspot,
    HUBSPOT_APP_URL: hubspot,
    HUBSPOT_CLIENT_ID: apps.hubspot.clientId,
    HUBSPOT_CLIENT_SECRET: apps.hubspot.clientSecret,
    SALESFORCE_LOGIN_URL: `http://localhost:${settings.ports.salesforce}`,
    SALESFORCE_SANDBOX_LOGIN_URL: `http://localhost:${settings.ports.sandbox}`,
    SALESFORCE_CLIENT_ID: apps.salesforce.clientId,
    SALESFORCE_CLIENT_SECRET: apps.salesforce.clientSecret,
    SYNC_POLL_SECONDS: process.env.SYNC_POLL_SECONDS || '30',
  };
}

type App = { clientId: string; clientSecret: string };
export type SimulatedApps = { hubspot: App; salesforce: App };
