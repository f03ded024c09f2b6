import { ApiError, invalid, recordNotFound } from '../http/errors.ts';
import type { ObjectStore } from './object-store.ts';
import type { CrmRecord, HistoryEntry, Source } from './types.ts';
import { badValues, type CleanValues, validateValues } from './validate.ts';

const STAGES = [
  ...['subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity', 'customer'],
  ...['evangelist', 'other'],
];

/** Creates a record from values as they came over the wire. Refuses like the API. */
export function createRecord(store: ObjectStore, input: unknown, source: Source): CrmRecord {
  const values = validateValues(store, input, undefined);
  refuseTaken(store, values, undefined);
  const now = store.portal.world.clock.now();
  const properties: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) if (value !== null) properties[name] = value;
  addDerived(store, properties, {}, now);
  const record: CrmRecord = { id: store.newId(), properties, createdAt: now, updatedAt: now, source };
  store.save(record);
  if (isApp(source)) store.portal.world.log.wrote('created');
  store.portal.emit({ kind: 'creation', typeId: store.type.id, id: record.id, changes: properties, source });
  return record;
}

/** Only what comes over the API is counted as written, not what a person does in the browser. */
const isApp = (source: Source) => source.sourceType === 'INTEGRATION';

export interface Update {
  record: CrmRecord;
  /** Names of what really changed. */
  changed: string[];
}

/** Changes a record; values that are already stored leave it, and its time, untouched. */
export function updateRecord(store: ObjectStore, record: CrmRecord, input: unknown, source: Source): Update {
  if (record.archivedAt !== undefined) throw recordNotFound();
  const values = validateValues(store, input, record);
  refuseTaken(store, values, record);
  const kept = record.properties;
  keepStageForward(values, kept);
  const next = { ...kept };
  for (const [name, value] of Object.entries(values)) {
    if (value === null) delete next[name];
    else next[name] = value;
  }
  const now = store.portal.world.clock.now();
  addDerived(store, next, kept, now);
  const changed = [...new Set([...Object.keys(kept), ...Object.keys(next)])].filter(
    (name) => kept[name] !== next[name],
  );
  if (changed.length === 0) return { record, changed };
  const history = withHistory(record, next, changed, now, source);
  const saved: CrmRecord = { ...record, properties: next, updatedAt: now, history };
  store.save(saved);
  if (isApp(source)) store.portal.world.log.wrote('changed');
  const changes = Object.fromEntries(changed.map((name) => [name, next[name] ?? null]));
  store.portal.emit({ kind: 'propertyChange', typeId: store.type.id, id: record.id, changes, source });
  return { record: saved, changed };
}

/** Moves a record to the bin. Archiving one that is gone already is no error. */
export function archiveRecord(store: ObjectStore, id: string, source: Source) {
  const record = store.find(id);
  if (!record || record.archivedAt !== undefined) return;
  const now = store.portal.world.clock.now();
  store.save({ ...record, archivedAt: now, updatedAt: now });
  if (isApp(source)) store.portal.world.log.wrote('deleted');
  store.portal.emit({ kind: 'deletion', typeId: store.type.id, id: record.id, source });
}

/** Takes a record out of the bin, as a person does within 90 days. */
export function restoreRecord(store: ObjectStore, id: string, source: Source): CrmRecord {
  const record = store.find(id);
  if (!record) throw recordNotFound();
  const { archivedAt, ...rest } = record;
  if (archivedAt === undefined) return record;
  refuseTaken(store, rest.properties, record);
  const saved = { ...rest, updatedAt: store.portal.world.clock.now() };
  store.save(saved);
  store.portal.emit({ kind: 'restore', typeId: store.type.id, id: record.id, source });
  return saved;
}

function withHistory(
  record: CrmRecord,
  next: Record<string, string>,
  changed: string[],
  timestamp: number,
  source: Source,
): Record<string, HistoryEntry[]> {
  const history = { ...record.history };
  for (const name of changed) {
    history[name] = [{ value: next[name] ?? '', timestamp, ...source }, ...historyOf(record, name)];
  }
  return history;
}

/** Every value a property ever had, newest first. */
export function historyOf(record: CrmRecord, name: string): HistoryEntry[] {
  const known = record.history?.[name];
  if (known) return known;
  const value = record.properties[name];
  return value === undefined ? [] : [{ value, timestamp: record.createdAt, ...record.source }];
}

/** The lifecycle stage moves only forward; to go back it must be cleared first. */
function keepStageForward(values: CleanValues, stored: Record<string, string>) {
  const { lifecyclestage: next } = values;
  const before = stored.lifecyclestage;
  if (typeof next !== 'string' || before === undefined) return;
  if (STAGES.indexOf(next) < STAGES.indexOf(before)) delete values.lifecyclestage;
}

/** Values that follow from others and are kept. */
function addDerived(
  store: ObjectStore,
  next: Record<string, string>,
  before: Record<string, string>,
  now: number,
) {
  const at = new Date(now).toISOString();
  if (store.type.id === '0-1') {
    if (Object.keys(before).length === 0) next.lifecyclestage ??= 'lead';
    const stage = next.lifecyclestage;
    if (stage !== undefined && stage !== before.lifecyclestage && STAGES.includes(stage)) {
      next[`hs_lifecyclestage_${stage}_date`] = at;
    }
    if (next.hubspot_owner_id !== before.hubspot_owner_id) {
      if (next.hubspot_owner_id === undefined) delete next.hubspot_owner_assigneddate;
      else next.hubspot_owner_assigneddate = at;
    }
  }
}

function refuseTaken(store: ObjectStore, values: CleanValues, record: CrmRecord | undefined) {
  for (const name of store.uniqueNames()) {
    const value = values[name];
    if (typeof value !== 'string') continue;
    const holder = store.findBy(name, value);
    if (!holder || holder.id === record?.id) continue;
    if (name === 'email' && store.type.id === '0-1') throw alreadyExists(holder.id);
    const message = `${value} is already the value of ${name} on record ${holder.id}`;
    const problem = { isValid: false as const, message, error: 'CONFLICTING_UNIQUE_VALUE', name };
    throw badValues([{ ...problem, localizedErrorMessage: message, portalId: store.portal.id }]);
  }
  const blocked = values.email && store.portal.collection<number>('blockedEmails').get(values.email);
  if (blocked && store.type.id === '0-1') {
    throw invalid(`The email address ${values.email} was permanently deleted and cannot be used again.`);
  }
}

export function alreadyExists(id: string): ApiError {
  return new ApiError(409, `Contact already exists. Existing ID: ${id}`, { category: 'CONFLICT' });
}
