import { beforeEach, describe, expect, it } from 'vitest';
import type { HubSpotPort, SalesforcePort } from '#lib/crm/ports.ts';
import { expectValue } from '#lib/testing/crm.ts';
import { randomOf } from '../random.ts';
import { callTime, type SetCallTime } from './call-time.ts';
import { type VirtualClock, virtualClock } from './clock.ts';
import { type FaultKind, faultList } from './faults.ts';
import { guarded } from './guarded.ts';
import { HubSpotAccount } from './hubspot-account.ts';
import { hubspotPort } from './hubspot-port.ts';
import { Dead, type Mortal, scheduler } from './passage.ts';
import { rowFault } from './row-fault.ts';
import { SalesforceOrg } from './salesforce-org.ts';
import { salesforcePort } from './salesforce-port.ts';
import type { Seen } from './trace.ts';

let clock: VirtualClock;
let account: HubSpotAccount;
let org: SalesforceOrg;
let calls: string[];
let arrivals: (() => void)[];
let faults: ReturnType<typeof faultList>;
let time: SetCallTime;
let written: Seen[];

beforeEach(() => {
  clock = virtualClock();
  account = new HubSpotAccount(clock);
  org = new SalesforceOrg(clock);
  calls = [];
  arrivals = [];
  faults = faultList();
  time = callTime(clock);
  written = [];
});

function ports(passage: Mortal): { hubspot: HubSpotPort; salesforce: SalesforcePort } {
  const row = rowFault();
  const observe = (event: Seen) => void written.push({ ...event, at: time.begunAt() });
  const common = {
    ...{ passage, faults, rowFault: row, callTime: time, pieceSize: 2 },
    onCall: (method: string) => void calls.push(method),
    adrift: (arrive: () => void) => void arrivals.push(arrive),
  };
  return {
    hubspot: guarded(hubspotPort(account, { rowFault: row }), { ...common, crm: 'hubspot' }),
    salesforce: guarded(salesforcePort(org, { rowFault: row, callTime: time, observe }), {
      ...common,
      crm: 'salesforce',
    }),
  };
}
const immortal = () => scheduler(randomOf(1)).mortal('one');
const leads = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    object: 'Lead' as const,
    values: { LastName: `L${at}`, Company: 'Trial' },
  }));

describe('a guarded port', () => {
  it('counts calls, sends many items piece by piece, and keeps their order', async () => {
    const { salesforce } = ports(immortal());
    const outcomes = expectValue(await salesforce.createRecords(leads(5), { autoAssign: false }));
    const ids = outcomes.map((each) => expectValue(each).id);
    expect(ids.map((id) => org.get(id)?.values.LastName)).toEqual(['L0', 'L1', 'L2', 'L3', 'L4']);
    expect(calls).toEqual(['createRecords', 'createRecords', 'createRecords']);
  });

  it.each<[FaultKind, number, object]>([
    ['rateLimited', 0, { ok: false, failure: { kind: 'rateLimited', daily: false } }],
    ['unavailable', 0, { ok: false, failure: { kind: 'unavailable', maybeDone: false } }],
    ['authLost', 0, { ok: false, failure: { kind: 'authLost' } }],
    ['timeout', 0, { ok: true, value: [{ ok: false, failure: { maybeDone: true } }] }],
    ['cutBefore', 0, { ok: true, value: [{ ok: false, failure: { maybeDone: true } }] }],
    ['cutAfter', 1, { ok: true, value: [{ ok: false, failure: { maybeDone: true } }] }],
    [
      'lockedRow',
      0,
      { ok: true, value: [{ ok: false, failure: { kind: 'unavailable', maybeDone: false } }] },
    ],
    ['badRow', 0, { ok: true, value: [{ ok: false, failure: { kind: 'rejected' } }] }],
  ])('%s: so many records were saved, and this is what the caller hears', async (kind, saved, answer) => {
    faults.add({ crm: 'salesforce', kind, method: 'createRecords' });
    const { salesforce } = ports(immortal());
    expect(await salesforce.createRecords(leads(1), { autoAssign: false })).toMatchObject(answer);
    expect(org.all()).toHaveLength(saved);
    expect(await salesforce.createRecords(leads(1), { autoAssign: false })).toMatchObject({
      value: [{ ok: true }],
    });
  });

  it('tells of every piece when its call began, however long that was under way', async () => {
    const passage = immortal();
    const slow: Mortal = {
      ...passage,
      async pass(site) {
        await passage.pass(site);
        clock.advance(31 * 60_000);
      },
    };
    const begunAt = clock.ms();
    await ports(slow).salesforce.createRecords(leads(3), { autoAssign: false });
    expect(written.map(({ at }) => at)).toEqual([begunAt, begunAt, begunAt]);
    expect(time.begunAt()).toBe(clock.ms());
  });

  it('lets a row fault hit one row alone', async () => {
    faults.add({ crm: 'hubspot', kind: 'badRow' });
    const { hubspot } = ports(immortal());
    const contacts = ['a', 'b'].map((traceId) => ({ traceId, values: { email: `${traceId}@x.example` } }));
    const outcomes = expectValue(await hubspot.createContacts(contacts));
    expect(outcomes.map(({ ok }) => ok)).toEqual([false, true]);
  });

  it('ends pages with a failure', async () => {
    account.create({ email: 'a@x.example' });
    clock.advance(60_000);
    faults.add({ crm: 'hubspot', kind: 'rateLimited', method: 'changedContacts' });
    const pages = [];
    for await (const page of ports(immortal()).hubspot.changedContacts({ at: new Date(0), id: '0' }))
      pages.push(page);
    expect(pages).toMatchObject([{ ok: false, failure: { kind: 'rateLimited' } }]);
  });
});

describe('a worker that dies', () => {
  it('before a call: nothing was done, but what was on its way may still arrive', async () => {
    const worker = scheduler(randomOf(1)).mortal('one', 0);
    const { salesforce } = ports(worker);
    await expect(salesforce.createRecords(leads(1), { autoAssign: false })).rejects.toThrow(Dead);
    expect(org.all()).toHaveLength(0);
    for (const arrive of arrivals) arrive();
    expect(org.all()).toHaveLength(1);
    await expect(salesforce.limits()).rejects.toThrow(Dead);
    expect(worker.isDead()).toBe(true);
  });

  it('after a call: its effect stays', async () => {
    const { salesforce } = ports(scheduler(randomOf(1)).mortal('one', 1));
    await expect(salesforce.createRecords(leads(1), { autoAssign: false })).rejects.toThrow(Dead);
    expect(org.all()).toHaveLength(1);
  });
});

describe('two workers', () => {
  it('take turns in an order that the seed repeats', async () => {
    const orderOf = async (seed: number) => {
      const order: string[] = [];
      const turns = scheduler(randomOf(seed));
      const work = async (name: string) => {
        const { hubspot } = ports(turns.mortal(name));
        for (let at = 0; at < 5; at += 1) {
          await hubspot.countContacts();
          order.push(name);
        }
      };
      await Promise.all([work('one'), work('two')]);
      return order.join(' ');
    };
    expect(await orderOf(7)).toBe(await orderOf(7));
    const orders = new Set(await Promise.all([1, 2, 3, 4, 5].map(orderOf)));
    expect(orders.size).toBeGreaterThan(1);
  });
});
