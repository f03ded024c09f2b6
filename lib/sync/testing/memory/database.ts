import { decideChange, type Gate, gateOf, isOpen } from '#lib/settings/rules.ts';
import { type SettingsKey, type SettingsValues, settingsValuesSchema } from '#lib/settings/schemas.ts';
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

/** One workspace's part of the database, in memory: the ground of both stores. */
export class MemoryDatabase {
  readonly clock: VirtualClock;
  readonly scope: Scope;
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
  mappings: MappingRow[] = [];
  budget: 'free' | 'low' | 'used_up' = 'free';
  /** When the inclusion segment was changed last. */
  gateChangedAt = 0;
  #formerMappings: { until: number; mappings: MappingRow[] }[] = [];
  #versions: SettingsValues[] = [settingsValuesSchema.parse({})];
  #change: { baseVersion: number; inForceAt: Date; endedAt: Date | null } | null = null;
  #number = 0;

  constructor(clock: VirtualClock, scope: Scope) {
    this.clock = clock;
    this.scope = scope;
    this.connectedAt = clock.now();
  }

  /** As Postgres would: a new id, but the same ones in every run of the same history. */
  newId(): string {
    this.#number += 1;
    return `00000000-0000-4000-8000-${String(this.#number).padStart(12, '0')}`;
  }

  settings(): { version: number; values: SettingsValues } {
    const version = this.#versions.length - 1;
    return { version, values: this.#versions.at(-1) ?? settingsValuesSchema.parse({}) };
  }

  /** Changes one setting, as the page does: the gate waits before it is in force. */
  changeSetting<K extends SettingsKey>(key: K, value: SettingsValues[K]): void {
    const { version, values } = this.settings();
    const now = this.clock.now();
    this.#versions.push({ ...values, [key]: value });
    if (key !== 'inclusionListId') return;
    this.gateChangedAt = now.getTime();
    const newGate = this.settings().values.inclusionListId;
    const open = this.#change && isOpen(this.#change, now) ? this.#change : null;
    const base = open ? this.#versions[open.baseVersion] : values;
    const { wait } = decideChange({
      ...{ now, newGate, currentVersion: version, gateInForce: base?.inclusionListId ?? null },
      open: open && { id: 'open', ...open },
    });
    this.#change = wait && { ...wait, endedAt: null };
  }

  /** Changes the rule of a mapping, as the page does: one that is synced no more is forgotten. */
  changeRule(id: string, rule: MappingRow['rule']): void {
    this.#versions.push(this.settings().values);
    this.#formerMappings.push({ until: this.settings().version, mappings: this.mappings });
    this.mappings = this.mappings.map((mapping) => (mapping.id === id ? { ...mapping, rule } : mapping));
    if (rule !== 'DONT_SYNC') return;
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
    const former = this.#formerMappings.filter(({ until }) => until > version);
    return [...former.map(({ mappings }) => mappings), this.mappings].flatMap((mappings) =>
      mappings.flatMap((mapping) => (mapping.id === id ? [mapping.rule] : [])),
    );
  }

  gate(at: Date): Gate {
    const newest = this.settings().values.inclusionListId;
    const change = this.#change;
    if (!change || !isOpen(change, at)) return gateOf(newest, null);
    const listId = this.#versions[change.baseVersion]?.inclusionListId ?? null;
    return gateOf(newest, { listId, until: change.inForceAt });
  }

  #table<T extends object>(keyOf: (row: T) => string): Table<T> {
    return new Table<T>(this.journal, keyOf);
  }
}
