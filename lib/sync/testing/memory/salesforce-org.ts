import type { CrmResult } from '#lib/crm/failure.ts';
import type { SalesforceObject, SalesforceUser, Values } from '#lib/crm/ports.ts';
import type { VirtualClock } from './clock.ts';
import { OrgSchema } from './org-schema.ts';
import { cleanFields, type Fields, refused, type StoredRecord } from './salesforce-record.ts';

/** Changes values before they are saved, as a flow of the org does. */
export type Flow = (save: {
  object: SalesforceObject;
  values: Readonly<Record<string, string>>;
  userId: string;
  isNew: boolean;
}) => Values;

/** A save of another user that is stamped, but not committed yet: nobody sees it, and its record is locked. */
type LateCommit = { visibleAt: number; record: StoredRecord };

const second = 1_000;
const prefixes: Record<SalesforceObject, string> = { Lead: '00Q', Contact: '003' };

/** A Salesforce org in memory: its records, users and automations. A port over it is made by `salesforcePort`. */
export class SalesforceOrg {
  readonly orgId: string;
  readonly clock: VirtualClock;
  readonly integrationUserId = '005000000000001AAA';
  readonly adminId = '005000000000002AAA';
  readonly users: SalesforceUser[];
  readonly flows: Flow[] = [];
  /** Whom the assignment rule gives new Leads to; null without a rule. */
  assignsTo: string | null = null;
  /** Records that another writer holds: each of their next saves is refused that often. */
  readonly locks = new Map<string, number>();
  readonly schema = new OrgSchema();
  /** So many changed records a call answers. */
  changesAPage = 2_000;
  readonly #records = new Map<string, StoredRecord>();
  #late: LateCommit[] = [];
  #number = 0;

  constructor(clock: VirtualClock, orgId = '00D000000000001AAA') {
    this.clock = clock;
    this.orgId = orgId;
    this.users = [
      { id: this.integrationUserId, email: 'sync@example.com', name: 'Sync', active: true },
      { id: this.adminId, email: 'admin@example.com', name: 'Admin', active: true },
    ];
  }

  /** A sandbox made of this org as it is now: the same records with the same ids. */
  copy(orgId: string): SalesforceOrg {
    const copy = new SalesforceOrg(this.clock, orgId);
    for (const record of this.all()) copy.#records.set(record.id, record);
    copy.#number = this.#number;
    return copy;
  }

  /** As the integration user sees them. */
  fields(object: SalesforceObject): Fields {
    return this.schema.seen(object);
  }

  get(id: string): StoredRecord | undefined {
    this.#commit();
    return this.#records.get(id);
  }

  /** Everything there is, deleted records too. */
  all(): StoredRecord[] {
    this.#commit();
    return [...this.#records.values()];
  }

  /** Contacts and unconverted Leads with this address. */
  holdersOf(address: string): StoredRecord[] {
    const wanted = address.trim().toLowerCase();
    return this.all().filter(
      ({ values, deletedAt, convertedTo }) =>
        deletedAt === null && convertedTo === null && values.Email?.toLowerCase() === wanted,
    );
  }

  /** A save of another user is under way: until it is committed, nobody else can save the record. */
  isHeld(id: string): boolean {
    this.#commit();
    return this.#late.some(({ record }) => record.id === id);
  }

  /** The stamp of the oldest save that is not committed yet. */
  oldestOpen(object: SalesforceObject): number | null {
    this.#commit();
    const stamps = this.#late.filter(({ record }) => record.object === object);
    return stamps.length === 0 ? null : Math.min(...stamps.map(({ record }) => record.systemModstamp));
  }

  create(
    object: SalesforceObject,
    values: Values,
    options: { userId?: string; autoAssign?: boolean } = {},
  ): CrmResult<StoredRecord> {
    const userId = options.userId ?? this.adminId;
    const clean = cleanFields(values, this.#fieldsFor(object, userId), 'createable');
    if (!clean.ok) return clean;
    const assigned = options.autoAssign && object === 'Lead' ? this.assignsTo : null;
    const given = { OwnerId: assigned ?? userId, HasOptedOutOfEmail: 'false', ...without(clean.value) };
    const saved = this.#flow({ object, values: given, userId, isNew: true });
    const missing = [...this.schema.all(object).values()]
      .filter(({ name, required }) => required && saved[name] === undefined)
      .map(({ name }) => name);
    if (missing.length > 0) return refused('values', 'REQUIRED_FIELD_MISSING', missing);
    this.#number += 1;
    const id = `${prefixes[object]}${String(this.#number).padStart(12, '0')}AAA`;
    const stamps = this.#stamps(userId);
    const record: StoredRecord = {
      ...{ id, object, values: saved, createdAt: stamps.lastModifiedAt, ...stamps },
      ...{ deletedAt: null, isRestored: false, mergedInto: null, convertedTo: null },
    };
    this.#records.set(id, record);
    return { ok: true, value: record };
  }

  /** `lateMs`: the save is stamped now, but others see it only so much later. */
  update(
    id: string,
    values: Values,
    options: { userId?: string; lateMs?: number } = {},
  ): CrmResult<StoredRecord> {
    const userId = options.userId ?? this.adminId;
    const before = this.get(id);
    const problem = this.#obstacle(before);
    if (problem || !before) return problem ?? refused('associations', 'INVALID_CROSS_REFERENCE_KEY');
    const clean = cleanFields(values, this.#fieldsFor(before.object, userId), 'updateable');
    if (!clean.ok) return clean;
    if (clean.value.OwnerId === null)
      return refused('associations', 'INVALID_CROSS_REFERENCE_KEY', ['OwnerId']);
    const merged = without({ ...before.values, ...clean.value });
    const saved = this.#flow({ object: before.object, values: merged, userId, isNew: false });
    const fields = this.schema.all(before.object);
    const missing = Object.keys(values).filter(
      (name) => fields.get(name)?.required && saved[name] === undefined,
    );
    if (missing.length > 0) return refused('values', 'REQUIRED_FIELD_MISSING', missing);
    const record = { ...before, values: saved, ...this.#stamps(userId) };
    if (options.lateMs) this.#late.push({ visibleAt: this.clock.ms() + options.lateMs, record });
    else this.#records.set(id, record);
    return { ok: true, value: record };
  }

  /** Moves SystemModstamp alone, as a recalculation does. */
  touch(id: string): void {
    const record = this.#living(id);
    this.#records.set(id, { ...record, systemModstamp: this.#stamps(this.adminId).systemModstamp });
  }

  delete(id: string): void {
    const record = this.#living(id);
    this.#records.set(id, { ...record, deletedAt: this.clock.ms(), ...this.#stamps(this.adminId) });
  }

  /** Takes a record out of the bin. */
  undelete(id: string): void {
    const record = this.get(id);
    if (!record || record.deletedAt === null || record.mergedInto)
      throw new Error(`${id} is not in the bin.`);
    this.#records.set(id, { ...record, deletedAt: null, isRestored: true, ...this.#stamps(this.adminId) });
  }

  /** The loser goes to the bin; the winner keeps its values. */
  merge(winnerId: string, loserId: string): void {
    const [winner, loser] = [this.#living(winnerId), this.#living(loserId)];
    const stamps = this.#stamps(this.adminId);
    this.#records.set(loserId, { ...loser, deletedAt: this.clock.ms(), mergedInto: winnerId, ...stamps });
    this.#records.set(winnerId, { ...winner, ...stamps });
  }

  /** Makes a Contact of a Lead, or gives the Lead's values to one that there is; answers the Contact's id. */
  convert(leadId: string, contactId: string | null = null): string {
    const lead = this.#living(leadId);
    const kept = Object.entries(lead.values).filter(
      ([name]) => this.schema.all('Contact').get(name)?.createable,
    );
    const city = lead.values.City;
    const values: Record<string, string> = Object.fromEntries(kept);
    if (city !== undefined) values.MailingCity = city;
    if (contactId === null) {
      const made = this.create('Contact', values);
      if (!made.ok) throw new Error(`The Lead ${leadId} cannot be converted.`);
      return this.#close(lead, made.value.id);
    }
    const contact = this.#living(contactId);
    const stamps = this.#stamps(this.adminId);
    this.#records.set(contactId, { ...contact, values: { ...values, ...contact.values }, ...stamps });
    return this.#close(lead, contactId);
  }

  #close(lead: StoredRecord, contactId: string): string {
    this.#records.set(lead.id, { ...lead, convertedTo: contactId, ...this.#stamps(this.adminId) });
    return contactId;
  }

  #living(id: string): StoredRecord {
    const record = this.get(id);
    if (!record || record.deletedAt !== null || record.convertedTo !== null || this.isHeld(id)) {
      throw new Error(`${id} is no living record.`);
    }
    return record;
  }

  #obstacle(record: StoredRecord | undefined): CrmResult<never> | null {
    if (!record) return refused('associations', 'INVALID_CROSS_REFERENCE_KEY');
    if (record.deletedAt !== null) return refused('associations', 'ENTITY_IS_DELETED');
    if (record.convertedTo !== null) return refused('associations', 'CANNOT_UPDATE_CONVERTED_LEAD');
    const times = this.locks.get(record.id) ?? 0;
    if (times === 0 && !this.isHeld(record.id)) return null;
    if (times > 0) this.locks.set(record.id, times - 1);
    // The adapter has repeated it by then: it may pass later.
    const message = 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record';
    return { ok: false, failure: { kind: 'unavailable', message, maybeDone: false, ofRecord: true } };
  }

  #fieldsFor(object: SalesforceObject, userId: string): Fields {
    return userId === this.integrationUserId ? this.schema.seen(object) : this.schema.all(object);
  }

  #flow(save: Parameters<Flow>[0]): Record<string, string> {
    let values = save.values;
    for (const flow of this.flows) values = without({ ...values, ...flow({ ...save, values }) });
    return { ...values };
  }

  /** Whole seconds, as Salesforce has them. */
  #stamps(userId: string) {
    const now = Math.floor(this.clock.ms() / second) * second;
    return { lastModifiedAt: now, lastModifiedById: userId, systemModstamp: now };
  }

  #commit(): void {
    if (this.#late.length === 0) return;
    const now = this.clock.ms();
    for (const { visibleAt, record } of this.#late)
      if (visibleAt <= now) this.#records.set(record.id, record);
    this.#late = this.#late.filter(({ visibleAt }) => visibleAt > now);
  }
}

function without(values: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}
