import type { Clock } from '../../core/clock.ts';
import type { Config } from '../../core/config.ts';
import type { RequestLog } from '../../core/request-log.ts';
import type { Collection, Store } from '../../core/store.ts';
import type { SalesforceConfig } from '../config.ts';
import { makeId } from '../ids.ts';
import { type CustomFieldInput, type CustomObjectInput, Schema } from '../metadata/schema.ts';
import type { FieldDef, SObject } from '../metadata/types.ts';
import { stampToMs } from './dates.ts';
import { type PendingCommit, Table } from './table.ts';

export interface OrgParts {
  store: Store;
  clock: Clock;
  config: Config<SalesforceConfig>;
  log: RequestLog;
}

export type SchemaChange =
  | { kind: 'object'; input: CustomObjectInput }
  | { kind: 'field'; input: CustomFieldInput }
  | { kind: 'change'; object: string; field: string; changes: Partial<FieldDef> }
  | { kind: 'remove'; object: string; field: string };

/** How long a deleted record stays in the bin. */
const BIN_DAYS = 15;
const DAY = 24 * 60 * 60 * 1000;

/** One org: its schema and its records, with transactions that can be rolled back. */
export class Org {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: Config<SalesforceConfig>;
  readonly log: RequestLog;
  schema: Schema;
  readonly #tables = new Map<string, Table>();
  readonly #counters: Collection<number>;
  readonly #pending: Collection<PendingCommit>;
  readonly #schemaChanges: Collection<SchemaChange>;
  readonly #bin: Collection<{ object: string; at: number }>;
  #undo: (() => void)[] | null = null;
  /** Written records of the open transaction: counted once it is committed. */
  #written: ('created' | 'changed' | 'deleted')[] = [];
  #nextPurge = 0;

  constructor(parts: OrgParts) {
    this.store = parts.store;
    this.clock = parts.clock;
    this.config = parts.config;
    this.log = parts.log;
    this.#counters = parts.store.collection('counters');
    this.#pending = parts.store.collection('pendingCommits');
    this.#schemaChanges = parts.store.collection('schema');
    this.#bin = parts.store.collection('bin');
    this.schema = this.#loadSchema();
  }

  table(object: string): Table {
    const known = this.#tables.get(object);
    if (known !== undefined) return known;
    const table = new Table(this.store.collection<SObject>(`records:${object}`), this.#pending);
    this.#tables.set(object, table);
    return table;
  }

  /** The committed row behind a stored id (18 characters) of any object, deleted ones included. */
  byId(id: string): { object: string; row: SObject } | null {
    const info = this.schema.byPrefix(id);
    if (info === null) return null;
    const row = this.table(info.def.name).visible(id);
    return row === undefined ? null : { object: info.def.name, row };
  }

  newId(keyPrefix: string): string {
    const number = (this.#counters.get(keyPrefix) ?? 0) + 1;
    this.#counters.set(keyPrefix, number);
    return makeId(keyPrefix, this.instance, number);
  }

  /** The two characters of the instance inside every id, so that two orgs never share one. */
  get instance(): string {
    return this.store.collection<string>('org').get('instance') ?? 'gK';
  }

  get orgId(): string {
    for (const row of this.table('Organization').scan()) return row.Id;
    throw new Error('The org has not been seeded');
  }

  /** Writes a row inside the current transaction. */
  put(object: string, row: SObject): void {
    const table = this.table(object);
    const visible = table.visible(row.Id) ?? null;
    const before = table.put(row);
    this.#undo?.push(() => {
      if (before === undefined) table.remove(row.Id);
      else table.put(before);
    });
    this.#delayCommit(object, row.Id, visible);
    this.#trackBin(object, row, before);
  }

  /** Does something that the current transaction can take back. */
  revertible(work: () => void, undo: () => void): void {
    work();
    this.#undo?.push(undo);
  }

  /** Removes a row for good, bin or not. */
  remove(object: string, id: string): void {
    const table = this.table(object);
    const before = table.remove(id);
    if (before !== undefined) this.#undo?.push(() => void table.put(before));
    this.#bin.delete(id);
  }

  /** Runs `work` in a transaction: when it throws, nothing of what it wrote remains. May be nested. */
  transaction<T>(work: () => T): T {
    const outer = this.#undo;
    const undo: (() => void)[] = [];
    const counted = this.#written.length;
    this.#undo = undo;
    return this.store.batch(() => {
      try {
        const result = work();
        if (outer === null) this.#countWritten();
        else outer.push(...undo);
        return result;
      } catch (error) {
        this.#undo = null;
        this.#written.length = counted;
        for (const step of undo.reverse()) step();
        throw error;
      } finally {
        this.#undo = outer;
      }
    });
  }

  /** Counts a written record, unless the transaction is rolled back. */
  wrote(kind: 'created' | 'changed' | 'deleted'): void {
    this.#written.push(kind);
    if (this.#undo === null) this.#countWritten();
  }

  /** Lets transactions that have ended become visible and empties what is too long in the bin. */
  settle(): void {
    const now = this.clock.now();
    if (this.#pending.size > 0) {
      for (const entry of [...this.#pending.values()]) {
        if (entry.visibleAt <= now) this.#pending.delete(entry.id);
      }
    }
    if (now < this.#nextPurge) return;
    this.#nextPurge = now + 60 * 60 * 1000;
    for (const [id, entry] of [...this.#bin.entries()]) {
      if (entry.at < now - BIN_DAYS * DAY) this.remove(entry.object, id);
    }
  }

  /** Start of the oldest transaction still open on this object, or null. */
  oldestOpenTransaction(object: string): number | null {
    let oldest: number | null = null;
    for (const entry of this.#pending.values()) {
      if (entry.object !== object) continue;
      if (oldest === null || entry.startedAt < oldest) oldest = entry.startedAt;
    }
    return oldest;
  }

  /** When metadata last changed, in milliseconds; describe answers 304 to who knows it. */
  get describedAt(): number {
    return this.store.collection<number>('describedAt').get('at') ?? 0;
  }

  /** Metadata or rights have changed now. */
  touchDescribe(): void {
    this.store.collection<number>('describedAt').set('at', this.clock.now());
  }

  changeSchema(change: SchemaChange): void {
    applyChange(this.schema, change);
    this.touchDescribe();
    this.#schemaChanges.set(String(this.#schemaChanges.size).padStart(6, '0'), change);
    for (const table of this.#tables.values()) table.clearIndexes();
  }

  /** After the store has been emptied: standard schema, no caches. */
  forget(): void {
    this.#tables.clear();
    this.schema = this.#loadSchema();
  }

  #countWritten(): void {
    for (const kind of this.#written) this.log.wrote(kind);
    this.#written = [];
  }

  #loadSchema(): Schema {
    const schema = new Schema();
    const changes = [...this.#schemaChanges.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [, change] of changes) applyChange(schema, change);
    return schema;
  }

  #delayCommit(object: string, id: string, visible: SObject | null): void {
    const delay = this.config.current.commitDelayMs;
    const known = this.#pending.get(id);
    if (delay <= 0 && known === undefined) return;
    const now = this.clock.now();
    this.#pending.set(id, {
      object,
      id,
      previous: known === undefined ? visible : known.previous,
      startedAt: known?.startedAt ?? now,
      visibleAt: Math.max(known?.visibleAt ?? 0, now + delay),
    });
    this.#undo?.push(() => {
      if (known === undefined) this.#pending.delete(id);
      else this.#pending.set(id, known);
    });
  }

  #trackBin(object: string, row: SObject, before: SObject | undefined): void {
    const wasDeleted = before?.IsDeleted === true;
    const isDeleted = row.IsDeleted === true;
    if (wasDeleted === isDeleted) return;
    if (isDeleted) {
      this.#bin.set(row.Id, { object, at: stampToMs(String(row.SystemModstamp)) });
      this.#undo?.push(() => void this.#bin.delete(row.Id));
      return;
    }
    const entry = this.#bin.get(row.Id);
    this.#bin.delete(row.Id);
    if (entry !== undefined) this.#undo?.push(() => this.#bin.set(row.Id, entry));
  }
}

function applyChange(schema: Schema, change: SchemaChange): void {
  if (change.kind === 'object') schema.addObject(change.input);
  else if (change.kind === 'field') schema.addField(change.input);
  else if (change.kind === 'change') schema.changeField(change.object, change.field, change.changes);
  else schema.removeField(change.object, change.field);
}
