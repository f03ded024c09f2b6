import { beforeEach } from 'vitest';
import type { CrmResult } from '#lib/crm/failure.ts';
import { World } from '../testing/world.ts';
import type { CollectDeps } from './deps.ts';
import { pollHubSpot } from './poll-hubspot.ts';
import { pollSalesforce } from './poll-salesforce.ts';

export const minute = 60_000;

/** Both systems in memory, connected for ten minutes, and what a test of collecting does with them. */
function collectingWorld() {
  const world = new World(1);
  world.advance(10 * minute);
  return {
    world,
    /** What a process that begins now works with. */
    worker(): CollectDeps {
      const { hubspot, salesforce, collectStore: store } = world.worker();
      return { scope: world.db.scope, store, hubspot, salesforce, now: async () => world.clock.now() };
    },
    contact: (values: Record<string, string> = {}) => made(world.account.create({ city: 'Lund', ...values })),
    lead: (values: Record<string, string> = {}) =>
      made(world.org.create('Lead', { LastName: 'Holm', Company: 'Holm', City: 'Lund', ...values })),
    /** A poll of one side, once search sees everything. */
    async poll(deps: CollectDeps, side: 'hubspot' | 'salesforce'): Promise<{ ok: boolean }> {
      world.advance(5 * minute);
      return side === 'hubspot' ? pollHubSpot(deps) : pollSalesforce(deps, 'Lead');
    },
    /** Takes the inbox out: `kind id`, sorted. */
    inbox(): string[] {
      const rows = world.db.triggers.all();
      for (const { id } of rows) world.db.triggers.delete(id);
      return rows
        .flatMap(({ contactId, recordId, causes }) =>
          causes.map(({ kind }) => `${kind} ${contactId ?? recordId}`),
        )
        .sort();
    },
    async callsOf(crm: 'hubspot' | 'salesforce', work: () => Promise<unknown>): Promise<number> {
      const before = world.calls(crm);
      await work();
      return world.calls(crm) - before;
    },
    async link(contactId: string, recordId: string): Promise<void> {
      const { store } = world.worker();
      const createdAt = world.clock.now();
      await store.transaction((tx) =>
        tx.insertLinks([
          {
            ...{ id: world.db.newId(), contactId, recordId, object: 'LEAD', createdAt },
            ...{ origin: 'MATCHED', openException: false, importOnly: false },
          },
        ]),
      );
    },
  };
}

/** A world of its own for each test, with one process that collects. */
export function testCollecting() {
  let own = collectingWorld();
  const test = {
    deps: own.worker(),
    get world() {
      return own.world;
    },
    worker: () => own.worker(),
    contact: (values?: Record<string, string>) => own.contact(values),
    lead: (values?: Record<string, string>) => own.lead(values),
    poll: (side: 'hubspot' | 'salesforce') => own.poll(test.deps, side),
    inbox: () => own.inbox(),
    callsOf: (crm: 'hubspot' | 'salesforce', work: () => Promise<unknown>) => own.callsOf(crm, work),
    link: (contactId: string, recordId: string) => own.link(contactId, recordId),
  };
  beforeEach(() => {
    own = collectingWorld();
    test.deps = own.worker();
  });
  return test;
}

export function many<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

export function made<T extends { id: string }>(result: CrmResult<T>): string {
  if (!result.ok) throw new Error(result.failure.kind);
  return result.value.id;
}
