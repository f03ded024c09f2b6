import type { CrmResult } from '../failure.ts';
import type { VendorClock } from '../vendor-clock.ts';
import type { Values } from './access.ts';

export type HubSpotContact = {
  id: string;
  values: Values;
  updatedAt: Date;
  archived: boolean;
};

/** A contact and when it last changed, by HubSpot's clock. */
export type ContactStamp = { id: string; at: Date };

/** A member of a list and when it was last added, by HubSpot's clock. */
export type ListMember = { id: string; at: Date };

/** The values a property has had, newest first, by its name. `source` is HubSpot's own word for the writer. */
export type PropertyHistory = Record<string, { value: string | null; at: Date; source: string | null }[]>;

export type HubSpotProperty = {
  name: string;
  label: string;
  type: string;
  fieldType: string;
  groupName: string;
  description: string;
  options: { value: string; label: string; hidden: boolean }[];
  readOnly: boolean;
  calculated: boolean;
  hidden: boolean;
  hasUniqueValue: boolean;
  referencedObjectType: string | null;
};

/** What a contact can be associated with, as far as filters look at it. */
export type RelatedObject = 'company' | 'deal';
/** A record that a contact is associated with, and by which types of association. */
export type RelatedRecord = { id: string; typeIds: number[]; values: Values };

/** A property to be made; HubSpot wants options for an enumeration. */
export type NewProperty = Pick<
  HubSpotProperty,
  'name' | 'label' | 'type' | 'fieldType' | 'groupName' | 'description' | 'options'
>;

export type HubSpotList = {
  listId: string;
  name: string;
  objectTypeId: string;
  processingType: string;
  processingStatus: string;
  version: number;
  size: number | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  filtersUpdatedAt: Date | null;
  createdById: string | null;
  deletedAt: Date | null;
};

export type HubSpotOwner = {
  id: string;
  userId: string | null;
  email: string | null;
  name: string;
  active: boolean;
};

/** A search as HubSpot's search endpoint takes it: groups are OR, filters in a group AND. */
export type ContactSearch = {
  query?: string;
  filterGroups: { filters: SearchFilter[] }[];
  properties: string[];
  sorts?: { propertyName: string; direction: 'ASCENDING' | 'DESCENDING' }[];
  limit: number;
  after?: string;
  /** Searches of others go first, where HubSpot's limit leaves no room for all. */
  isPatient?: boolean;
};
export type SearchFilter = {
  propertyName: string;
  operator: string;
  value?: string;
  highValue?: string;
  values?: string[];
};

export type NewContact = { traceId: string; values: Values };
export type ContactChange = { id: string; values: Values };

export interface HubSpotPort {
  /** HubSpot's own. */
  readonly clock: VendorClock;
  account(): Promise<CrmResult<{ hubId: string; timeZone: string; uiDomain: string }>>;
  countContacts(): Promise<CrmResult<number>>;
  /** Of contacts if no other object is named. */
  properties(object?: RelatedObject): Promise<CrmResult<HubSpotProperty[]>>;
  /** Rejected as `duplicates` if there is one of that name. */
  createPropertyGroup(group: { name: string; label: string }): Promise<CrmResult<void>>;
  /** In a group that exists; rejected as `duplicates` if the name is taken. */
  createProperty(property: NewProperty): Promise<CrmResult<HubSpotProperty>>;
  owners(): Promise<CrmResult<HubSpotOwner[]>>;

  /** In the order asked; null for an id that HubSpot does not know. */
  readContacts(ids: string[], properties: string[]): Promise<CrmResult<(HubSpotContact | null)[]>>;
  /** In the order asked, 50 contacts a call; null for an id that HubSpot does not know. */
  readHistory(ids: string[], properties: string[]): Promise<CrmResult<(PropertyHistory | null)[]>>;
  searchContacts(
    search: ContactSearch,
  ): Promise<CrmResult<{ total: number; contacts: HubSpotContact[]; after: string | null }>>;
  /** For each contact asked, the records it is associated with and their values; archived ones left out. */
  relatedRecords(
    contactIds: string[],
    object: RelatedObject,
    properties: string[],
  ): Promise<CrmResult<RelatedRecord[][]>>;
  createContacts(contacts: NewContact[]): Promise<CrmResult<CrmResult<HubSpotContact>[]>>;
  updateContacts(changes: ContactChange[]): Promise<CrmResult<CrmResult<HubSpotContact>[]>>;

  /** Into the bin, from which HubSpot can restore them for 90 days; one that is there already is a success. */
  archiveContacts(ids: string[]): Promise<CrmResult<CrmResult<void>[]>>;
  /**
   * Contacts changed after a cursor, page by page in the order (moment, id as a number): the last one of a
   * page is the cursor to go on from; id `0` takes in the whole moment. Search sees a change only after a
   * while and never sees archived contacts. A failure ends it.
   */
  changedContacts(since: ContactStamp): AsyncIterable<CrmResult<ContactStamp[]>>;
  /** What each contact asked is now, after merges, and which ids it took over; null if unknown. */
  mergeInfo(ids: string[]): Promise<CrmResult<({ id: string; mergedIds: string[] } | null)[]>>;

  /** All lists of the account, static ones too, without filters; asked page by page. */
  lists(): AsyncIterable<CrmResult<HubSpotList[]>>;
  list(listId: string): Promise<CrmResult<HubSpotList>>;
  /** With HubSpot's own filter JSON, untouched. */
  listWithFilters(listId: string): Promise<CrmResult<{ list: HubSpotList; filterBranch: unknown }>>;
  createList(input: {
    name: string;
    objectTypeId: string;
    processingType: string;
    filterBranch: unknown;
  }): Promise<CrmResult<HubSpotList>>;
  renameList(listId: string, name: string): Promise<CrmResult<HubSpotList>>;
  updateListFilters(listId: string, filterBranch: unknown): Promise<CrmResult<HubSpotList>>;
  deleteList(listId: string): Promise<CrmResult<void>>;
  restoreList(listId: string): Promise<CrmResult<void>>;
  /** One page (250 at most) of a list's members, by record id. */
  members(listId: string, after: string | null): Promise<CrmResult<{ ids: string[]; after: string | null }>>;
  /**
   * One page (250 at most) of a list's members with the time each was last added, by record id or in the order
   * in which they were added. Without a next page `after` is null: ask again with the cursor that led here.
   */
  membersWithTimes(
    listId: string,
    page: { order: 'id' | 'join'; after: string | null },
  ): Promise<CrmResult<{ members: ListMember[]; after: string | null }>>;
  /** For each contact asked, the ids of all lists it is in now. */
  memberships(contactIds: string[]): Promise<CrmResult<string[][]>>;
}
