import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import pg from 'pg';

type Control = {
  post(path: string, body?: unknown): Promise<unknown>;
  get(path: string): Promise<unknown>;
  remove(path: string): Promise<unknown>;
};

/** One simulator's side door. */
function control(url: string): Control {
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/__control/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    expect(response.ok, `${method} ${url}/__control/${path}: ${text}`).toBe(true);
    return text === '' ? undefined : JSON.parse(text);
  };
  return {
    post: (path, body) => call('POST', path, body),
    get: (path) => call('GET', path),
    remove: (path) => call('DELETE', path),
  };
}

const hubspotUrl = process.env.E2E_HUBSPOT_URL ?? 'http://localhost:4010';
export const salesforceUrl = process.env.E2E_SALESFORCE_URL ?? 'http://localhost:4020';
const sandboxUrl = process.env.E2E_SANDBOX_URL ?? 'http://localhost:4021';
/** Of the app under test. */
export const dataDir = process.env.E2E_DATA_DIR ?? '.data';

export const hubspot = control(hubspotUrl);
export const salesforce = control(salesforceUrl);
const sandbox = control(sandboxUrl);

async function onDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { databaseUrl } = JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as {
    databaseUrl: string;
  };
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Both CRMs with their demo data and an app that knows nobody: every journey begins here. `seed` is added to
 * what HubSpot begins with: `{ segments: 10_000 }`.
 */
export async function beginAnew(seed: object = {}): Promise<void> {
  await onDatabase(async (client) => {
    await emptyDatabase(client);
    await client.query('CREATE TABLE IF NOT EXISTS test_clock (offset_ms bigint NOT NULL)');
    await client.query('ALTER TABLE test_clock ADD COLUMN IF NOT EXISTS stopped_at timestamptz');
    await client.query('TRUNCATE test_clock');
    await client.query('INSERT INTO test_clock VALUES (0, NULL)');
    await client.query(`CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE AS
      'SELECT coalesce(stopped_at, now()) + offset_ms * interval ''1 millisecond'' FROM test_clock'`);
  });
  await endFaults();
  await hubspot.post('reset', { seed: 'demo', ...seed });
  for (const simulator of [salesforce, sandbox]) await simulator.post('reset', { seed: 'demo' });
}

/**
 * Takes everything from the app while it works, and waits until its jobs have noticed: what they still did
 * would be counted in the next journey.
 */
async function emptyDatabase(client: pg.Client): Promise<void> {
  for (;;) {
    try {
      await client.query('TRUNCATE "Workspace", "OAuthRequest", "Claim" CASCADE');
      break;
    } catch (error) {
      // Postgres ends one of two transactions that wait for each other; the app's has gone on then.
      if (!(error instanceof pg.DatabaseError) || error.code !== '40P01') throw error;
    }
  }
  await client.query('DELETE FROM graphile_worker._private_jobs WHERE locked_at IS NULL');
  await expect
    .poll(async () => {
      const running = await client.query(
        'SELECT 1 FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL',
      );
      return running.rowCount;
    })
    .toBe(0);
  await client.query('DELETE FROM graphile_worker._private_jobs');
}

/** Both CRMs behave again. */
export async function endFaults(): Promise<void> {
  for (const simulator of [hubspot, salesforce, sandbox]) await simulator.remove('faults');
}

/**
 * The app's clock stands still until the next beginning, but for `moveClock`: a journey that must come before
 * the end of a time cannot be too slow for it.
 */
export async function stopClock(): Promise<void> {
  await onDatabase((client) => client.query('UPDATE test_clock SET stopped_at = now()'));
}

/** Moves the app's clock and both CRMs', with the jobs that wait for a time. */
export async function moveClock(ms: number): Promise<void> {
  await onDatabase(async (client) => {
    await client.query('UPDATE test_clock SET offset_ms = offset_ms + $1', [ms]);
    await client.query(
      `UPDATE graphile_worker._private_jobs SET run_at = run_at - $1 * interval '1 millisecond' WHERE locked_at IS NULL`,
      [ms],
    );
  });
  for (const simulator of [hubspot, salesforce, sandbox]) await simulator.post('clock', { advanceMs: ms });
}

/** Logs in through HubSpot's consent page. */
export async function logIn(
  page: Page,
  who = 'Maya Lindqvist (super admin), Northwind Trading',
): Promise<void> {
  await page.goto('/login');
  await page.locator('main button').first().click();
  await page.getByText(who).click();
  await page.getByRole('button', { name: 'Connect app' }).click();
  await page.waitForURL('**/settings/integrations/connected-apps');
}

/** Connects Salesforce through the wizard's first step and Salesforce's own page; ends at its third step. */
export async function connectSalesforce(page: Page): Promise<void> {
  await page.goto('/api/connections/salesforce/authorize?sandbox=false');
  await page.getByText('integration@northwind.example').click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.waitForURL('**/settings/integrations/connect/salesforce?step=sync');
}

type Row = Record<string, unknown>;

/** Asks Salesforce itself, or its sandbox, by its API. */
export async function soql(query: string, org: 'production' | 'sandbox' = 'production'): Promise<Row[]> {
  const [simulator, url] = org === 'sandbox' ? [sandbox, sandboxUrl] : [salesforce, salesforceUrl];
  const { accessToken } = (await simulator.post('tokens')) as { accessToken: string };
  const rows: Row[] = [];
  let path: string | undefined = `/services/data/v66.0/query?q=${encodeURIComponent(query)}`;
  while (path) {
    const response: Response = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    const page = (await response.json()) as { records: Row[]; nextRecordsUrl?: string };
    expect(response.ok, JSON.stringify(page)).toBe(true);
    rows.push(...page.records);
    path = page.nextRecordsUrl;
  }
  return rows;
}

/** Asks HubSpot itself, by its API. */
export async function hubspotApi(method: string, path: string, body?: unknown): Promise<unknown> {
  const { accessToken } = (await hubspot.post('tokens')) as { accessToken: string };
  const response = await fetch(`${hubspotUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect(response.ok, text).toBe(true);
  return text === '' ? undefined : JSON.parse(text);
}
