/** A child process that takes one kind of figures and sends them to its parent. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureBatches, measureSeed } from '#simulators/hubspot/bench.ts';
import { benchSalesforce } from '#simulators/salesforce/bench.ts';

async function salesforce() {
  const folder = mkdtempSync(join(tmpdir(), 'salesforce-bench-'));
  try {
    return await benchSalesforce(200_000, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const kinds: Record<string, () => Promise<object>> = {
  'hubspot-seed': () => measureSeed(),
  'hubspot-batches': () => measureBatches(),
  salesforce,
};

const take = kinds[process.argv[2] ?? ''];
if (!take) throw new Error(`There are figures of ${Object.keys(kinds).join(', ')}.`);
const answer = await take();
process.send?.(answer, () => process.exit(0));
