import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningSimulator } from '#simulators/core/server.ts';
import { defaultConfig, type HubSpotConfig } from './config.ts';
import { startHubSpot } from './server.ts';

export interface SeedFigures {
  contacts: number;
  /** Until it listens, with all segments evaluated and everything in the journal. */
  seedSeconds: number;
  /** The same from the journal, after a restart. */
  restartSeconds: number;
  heapMegabytes: number;
  residentMegabytes: number;
}

const seconds = (since: number) => Math.round(performance.now() - since) / 1_000;
const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);

/** Seeds a simulator with `contacts` people in a folder that is removed afterwards, and starts it a second time. */
export async function measureSeed(contacts = 200_000): Promise<SeedFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'hubspot-bench-'));
  try {
    const first = performance.now();
    const sim = await startHubSpot({ port: 0, hostname: '127.0.0.1', folder, contacts });
    const seedSeconds = seconds(first);
    const { heapUsed, rss } = process.memoryUsage();
    await sim.stop();
    const second = performance.now();
    const again = await startHubSpot({ port: 0, hostname: '127.0.0.1', folder });
    const restartSeconds = seconds(second);
    await again.stop();
    const memory = { heapMegabytes: megabytes(heapUsed), residentMegabytes: megabytes(rss) };
    return { contacts, seedSeconds, restartSeconds, ...memory };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface ReadFigures {
  /** Batch reads of 100 contacts a minute, one after the other. */
  batchReadsPerMinute: number;
  /** Batch updates of 100 contacts a minute, each of which changes every record. */
  batchUpdatesPerMinute: number;
}

/** Reads and changes batches of 100 contacts over HTTP for `forMs` each. */
export async function measureBatches(forMs = 5_000): Promise<ReadFigures> {
  const config = { ...defaultConfig, searchDelayMs: 0 };
  const sim = await startHubSpot({ port: 0, hostname: '127.0.0.1', contacts: 2_500, config });
  try {
    const post = await caller(sim);
    const page = await fetchIds(sim, post.token);
    const inputs = page.map((id) => ({ id }));
    const properties = [
      'email',
      'firstname',
      'lastname',
      'lifecyclestage',
      'country',
      'jobtitle',
      'phone',
      'company',
    ];
    const reads = await repeat(forMs, () =>
      post.call('/crm/v3/objects/contacts/batch/read', { inputs, properties }),
    );
    const updates = await repeat(forMs, (turn) => {
      const changed = page.map((id) => ({ id, properties: { city: `City ${turn}` } }));
      return post.call('/crm/v3/objects/contacts/batch/update', { inputs: changed });
    });
    return { batchReadsPerMinute: reads, batchUpdatesPerMinute: updates };
  } finally {
    await sim.stop();
  }
}

async function caller(sim: RunningSimulator<HubSpotConfig>) {
  const answer = await fetch(`${sim.url()}/__control/tokens`, { method: 'POST', body: '{}' });
  const { accessToken: token } = (await answer.json()) as { accessToken: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const call = async (path: string, body: object) => {
    const response = await fetch(`${sim.url()}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    await response.json();
  };
  return { token, call };
}

async function fetchIds(sim: RunningSimulator<HubSpotConfig>, token: string): Promise<string[]> {
  const address = `${sim.url()}/crm/v3/objects/contacts?limit=100`;
  const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  const { results } = (await response.json()) as { results: { id: string }[] };
  return results.map(({ id }) => id);
}

/** How often a minute `work` can be done, measured over `forMs`. */
async function repeat(forMs: number, work: (turn: number) => Promise<void>): Promise<number> {
  const started = performance.now();
  let turns = 0;
  for (; performance.now() - started < forMs; turns += 1) await work(turns);
  return Math.round((turns * 60_000) / (performance.now() - started));
}
