import type { CrmFailure, CrmResult } from '../failure.ts';
import type { VendorClock } from '../vendor-clock.ts';
import type { Values } from './access.ts';

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

/** Changes in the order of their stamps. `isLast`: no more are known of. */
export type ChangePage = { stamps: RecordStamp[]; isLast: boolean };

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
/**
 * What to ask of an object's changes: how many from `from` on until `since`, and which from `since` on; of the asking
 * user itself, from `own` on.
 */
export type AddressSpan = { from: Date; since: Date; own: Date };
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
  /** Salesforce's own. */
  readonly clock: VendorClock;
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
  /** In the order asked; null for what is not returned. 10,000 ids a call, 2,000 a part of it. */
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
  changedRecords(object: SalesforceObject, since: RecordCursor): AsyncIterable<CrmResult<ChangePage>>;
  /** How many these are. */
  countChanged(object: SalesforceObject, since: RecordCursor): Promise<CrmResult<number>>;
  /**
   * The same by one Bulk query, up to the second of `until` and with it, with the fields asked: for where many have
   * changed. A call takes the more records the shorter they are, 50,000 at most. No compound fields.
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
  /** Those of these records that lie in the bin, and what they were merged into. A few hundred ids a call. */
  deletedAmong(
    object: SalesforceObject,
    ids: string[],
  ): Promise<CrmResult<Pick<RecordStamp, 'id' | 'mergedInto'>[]>>;
  /**
   * The addresses of what changed since a moment, and how many Contacts and unconverted Leads that are there
   * changed before it: one call, and one for each 10,000 records that do not fit. What may have been committed
   * late is told once more: of others than `userId` what has a stamp of the 15 minutes before, of it from `own` on.
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
