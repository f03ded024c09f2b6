import { beforeEach, describe, expect, it } from 'vitest';
import { accessWith, expectValue } from '#lib/testing/crm.ts';
import { type Simulator, testSimulators } from '#lib/testing/simulators.ts';
import type { CrmAccess, HubSpotPort } from '../ports.ts';
import { createHubSpot } from './index.ts';

const simulators = testSimulators();
let simulator: Simulator;
let token: string;
let hubspot: HubSpotPort;

beforeEach(async () => {
  simulator = simulators.current.hubspot;
  await simulator.reset();
  token = (await simulator.tokens()).accessToken;
  hubspot = portWith([token]).port;
});

function portWith(tokens: string[], options: Partial<CrmAccess> = {}) {
  const access = accessWith(simulator.url, tokens, options);
  return { access, port: createHubSpot(access) };
}

describe('trouble', () => {
  const details = '/account-info/v3/details';

  it('asks for a newer token once when one is refused, and tells which', async () => {
    const { port, access } = portWith(['refused', token]);
    expect(await port.account()).toMatchObject({ ok: true });
    expect(access.rejected).toEqual(['refused']);
    const lost = portWith(['refused', 'refused too', token]);
    expect(await lost.port.account()).toEqual({ ok: false, failure: { kind: 'authLost' } });
    expect(lost.access.calls()).toBe(2);
  });

  it('repeats a read after 5xx, HTML and a cut connection', async () => {
    await simulator.faults([
      { path: details, status: 502, body: '<h1>Bad gateway</h1>', times: 1 },
      { path: details, dropBeforeCommit: true, times: 1 },
      { path: details, status: 500, body: { message: 'oops' }, times: 1 },
    ]);
    const { port, access } = portWith([token]);
    expect(await port.account()).toMatchObject({ ok: true });
    expect(access.calls()).toBe(4);
    await simulator.faults([{ path: details, status: 503, body: 'down' }]);
    expect(await port.account()).toMatchObject({ failure: { kind: 'unavailable', maybeDone: false } });
    expect(access.calls()).toBe(8);
  });

  it('waits as long as HubSpot says, also before a write, but not for another day', async () => {
    const limited = { message: 'You have reached your secondly limit.', category: 'RATE_LIMITS' };
    const path = '/crm/v3/objects/contacts/batch/create';
    await simulator.faults([{ path, status: 429, body: limited, headers: { 'retry-after': '0' }, times: 2 }]);
    const contact = { traceId: 'a', values: { email: 'limited@trial.example' } };
    expect(expectValue(await hubspot.createContacts([contact]))[0]).toMatchObject({ ok: true });
    const daily = { message: 'You have reached your daily limit.', policyName: 'DAILY' };
    await simulator.faults([{ path: details, status: 429, body: daily }]);
    const { port, access } = portWith([token]);
    expect(await port.account()).toMatchObject({ failure: { kind: 'rateLimited', daily: true } });
    expect(access.calls()).toBe(1);
  });

  it.each([
    ['before it was carried out', { dropBeforeCommit: true }, 0],
    ['after it was carried out', { dropAfterCommit: true }, 1],
    ['by an error of the server', { status: 500, body: { message: 'oops' } }, 0],
  ])('sends a write once that was cut %s, and says that it may be done', async (_when, fault, created) => {
    await simulator.faults([{ path: '/crm/v3/objects/contacts/batch/create', ...fault }]);
    const { port, access } = portWith([token]);
    const outcomes = expectValue(
      await port.createContacts([{ traceId: 'a', values: { email: 'cut@trial.example' } }]),
    );
    expect(outcomes).toMatchObject([{ ok: false, failure: { kind: 'unavailable', maybeDone: true } }]);
    expect(access.calls()).toBe(1);
    expect((await simulator.requests()).writes.created).toBe(created);
  });

  it('gives up a request that takes too long', async () => {
    await simulator.faults([{ path: '/crm/v3/objects/contacts/batch/update', delayMs: 5_000 }]);
    const id = '734931097788';
    const { port } = portWith([token], { timeoutMs: 200 });
    const outcomes = expectValue(await port.updateContacts([{ id, values: { jobtitle: 'late' } }]));
    expect(outcomes).toMatchObject([
      { failure: { kind: 'unavailable', message: 'No answer in time.', maybeDone: true } },
    ]);
  });

  it('sends nothing more once it is given up', async () => {
    const { port, access } = portWith([token], { signal: AbortSignal.abort() });
    expect(await port.account()).toMatchObject({ failure: { kind: 'unavailable', maybeDone: false } });
    expect(access.calls()).toBe(0);
  });

  it('takes no answer in an unknown form for an answer', async () => {
    await simulator.faults([{ path: details, status: 200, body: { portalId: 'not a number' } }]);
    expect(await hubspot.account()).toMatchObject({ ok: false, failure: { kind: 'unavailable' } });
  });

  it('does not take a refused membership for "in no list"', async () => {
    const ids = ['734931097788', '734931097789'];
    const error = {
      status: 'error',
      category: 'VALIDATION_ERROR',
      message: 'no',
      context: { ids: [ids[1]] },
    };
    const body = { status: 'COMPLETE', results: [], errors: [error] };
    await simulator.faults([{ path: '/crm/v3/lists/records/memberships/batch/read', status: 207, body }]);
    expect(await hubspot.memberships(ids)).toMatchObject({ ok: false, failure: { kind: 'rejected' } });
  });
});
