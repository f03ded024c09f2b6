import { beforeEach } from 'vitest';
import { accessWith } from '#lib/testing/crm.ts';
import { type Simulator, testSimulators } from '#lib/testing/simulators.ts';
import { createSalesforce } from './index.ts';

export let simulator: Simulator;
/** The integration user's. */
export let token: string;
export let salesforce: ReturnType<typeof createSalesforce>;

/** An empty org before each test, with quick Bulk jobs and the adapter of the integration user. */
export function emptyOrgPerTest(): void {
  const simulators = testSimulators();
  beforeEach(async () => {
    simulator = simulators.current.salesforce;
    await simulator.reset({ seed: 'empty' });
    await simulator.config({ bulkStepMs: 10 });
    token = (await simulator.tokens({ user: 'integration@northwind.example' })).accessToken;
    salesforce = createSalesforce(accessWith(simulator.url, [token]));
  });
}
