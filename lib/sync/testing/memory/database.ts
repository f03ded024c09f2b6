import type { Gate } from '#lib/settings/rules.ts';
import type { SettingsKey, SettingsValues } from '#lib/settings/schemas.ts';
import type {
  Alarm,
  CountedAs,
  Cursor,
  DailyCheck,
  Hold,
  Pair,
  SegmentWatch,
  Source,
  Through,
} from '../../collect/store.ts';
import type { MappingRow } from '../../fields.ts';
import type { Scan, ScannedRecord } from '../../scan-store.ts';
import type { RunCursor, RunReason, RunStatus } from '../../schemas.ts';
import type { Side } from '../../shadow.ts';
import type {
  ConflictRow,
  Intent,
  Link,
  OutcomeRow,
  RecordObject,
  RunRef,
  Scope,
  Seen,
} from '../../store.ts';
import type { Trigger } from '../../triggers.ts';
import type { VirtualClock } from './clock.ts';
import { MemorySettings } from './settings.ts';
import { Journal, Table } from './tables.ts';

export type StoredRun = RunRef & {
  status: RunStatus;
  createdAt: Date;
  finishedAt: Date | null;
  cursor: RunCursor;
  /** Not before that. */
  goesOnAt: Date;
  reason: RunReason | null;
  settingsVersion: number;
};
/** Whom a person has chosen to import, as it was counted. */
export type StoredPlan = { runId: string; records: { recordId: string; object: RecordObject }[] };
export type StoredIntent = Intent & {
  batchId: string;
  state: 'OPEN' | 'DONE' | 'FAILED';
  recordId: string | null;
};
export type StoredOutcome = OutcomeRow & { id: string; runId: string; at: Date };
export type StoredStay = {
  id: string;
  listId: string;
  contactId: string;
  addedAt: Date;
  since: Date;
  until: Date | null;
  reading: number;
  isBaseline: boolean;
  through: Through | null;
  leftThrough: Through | null;
};
type StoredHold = Hold & { endedAt: Date | null; confirmedAt: Date | null };

/** What the database keeps of one workspace and one org, in memory: the ground of both stores. */
export class MemoryDatabase {
  readonly clock: VirtualClock;
  readonly scope: Scope;
  /** The workspace's, whichever org it is connected to. */
  readonly #settings: MemorySettings;
  /** This one, and those of the other orgs that the same workspace has been connected to. */
  readonly orgs: MemoryDatabase[] = [this];
  readonly journal = new Journal();
  readonly triggers = this.#table<Trigger>(({ id }) => id);
  readonly links = this.#table<Link>(({ id }) => id);
  readonly intents = this.#table<StoredIntent>(({ id }) => id);
  readonly seen = this.#table<Seen & { side: Side; at: Date }>(({ side, id }) => `${side}:${id}`);
  readonly runs = this.#table<StoredRun>(({ id }) => id);
  readonly plans = this.#table<StoredPlan>(({ runId }) => runId);
  readonly outcomes = this.#table<StoredOutcome>(({ id }) => id);
  readonly conflicts = this.#table<ConflictRow & { id: string; runId: string }>(({ id }) => id);
  readonly cursors = this.#table<{ source: Source; cursor: Cursor }>(({ source }) => source);
  readonly pairs = this.#table<Pair & { source: Source }>(({ source, id }) => `${source}:${id}`);
  /** The workspace's, like the segments. */
  readonly watches = this.#table<SegmentWatch>(({ listId }) => listId);
  readonly stays = this.#table<StoredStay>(({ id }) => id);
  readonly alarms = this.#table<Alarm>(({ kind, key, person }) => `${kind}:${key}:${person}`);
  readonly holds = this.#table<StoredHold>(({ id }) => id);
  readonly checks = this.#table<DailyCheck & { id: 'check' }>(({ id }) => id);
  readonly scans = this.#table<Scan & { finishedAt: Date | null }>(({ id }) => id);
  readonly scanned = this.#table<ScannedRecord & { scanId: string }>(
    ({ scanId, recordId }) => `${scanId}:${recordId}`,
  );
  readonly counted = this.#table<CountedAs & { id: 'counted' }>(({ id }) => id);
  /** Those of other workspaces that are connected to the same org. */
  neighbours: MemoryDatabase[] = [];
  connectedAt: Date;
  integrationUserId: string | null = null;
  timeZone = 'UTC';
  budget: 'free' | 'low' | 'used_up' = 'free';

  /** `former`: of the same workspace, while it was connected to another org. */
  constructor(clock: VirtualClock, scope: Scope, former?: MemoryDatabase) {
    this.clock = clock;
    this.scope = scope;
    this.connectedAt = clock.now();
    this.#settings = former ? former.#settings : new MemorySettings(clock);
    if (!former) return;
    this.journal.joinTo(former.journal);
    this.watches = former.watches;
    this.stays = former.stays;
    this.orgs = former.orgs;
    this.orgs.push(this);
  }

  /** As Postgres would: a new id, but the same ones in every run of the same history. */
  newId(): string {
    return this.#settings.newId();
  }

  get mappings(): MappingRow[] {
    return this.#settings.mappings;
  }

  set mappings(mappings: MappingRow[]) {
    this.#settings.mappings = mappings;
  }

  /** When the inclusion segment was changed last. */
  get gateChangedAt(): number {
    return this.#settings.gateChangedAt;
  }

  settings(): { version: number; values: SettingsValues } {
    return this.#settings.current();
  }

  /** Changes one setting, as the page does: the gate waits before it is in force. */
  changeSetting<K extends SettingsKey>(key: K, value: SettingsValues[K]): void {
    this.#settings.change(key, value);
  }

  /** Changes the rule of a mapping, as the page does: one that is synced no more is forgotten, in whatever org. */
  changeRule(id: string, rule: MappingRow['rule']): void {
    this.#settings.changeRule(id, rule);
    if (rule === 'DONT_SYNC') for (const each of this.orgs) each.#forgetMapping(id);
  }

  #forgetMapping(id: string): void {
    const without = <T extends object>(known: T): T =>
      Object.fromEntries(Object.entries(known).filter(([key]) => key !== id)) as T;
    for (const link of this.links.all()) {
      this.#logUnderWay(link, id);
      const intended = link.intended && without(link.intended);
      this.links.set({ ...link, shadow: without(link.shadow), memory: without(link.memory), intended });
    }
  }

  /** Nobody will know any more whether such a write has arrived. */
  #logUnderWay({ contactId, recordId, intended }: Link, mappingId: string): void {
    const pair = intended?.[mappingId];
    if (!pair?.conflict) return;
    const { lost, property = '', field = '' } = pair.conflict;
    const isHubSpotLost = pair.to === 'hubspot';
    this.conflicts.insert({
      ...{ id: this.newId(), runId: '', contactId, recordId, mappingId, property, field },
      hubspotValue: isHubSpotLost ? lost : pair.h,
      salesforceValue: isHubSpotLost ? pair.s : lost,
      ...{ hubspotAt: null, salesforceAt: null, winner: isHubSpotLost ? 'salesforce' : 'hubspot' },
      at: this.clock.now(),
    });
  }

  /** The rules that a mapping has had since that version of the settings. */
  rulesSince(version: number, id: string): MappingRow['rule'][] {
    return this.#settings.rulesSince(version, id);
  }

  gate(at: Date): Gate {
    return this.#settings.gate(at);
  }

  #table<T extends object>(keyOf: (row: T) => string): Table<T> {
    return new Table<T>(this.journal, keyOf);
  }
}
