import type { CrmResult } from '#lib/crm/failure.ts';
import type { HubSpotOwner, HubSpotProperty, Values } from '#lib/crm/ports.ts';
import type { VirtualClock } from './clock.ts';
import { contactProperties } from './definitions.ts';
import { addressesOfContact, cleanValues, type StoredContact, withValues } from './hubspot-contact.ts';
import { type Lists, memoryLists } from './hubspot-lists.ts';

/** `searchDelayMs`: how long until search sees a change; it may differ from change to change. */
export type HubSpotDelays = { searchDelayMs: () => number; listDelayMs: number; listProcessingMs: number };
export const usualDelays: HubSpotDelays = {
  searchDelayMs: () => 5_000,
  listDelayMs: 3_000,
  listProcessingMs: 20_000,
};

type Version = { visibleAt: number; contact: StoredContact | null };

/**
 * A HubSpot account in memory: what it holds, what people do in it, and how long its search and its lists
 * lag behind. A port over it is made by `hubspotPort`.
 */
export class HubSpotAccount {
  readonly hubId: string;
  readonly clock: VirtualClock;
  readonly timeZone: string;
  readonly contacts = new Map<string, StoredContact>();
  readonly properties = new Map<string, HubSpotProperty>();
  readonly groups = new Set(['contactinformation']);
  readonly owners: HubSpotOwner[] = [];
  readonly lists: Lists;
  /** How many contacts a page holds, where HubSpot's own pages are larger. */
  pageSize = Number.POSITIVE_INFINITY;
  readonly #delays: HubSpotDelays;
  /** Old ids of merged contacts, to who they are now. */
  readonly #became = new Map<string, string>();
  readonly #versions = new Map<string, Version[]>();
  #number: number;

  constructor(
    clock: VirtualClock,
    options: { hubId?: string; timeZone?: string; delays?: HubSpotDelays } = {},
  ) {
    this.clock = clock;
    this.hubId = options.hubId ?? '1001';
    this.timeZone = options.timeZone ?? 'UTC';
    this.#delays = options.delays ?? usualDelays;
    // Accounts do not share ids, so that one taken for the other shows.
    this.#number = Number(this.hubId) * 1_000;
    for (const property of contactProperties) this.properties.set(property.name, property);
    this.lists = memoryLists(clock, this.contacts, this.#delays);
  }

  /** Who a contact is now, after merges. */
  find(id: string): StoredContact | undefined {
    return this.contacts.get(this.idNow(id));
  }

  /** The id it has after merges, or had when it was erased. */
  idNow(id: string): string {
    let at = id;
    for (let next = this.#became.get(at); next !== undefined; next = this.#became.get(at)) at = next;
    return at;
  }

  holderOf(address: string): StoredContact | undefined {
    const wanted = address.trim().toLowerCase();
    return [...this.contacts.values()].find(
      (contact) => contact.archivedAt === null && addressesOfContact(contact).includes(wanted),
    );
  }

  create(values: Values, source = 'CRM_UI'): CrmResult<StoredContact> {
    const clean = cleanValues(values, this.properties);
    if (!clean.ok) return rejected(clean.failure);
    const holder = clean.value.email ? this.holderOf(clean.value.email) : undefined;
    if (holder) return alreadyExists(holder.id);
    this.#number += 1;
    const now = this.clock.ms();
    const blank: StoredContact = {
      ...{ id: String(this.#number), values: {}, history: {}, createdAt: now, updatedAt: now },
      ...{ archivedAt: null, wasArchived: false, merged: [], additional: [] },
    };
    const contact = withValues(blank, { lifecyclestage: 'lead', ...clean.value }, now, source);
    this.#save(contact);
    return { ok: true, value: contact };
  }

  /** Changes a contact under its own id; ids that were merged away are not known here. */
  update(id: string, values: Values, source = 'CRM_UI'): CrmResult<StoredContact> {
    const contact = this.contacts.get(id);
    if (!contact || contact.archivedAt !== null) return { ok: false, failure: { kind: 'notFound' } };
    const clean = cleanValues(values, this.properties);
    if (!clean.ok) return rejected(clean.failure);
    const holder = clean.value.email ? this.holderOf(clean.value.email) : undefined;
    if (holder && holder.id !== id) return alreadyExists(holder.id);
    const next = withValues(contact, clean.value, this.clock.ms(), source);
    if (next !== contact) this.#save(next);
    return { ok: true, value: next };
  }

  archive(id: string): void {
    const contact = this.find(id);
    if (!contact || contact.archivedAt !== null) return;
    const now = this.clock.ms();
    this.#save({ ...contact, archivedAt: now, wasArchived: true, updatedAt: now });
  }

  /** Takes a contact out of the bin; false if another has its address by now. */
  restore(id: string): boolean {
    const contact = this.find(id);
    if (!contact) return false;
    if (addressesOfContact(contact).some((address) => this.holderOf(address))) return false;
    this.#save({ ...contact, archivedAt: null, updatedAt: this.clock.ms() });
    return true;
  }

  /** Erases a contact for good, as a privacy deletion does. */
  erase(id: string): void {
    const contact = this.find(id);
    if (contact) this.#remove(contact.id);
  }

  /** Merges another contact into the primary one, whose values go first; the survivor has a new id. */
  merge(primaryId: string, otherId: string): string {
    const [primary, other] = [this.contacts.get(primaryId), this.contacts.get(otherId)];
    if (!primary || !other || primary === other) throw new Error('Two living contacts can be merged.');
    this.#number += 1;
    const id = String(this.#number);
    const values = { ...other.values, ...primary.values };
    const history = Object.fromEntries(
      Object.keys({ ...other.history, ...primary.history }).map((name) => [
        name,
        [...(primary.history[name] ?? []), ...(other.history[name] ?? [])].sort(
          (a, b) => b.at.getTime() - a.at.getTime(),
        ),
      ]),
    );
    const additional = [...addressesOfContact(primary), ...addressesOfContact(other)];
    this.#remove(primaryId);
    this.#remove(otherId);
    for (const old of [primaryId, otherId]) this.#became.set(old, id);
    this.#save({
      ...{ id, values, history, archivedAt: null, updatedAt: this.clock.ms() },
      wasArchived: primary.wasArchived || other.wasArchived,
      createdAt: Math.min(primary.createdAt, other.createdAt),
      merged: [...primary.merged, ...other.merged, primaryId, otherId],
      additional: [...new Set(additional)].filter((address) => address !== values.email),
    });
    return id;
  }

  /** The contacts as search sees them now: some time behind, archived ones left out. */
  searchable(): StoredContact[] {
    const now = this.clock.ms();
    const found: StoredContact[] = [];
    for (const [id, versions] of this.#versions) {
      const at = versions.findLastIndex(({ visibleAt }) => visibleAt <= now);
      if (at > 0) this.#versions.set(id, versions.slice(at));
      const contact = versions[at]?.contact;
      if (contact && contact.archivedAt === null) found.push(contact);
    }
    return found;
  }

  #save(contact: StoredContact): void {
    this.contacts.set(contact.id, contact);
    this.#note(contact.id, contact);
  }

  #remove(id: string): void {
    this.contacts.delete(id);
    this.#note(id, null);
  }

  #note(id: string, contact: StoredContact | null): void {
    const visibleAt = this.clock.ms() + this.#delays.searchDelayMs();
    this.#versions.set(id, [...(this.#versions.get(id) ?? []), { visibleAt, contact }]);
    this.lists.changed(id);
  }
}

function rejected(failure: Parameters<typeof asFailure>[0]): CrmResult<never> {
  return { ok: false, failure: asFailure(failure) };
}

function asFailure(failure: {
  category: 'permissions' | 'values' | 'duplicates' | 'associations' | 'automation';
  code: string;
  fields: string[];
  message: string;
}) {
  return { kind: 'rejected' as const, ...failure };
}

function alreadyExists(id: string): CrmResult<never> {
  const message = `Contact already exists. Existing ID: ${id}`;
  return rejected({ category: 'duplicates', code: 'CONFLICT', fields: [], message });
}
