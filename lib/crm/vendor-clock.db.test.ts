import { describe, expect, it } from 'vitest';
import { accessWith } from '#lib/testing/crm.ts';
import { testSimulators } from '#lib/testing/simulators.ts';
import { createHubSpot } from './hubspot/index.ts';
import { createSalesforce } from './salesforce/index.ts';
import type { VendorClock } from './vendor-clock.ts';

const hour = 3_600_000;
const simulators = testSimulators();

/** What each system's clock shows when it is asked something. */
async function shown(port: { clock: VendorClock }, ask: () => Promise<unknown>): Promise<number> {
  const moment = port.clock.moment();
  expect(moment()).toBeNull();
  await ask();
  return moment()?.getTime() ?? Number.NaN;
}

describe('the clocks of both systems', () => {
  it('are told by whatever they answer, and are not ours', async () => {
    const { current } = simulators;
    const ofHubSpot = createHubSpot(accessWith(current.hubspot.url, ['wrong']));
    const ofSalesforce = createSalesforce(accessWith(current.salesforce.url, ['wrong']));
    const read = async () => [
      await shown(ofHubSpot, () => ofHubSpot.countContacts()),
      await shown(ofSalesforce, () => ofSalesforce.limits()),
    ];
    const before = await read();
    await current.clock(2 * hour);
    for (const [at, after] of (await read()).entries()) {
      const passed = after - (before[at] ?? 0);
      expect(passed).toBeGreaterThan(hour);
      expect(passed).toBeLessThan(3 * hour);
    }
  });
});
