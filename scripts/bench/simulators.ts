import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ReadFigures, SeedFigures } from '#simulators/hubspot/bench.ts';
import type { SalesforceFigures } from '#simulators/salesforce/bench.ts';
import { printTable, seconds, whole } from './table.ts';

const figures = fileURLToPath(new URL('./figures.ts', import.meta.url));

/** One kind of figures, taken in a process of its own so that memory is that of one simulator alone. */
function take<T>(kind: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(figures, [kind], { execArgv: ['--disable-warning=ExperimentalWarning'] });
    child.once('message', (answer) => resolve(answer as T));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The figures of ${kind} ended with ${code}.`)));
  });
}

/** Seeding 200,000 people, memory, and how many calls a minute each simulator answers. */
export async function benchSimulators(): Promise<void> {
  const seed = await take<SeedFigures>('hubspot-seed');
  const reads = await take<ReadFigures>('hubspot-batches');
  printTable('HubSpot simulator', [
    [`${whole(seed.contacts)} contacts seeded`, seconds(seed.seedSeconds)],
    ['started again from its journal', seconds(seed.restartSeconds)],
    ['heap', `${whole(seed.heapMegabytes)} MB`],
    ['resident memory', `${whole(seed.residentMegabytes)} MB`],
    ['batch reads of 100 a minute', whole(reads.batchReadsPerMinute)],
    ['batch updates of 100 a minute', whole(reads.batchUpdatesPerMinute)],
  ]);
  const org = await take<SalesforceFigures>('salesforce');
  printTable('Salesforce simulator', [
    [`${whole(org.records)} records seeded`, seconds(org.seedSeconds)],
    ['started again from its journal', org.restartSeconds === null ? '–' : seconds(org.restartSeconds)],
    ['heap', `${whole(org.heapMegabytes)} MB`],
    ['resident memory', `${whole(org.residentMegabytes)} MB`],
    ['queries for 100 addresses a minute', whole(org.queriesByEmailPerMinute)],
    ['records updated by collections a minute', whole(org.collectionRecordsPerMinute)],
    ['records changed since a minute ago', `${whole(org.changedSinceMilliseconds)} ms`],
  ]);
}
