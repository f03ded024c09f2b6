/**
 * What the app needs of "a CRM", in its own words. The adapters hide paging, batching, limits, API versions,
 * retries of calls that change nothing, and both vendors' spelling. Every batch answers one outcome per item,
 * in the order asked.
 */
import type { CrmFailure, CrmResult } from './failure.ts';

/**
 * Gives a token that is good now. `rejected` is a token that the CRM just refused: a newer one is wanted.
 * `forChange`: something is about to be changed with it, so that no older knowledge of the connection will do.
 */
export type TokenSupplier = (
  rejected?: string,
  forChange?: boolean,
) => Promise<CrmResult<{ accessToken: string; apiUrl: string }>>;

/** Told of every call that counts against an allowance. */
export type CallCounter = (crm: 'HUBSPOT' | 'SALESFORCE', calls: number) => void;

export type CrmAccess = {
  token: TokenSupplier;
  onCall?: CallCounter;
  /** Ends waiting and requests under way; a write that had been sent may still have been carried out. */
  signal?: AbortSignal;
  /** The account behind the token: ports of one account share its rate limits. */
  account?: string;
  /** How long one request may take; 60 seconds if left out. */
  timeoutMs?: number;
};

/** A value as the vendor returned it, as text; null is blank. A property that is missing was not read. */
export type Values = Record<string, string | null>;

// ------------------------------------------------------------------ HubSpot

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

// ------------------------------------------------------------------ Salesforce

export type SalesforceObject = 'Lead' | 'Contact';

export type SalesforceRecord = {
  id: string;
  object: SalesforceObject;
  values: Values;
  lastModifiedAt: Date;
  lastModifiedById: string;
  systemModstamp: Date;
  isConverted: boolean;
};

/** After this record at this moment; without an id the whole second belongs to it. */
export type RecordCursor = { at: Date; id: string | null };

/** That a record changed, when, and by whom it was last modified. */
export type RecordStamp = {
  id: string;
  systemModstamp: Date;
  lastModifiedAt: Date;
  lastModifiedById: string;
  /** It lies in the bin. */
  isDeleted: boolean;
  /** The record it was merged into. */
  mergedInto: string | null;
};

/** A record as it was when its change was read. */
export type ChangedRecord = RecordStamp & SalesforceRecord;

/** A Contact or unconverted Lead and the address it has, in lower case; null: none, or it is gone. */
export type RecordAddress = {
  id: string;
  object: SalesforceObject;
  address: string | null;
  systemModstamp: Date;
  /** Deleted, merged or converted. */
  isGone: boolean;
};
/** What to ask of an object's changes: how many from `from` on until `since`, and which from `since` on. */
export type AddressSpan = { from: Date; since: Date };
export type AddressChanges = { earlier: number; changed: RecordAddress[] };

export type SalesforceField = {
  name: string;
  label: string;
  type: string;
  length: number;
  scale: number;
  createable: boolean;
  updateable: boolean;
  /** A formula or roll-up: the platform moves it by itself. */
  calculated?: boolean;
  /** Must be given when a record is created: not nillable, createable and not defaulted. */
  required: boolean;
  unique: boolean;
  custom: boolean;
  restrictedPicklist: boolean;
  picklistValues: { value: string; label: string; active: boolean }[];
  referenceTo: string[];
};

export type SalesforceUser = { id: string; email: string; name: string; active: boolean };

export type NewRecord = { object: SalesforceObject; values: Values };
export type RecordChange = { id: string; object: SalesforceObject; values: Values };

/** How a Bulk job stands; results are there once it is done, failed or aborted. */
export type BulkState = {
  state: 'open' | 'working' | 'done' | 'failed' | 'aborted';
  processed: number;
  failed: number;
  /** Why the whole job failed. */
  message: string | null;
};

/** What became of the rows of a Bulk job, in no order: the values as they were sent tell which is which. */
export type BulkResults = {
  saved: { id: string; created: boolean; values: Values }[];
  refused: { values: Values; failure: CrmFailure }[];
  /** Rows that the job did not come to. */
  unprocessed: Values[];
};

export interface SalesforcePort {
  organization(): Promise<CrmResult<{ orgId: string; name: string; sandbox: boolean }>>;
  /** Calls of the last 24 hours, all clients together, and how many the org may make. */
  limits(): Promise<CrmResult<{ used: number; max: number }>>;
  /** Fields that the integration user may see; one call per object, kept for the life of this port. */
  describe(object: SalesforceObject): Promise<CrmResult<SalesforceField[]>>;
  users(): Promise<CrmResult<SalesforceUser[]>>;

  /**
   * For each address, every Contact and unconverted Lead that has it (compared without case), with the
   * fields asked. Looks up by SOQL inside Composite: about 300 addresses a query, 5 queries a call.
   */
  findByEmail(
    addresses: string[],
    fields: Record<SalesforceObject, string[]>,
  ): Promise<CrmResult<SalesforceRecord[][]>>;
  /** In the order asked; null for what is not returned. 2,000 ids a call and object. */
  readRecords(
    object: SalesforceObject,
    ids: string[],
    fields: string[],
  ): Promise<CrmResult<(SalesforceRecord | null)[]>>;
  /** 200 a call. `autoAssign` runs the org's active assignment rule. */
  createRecords(
    records: NewRecord[],
    options: { autoAssign: boolean },
  ): Promise<CrmResult<CrmResult<{ id: string }>[]>>;
  updateRecords(changes: RecordChange[]): Promise<CrmResult<CrmResult<void>[]>>;

  /**
   * Records changed after a cursor, deleted ones too while they lie in the bin (15 days), page by page in
   * the order (SystemModstamp, id). What is committed late appears with an earlier stamp: read with an
   * overlap. A failure ends it.
   */
  changedRecords(object: SalesforceObject, since: RecordCursor): AsyncIterable<CrmResult<RecordStamp[]>>;
  /** How many these are. */
  countChanged(object: SalesforceObject, since: RecordCursor): Promise<CrmResult<number>>;
  /**
   * The same by one Bulk query, up to the second of `until` and with it, with the fields asked: for where many have
   * changed. A call takes the more records the fewer fields they have, 50,000 at most. No compound fields.
   */
  scanChanged(
    object: SalesforceObject,
    span: { since: RecordCursor; until: Date | null },
    fields: string[],
  ): AsyncIterable<CrmResult<ChangedRecord[]>>;
  /** Of at least a minute, at most 30 days back. The next span begins at `coveredUntil`, not at `end`. */
  updatedIds(
    object: SalesforceObject,
    span: { start: Date; end: Date },
  ): Promise<CrmResult<{ ids: string[]; coveredUntil: Date }>>;
  /** As `updatedIds`, at most 15 days back; deletions before `knownSince` are forgotten. */
  deletedIds(
    object: SalesforceObject,
    span: { start: Date; end: Date },
  ): Promise<CrmResult<{ deleted: { id: string; at: Date }[]; knownSince: Date; coveredUntil: Date }>>;
  /**
   * The addresses of what changed since a moment, and how many Contacts and unconverted Leads that are there
   * changed before it: one call, and one for each 10,000 records that do not fit. What may have been committed
   * late is told once more: of others than `userId` what has a stamp of the 15 minutes before, of it of one.
   */
  changedAddresses(
    spans: Record<SalesforceObject, AddressSpan>,
    userId: string,
  ): Promise<CrmResult<Record<SalesforceObject, AddressChanges>>>;
  /** About how many records the org has. */
  recordCounts(): Promise<CrmResult<Record<SalesforceObject, number>>>;

  /** The rule that gives new records of an object their owner, if one is active. */
  activeAssignmentRule(object: SalesforceObject): Promise<CrmResult<string | null>>;
  /** Opens a Bulk job for records of one object. With `assignmentRuleId` that rule chooses the owners. */
  openBulkJob(job: {
    object: SalesforceObject;
    operation: 'insert' | 'update';
    assignmentRuleId?: string;
  }): Promise<CrmResult<{ jobId: string }>>;
  /**
   * Gives an open job its rows (100 MB at most), once, and closes it, so that Salesforce begins. A value
   * that is missing stays as it is, null empties it. For updates each row needs `Id`.
   */
  startBulkJob(jobId: string, rows: Values[]): Promise<CrmResult<void>>;
  bulkJob(jobId: string): Promise<CrmResult<BulkState>>;
  /** What became of the rows of a job that has ended. So few calls as are needed to know it of `rows` of them. */
  bulkResults(jobId: string, rows: number): Promise<CrmResult<BulkResults>>;
  /** Ends a job that has not ended yet; rows may have been saved before. */
  abortBulkJob(jobId: string): Promise<CrmResult<void>>;
  /**
   * Every Contact, or every unconverted Lead, that the integration user may see, piece by piece, by a Bulk
   * query: 50,000 records a call. No compound fields. A failure ends it.
   */
  scanRecords(object: SalesforceObject, fields: string[]): AsyncIterable<CrmResult<SalesforceRecord[]>>;
}

export type Campaign = { id: string; name: string };

/** What an import asks Salesforce besides. */
export interface SalesforceImportPort {
  /** As `scanRecords`, of those created at or after a moment. */
  scanCreatedSince(
    object: SalesforceObject,
    fields: string[],
    since: Date,
  ): AsyncIterable<CrmResult<SalesforceRecord[]>>;
  /** How many Contacts, and how many unconverted Leads, the integration user may see. */
  countOpen(): Promise<CrmResult<Record<SalesforceObject, number>>>;
  /** The active campaigns, by name. */
  campaigns(): Promise<CrmResult<Campaign[]>>;
  /** Who is in a campaign, each person once: a converted Lead is the Contact it became. */
  campaignMembers(campaignId: string): Promise<CrmResult<{ id: string; object: SalesforceObject }[]>>;
}
