import type { Values } from '#lib/crm/ports.ts';
import type { OutcomeRow } from '../store.ts';
import { type WorkerDeps, World } from '../testing/world.ts';
import type { Cause, CauseKind } from '../triggers.ts';
import type { Claims } from './claims.ts';
import type { Deps } from './session.ts';
import { type InboxEnd, workInbox } from './work-inbox.ts';

/** Both CRMs and the store in memory, with one worker that works on the inbox. */
export class Ground {
  readonly world: World;
  readonly worker: WorkerDeps;
  readonly deps: Deps;
  isHeld = false;

  constructor(world = new World(1), diesAfter?: number) {
    this.world = world;
    this.worker = this.world.worker(diesAfter);
    const { store, hubspot, salesforce } = this.worker;
    this.deps = {
      ...{ store, hubspot, salesforce },
      claims: claimsOfOne(),
      newId: () => this.world.db.newId(),
      bulk: this.worker.bulk,
      isHeld: async () => this.isHeld,
      ensureProperties: async (_mappings, { properties }) => properties,
    };
  }

  /** Another worker on the same ground, whose process ends at its call of this number. */
  mortal(diesAfter: number): Ground {
    return new Ground(this.world, diesAfter);
  }

  contact(values: Values): string {
    const made = this.world.account.create(values);
    if (!made.ok) throw new Error(JSON.stringify(made.failure));
    return made.value.id;
  }

  record(object: 'Lead' | 'Contact', values: Record<string, string>): string {
    const made = this.world.org.create(object, { LastName: 'Berg', ...values });
    if (!made.ok) throw new Error(JSON.stringify(made.failure));
    return made.value.id;
  }

  /** Asks for a person to be synced. */
  async trigger(who: { contactId?: string; recordId?: string }, kind: CauseKind, more: Partial<Cause> = {}) {
    const { contactId = null, recordId = null } = who;
    const object =
      recordId === null ? null : recordId.startsWith('00Q') ? ('LEAD' as const) : ('CONTACT' as const);
    const at = this.world.clock.now();
    const side = more.side ?? (contactId ? 'hubspot' : 'salesforce');
    const cause: Cause = { kind, side, at: at.toISOString(), source: 'poll', ...more };
    await this.deps.store.transaction((tx) =>
      tx.addTriggers([{ contactId, recordId, object, causes: [cause] }], at),
    );
  }

  /** Works until nothing is due any more. Time stands still. */
  async work(): Promise<InboxEnd> {
    for (let group = 0; group < 20; group += 1) {
      const end = await workInbox(this.deps, { troubles: 0, keep: [], shouldStop: async () => false });
      if (end.kind === 'empty' || end.kind === 'trouble') return end;
    }
    throw new Error('The inbox does not come to an end.');
  }

  /** Triggers one person, works, and answers the outcome. */
  async sync(
    who: { contactId?: string; recordId?: string },
    kind: CauseKind = 'changed',
    more: Partial<Cause> = {},
  ): Promise<OutcomeRow> {
    await this.trigger(who, kind, more);
    const known = new Set(this.outcomes().map(({ id }) => id));
    const end = await this.work();
    const fresh = this.outcomes().filter(({ id }) => !known.has(id));
    const [outcome] = fresh;
    if (!outcome || fresh.length > 1) {
      throw new Error(`${fresh.length} outcomes: ${JSON.stringify({ end, waiting: this.waiting() })}`);
    }
    return outcome;
  }

  outcomes() {
    return this.world.db.outcomes.where(() => true);
  }

  /** What still waits in the inbox, and for what. */
  waiting() {
    return this.world.db.triggers.where(() => true);
  }

  /** The living links. */
  links() {
    return this.world.db.links.where(({ endedAt }) => endedAt === null);
  }

  tombstones() {
    return this.world.db.links.where(({ endedAt }) => endedAt !== null);
  }

  valueOf(contactId: string, property: string): string | null {
    return this.world.account.find(contactId)?.values[property] ?? null;
  }

  fieldOf(recordId: string, field: string): string | null {
    return this.world.org.get(recordId)?.values[field] ?? null;
  }

  /** Chooses the segment of those who live in Lund (Malmö, Oslo), and lets the switch be over. */
  chooseCity(city: 0 | 1 | 2 = 0): void {
    this.world.db.changeSetting('inclusionListId', this.world.listIds[city] ?? null);
    this.world.advance(61_000);
  }
}

/** Claims of somebody who is alone. */
function claimsOfOne(): Claims {
  return {
    take: async (keys) => new Set(keys),
    keepOnly: async () => undefined,
    lost: new AbortController().signal,
    end: async () => undefined,
  };
}
