import type { Collection } from '#simulators/core/store.ts';
import type { Portal } from '../portal.ts';
import { standardGroups, standardProperties } from '../properties/standard.ts';
import type { ObjectType } from './object-types.ts';
import { SearchIndex } from './search-index.ts';
import type { CrmRecord, Property, PropertyGroup } from './types.ts';

/** The records and property definitions of one object type in one portal. */
export class ObjectStore {
  readonly portal: Portal;
  readonly type: ObjectType;
  readonly records: Collection<CrmRecord>;
  readonly properties = new Map<string, Property>();
  readonly groups = new Map<string, PropertyGroup>();
  readonly index: SearchIndex;
  /** Ids of all records, archived ones too, in ascending order. */
  readonly ids: string[] = [];
  readonly #changedProperties: Collection<Property>;
  readonly #changedGroups: Collection<PropertyGroup>;
  /** By property: value in lower case to record id. Archived records are not in it. */
  readonly #unique = new Map<string, Map<string, string>>();
  readonly #mergedInto = new Map<string, string>();

  constructor(portal: Portal, type: ObjectType) {
    this.portal = portal;
    this.type = type;
    this.records = portal.collection(`records/${type.id}`);
    this.#changedProperties = portal.collection(`properties/${type.id}`);
    this.#changedGroups = portal.collection(`groups/${type.id}`);
    const own = [`${type.label.toLowerCase()}information`, `${type.label} information`] as const;
    for (const [name, label] of standardGroups[type.id] ?? [own]) {
      this.groups.set(name, { name, label, displayOrder: -1, archived: false });
    }
    for (const property of standardProperties(type.id, type.label))
      this.properties.set(property.name, property);
    for (const property of this.#changedProperties.values()) this.properties.set(property.name, property);
    for (const group of this.#changedGroups.values()) this.groups.set(group.name, group);
    this.index = new SearchIndex(this);
    this.ids = [...this.records.values()].map((record) => record.id).sort(compareIds);
    this.#rebuildUnique();
    for (const record of this.records.values()) this.#noteMerged(record);
  }

  saveProperty(property: Property) {
    this.properties.set(property.name, property);
    this.#changedProperties.set(property.name, property);
    if (property.hasUniqueValue) this.#rebuildUnique();
  }

  saveGroup(group: PropertyGroup) {
    this.groups.set(group.name, group);
    this.#changedGroups.set(group.name, group);
  }

  /** A property that exists and is not archived. */
  property(name: string): Property | undefined {
    const property = this.properties.get(name);
    return property?.archived ? undefined : property;
  }

  /** The record with this id, following merges. */
  find(id: string): CrmRecord | undefined {
    return this.records.get(this.#mergedInto.get(id) ?? id);
  }

  /** The record whose `property` has this value; `email` also finds additional addresses. */
  findBy(property: string, value: string): CrmRecord | undefined {
    if (property === 'hs_object_id') return this.find(value);
    const id = this.#unique.get(property)?.get(value.trim().toLowerCase());
    return id === undefined ? undefined : this.records.get(id);
  }

  isUnique(property: string): boolean {
    return property === 'hs_object_id' || this.#unique.has(property);
  }

  uniqueNames(): string[] {
    return [...this.#unique.keys()];
  }

  newId(): string {
    return String(this.portal.nextNumber(`records/${this.type.id}`, this.type.firstId));
  }

  /** The first of `count` ids in a row. */
  newIds(count: number): number {
    return this.portal.nextNumber(`records/${this.type.id}`, this.type.firstId, count);
  }

  /** Stores a new record as one that has long been there: search sees it at once. */
  seed(record: CrmRecord) {
    this.ids.push(record.id);
    this.records.set(record.id, record);
    this.#remember(record);
  }

  /** Stores a record, new or changed; `record` must be a fresh object. */
  save(record: CrmRecord) {
    const before = this.records.get(record.id);
    if (before) this.#forget(before);
    else this.ids.push(record.id);
    this.records.set(record.id, record);
    this.#remember(record);
    this.#noteMerged(record);
    this.index.changed(record.id, before, record);
  }

  /** Forgets a record for good. */
  remove(record: CrmRecord) {
    this.#forget(record);
    this.records.delete(record.id);
    this.ids.splice(this.ids.indexOf(record.id), 1);
    this.index.changed(record.id, record, undefined);
  }

  /** The value of any property, calculated ones too; undefined when there is none. */
  value(record: CrmRecord, name: string): string | undefined {
    return record.properties[name] ?? computed(this, record, name);
  }

  /** A time that the record itself keeps, in ms; undefined for any other property. */
  timeOf(record: CrmRecord, name: string): number | undefined {
    if (record.properties[name] !== undefined || !this.properties.has(name)) return undefined;
    if (name === 'createdate' || name === 'hs_createdate') return record.createdAt;
    return name === 'lastmodifieddate' || name === 'hs_lastmodifieddate' ? record.updatedAt : undefined;
  }

  #rebuildUnique() {
    this.#unique.clear();
    if (this.type.id === '0-1') this.#unique.set('email', new Map());
    for (const property of this.properties.values()) {
      if (property.hasUniqueValue && property.name !== 'hs_object_id')
        this.#unique.set(property.name, new Map());
    }
    for (const record of this.records.values()) this.#remember(record);
  }

  #remember(record: CrmRecord) {
    if (record.archivedAt !== undefined) return;
    for (const [property, values] of this.#unique) {
      const value = record.properties[property];
      if (value !== undefined) values.set(value.toLowerCase(), record.id);
    }
    for (const email of record.additionalEmails ?? []) this.#unique.get('email')?.set(email, record.id);
  }

  #forget(record: CrmRecord) {
    if (record.archivedAt !== undefined) return;
    for (const [property, values] of this.#unique) {
      const value = record.properties[property];
      if (value !== undefined) values.delete(value.toLowerCase());
    }
    for (const email of record.additionalEmails ?? []) this.#unique.get('email')?.delete(email);
  }

  #noteMerged(record: CrmRecord) {
    for (const { id } of record.merged ?? []) this.#mergedInto.set(id, record.id);
  }
}

/** Orders ids as numbers without turning them into numbers. */
export function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

const iso = (ms: number) => new Date(ms).toISOString();

function computed(store: ObjectStore, record: CrmRecord, name: string): string | undefined {
  switch (name) {
    case 'hs_object_id':
      return record.id;
    case 'createdate':
    case 'hs_createdate':
    case 'lastmodifieddate':
    case 'hs_lastmodifieddate': {
      const time = store.timeOf(record, name);
      return time === undefined ? undefined : iso(time);
    }
    case 'hs_object_source':
    case 'hs_object_source_label':
      return record.source.sourceType;
    case 'hs_object_source_id':
      return record.source.sourceId;
    case 'hs_merged_object_ids':
      return record.merged?.map(({ id }) => id).join(';');
    default:
      return store.type.id === '0-1' ? computedOfContact(store, record, name) : undefined;
  }
}

function computedOfContact(store: ObjectStore, record: CrmRecord, name: string): string | undefined {
  const { email, firstname, lastname, phone, hubspot_owner_id: owner } = record.properties;
  switch (name) {
    case 'hs_email_domain':
      return email?.slice(email.indexOf('@') + 1);
    case 'hs_full_name_or_email':
      return [firstname, lastname].filter(Boolean).join(' ') || email;
    case 'hs_is_contact':
    case 'hs_is_unworked':
      return 'true';
    case 'hs_all_contact_vids':
      return [record.id, ...(record.merged ?? []).map(({ id }) => id)].join(';');
    case 'hs_calculated_merged_vids':
      return record.merged?.map(({ id, at }) => `${id}:${at}`).join(';');
    case 'hs_additional_emails':
      return record.additionalEmails?.length ? record.additionalEmails.join(';') : undefined;
    case 'hs_searchable_calculated_phone_number':
      return phone?.replace(/\D/g, '') || undefined;
    case 'hs_pipeline':
      return 'contacts-lifecycle-pipeline';
    case 'hs_all_owner_ids':
      return owner;
    case 'hs_user_ids_of_all_owners':
      return owner ? String(store.portal.owner(owner)?.userId ?? '') || undefined : undefined;
    case 'hs_associated_target_accounts':
    case 'num_notes':
      return '0';
    case 'associatedcompanyid':
      return store.portal.associations.primaryCompany(record.id);
    default:
      return undefined;
  }
}
