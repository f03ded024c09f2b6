import { beforeEach, describe, expect, it } from 'vitest';
import { accessWith, expectValue } from '#lib/testing/crm.ts';
import { type Simulator, testSimulators } from '#lib/testing/simulators.ts';
import type { CrmAccess } from '../ports.ts';
import { createSalesforce } from './index.ts';

const simulators = testSimulators();
let simulator: Simulator;
let token: string;

const data = '/services/data/v66.0';
const collections = `${data}/composite/sobjects`;

beforeEach(async () => {
  simulator = simulators.current.salesforce;
  await simulator.reset();
  token = (await simulator.tokens({ user: 'integration@northwind.example' })).accessToken;
});

function portWith(tokens: string[], options: Partial<CrmAccess> = {}) {
  const access = accessWith(simulator.url, tokens, options);
  return { access, port: createSalesforce(access) };
}

const lead = (name: string) => ({ object: 'Lead' as const, values: { LastName: name, Company: 'Trial' } });

describe('trouble', () => {
  it('asks for a newer token once when one is refused, and never goes round', async () => {
    const { port, access } = portWith(['00D!refused', token]);
    expect(await port.limits()).toMatchObject({ ok: true });
    expect(access.rejected).toEqual(['00D!refused']);
    await simulator.faults([
      {
        path: data,
        status: 401,
        body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }],
      },
    ]);
    const lost = portWith([token]);
    expect(await lost.port.limits()).toEqual({ ok: false, failure: { kind: 'authLost' } });
    expect(lost.access.calls()).toBe(2);
  });

  it('repeats a read after 503, HTML and a cut connection', async () => {
    const path = `${data}/limits`;
    await simulator.faults([
      { path, status: 503, body: '<html>Server too busy</html>', times: 1 },
      { path, dropBeforeCommit: true, times: 1 },
      {
        path,
        status: 500,
        body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'An unexpected error occurred.' }],
        times: 1,
      },
    ]);
    const { port, access } = portWith([token]);
    expect(await port.limits()).toMatchObject({ ok: true });
    expect(access.calls()).toBe(4);
  });

  it('knows a used-up day, and does not ask again', async () => {
    await simulator.config({ dailyApiLimit: 1 });
    const { port, access } = portWith([token]);
    await port.limits();
    expect(await port.organization()).toMatchObject({ failure: { kind: 'rateLimited', daily: true } });
    expect(access.calls()).toBe(2);
  });

  it.each([
    ['before it was carried out', { dropBeforeCommit: true }, 0],
    ['after it was carried out', { dropAfterCommit: true }, 1],
    ['by an edge server', { status: 503, body: '<html>maintenance</html>' }, 0],
  ])('sends a write once that was cut %s, and says that it may be done', async (_when, fault, created) => {
    await simulator.faults([{ path: collections, ...fault }]);
    const { port, access } = portWith([token]);
    const outcomes = expectValue(await port.createRecords([lead('Cut')], { autoAssign: false }));
    expect(outcomes).toMatchObject([{ failure: { kind: 'unavailable', maybeDone: true } }]);
    // One for the fields of a Lead, one for the write.
    expect(access.calls()).toBe(2);
    expect((await simulator.requests()).writes.created).toBe(created);
  });

  it('gives up a request that takes too long', async () => {
    await simulator.faults([{ path: collections, delayMs: 5_000 }]);
    const { port } = portWith([token], { timeoutMs: 200 });
    const outcomes = expectValue(await port.createRecords([lead('Late')], { autoAssign: false }));
    expect(outcomes).toMatchObject([{ failure: { message: 'No answer in time.', maybeDone: true } }]);
  });
});
