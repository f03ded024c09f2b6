import type { Gate } from '#lib/settings/rules.ts';
import type { SettingsValues } from '#lib/settings/schemas.ts';
import type { Change } from './change.ts';
import type { Memory } from './field-memory.ts';
import type { MappingRow } from './fields.ts';
import type { ScanStore } from './scan-store.ts';
import type { ResultName, RunCursor, RunReason, RunStatus } from './schemas.ts';
import type { SeenFields } from './seen.ts';
import type { Intended, Shadow, Side } from './shadow.ts';
import type { Cause, NewTrigger, Trigger } from './triggers.ts';

/** Links, shadows, intents, triggers and cursors belong to one workspace and one Salesforce org. */
export type Scope = { workspaceId: string; orgId: string };

export type RecordObject = 'LEAD' | 'CONTACT';
export type LinkOrigin = 'MATCHED' | 'CREATED' | 'CREATION_EXCEPTION' | 'IMPORT';
/**
 * Why a link has ended. `converted`: the record became a Contact that took the link over; `handed_over`: merged,
 * and the survivor took it; `merged`: the survivor had a link of its own.
 */
export const endCauses = [
  'deleted_in_hubspot',
  'privacy_deleted',
  'deleted_in_salesforce',
  'merged',
  'converted',
  'handed_over',
] as const;
export type EndCause = (typeof endCauses)[number];

export type NewLink = {
  id: string;
  contactId: string;
  recordId: string;
  object: RecordObject;
  origin: LinkOrigin;
  createdAt: Date;
  openException: boolean;
  importOnly: boolean;
};
export type Link = NewLink & {
  shadow: Shadow;
  memory: Memory;
  intended: Intended | null;
  /** The Bulk job that carries what is intended to Salesforce. */
  jobId: string | null;
  endedAt: Date | null;
  endCause: EndCause | null;
  mergedInto: string | null;
};
/** What to store on a link after its write: `openException` as it is from now on. */
export type LinkState = {
  id: string;
  shadow: Shadow;
  memory: Memory;
  openException: boolean;
  importOnly: boolean;
};
export type LinkEnd = { id: string; cause: EndCause; mergedInto: string | null };

export type Intent = {
  id: string;
  contactId: string;
  address: string;
  object: RecordObject;
  runId: string;
  sentAt: Date;
  /** The Bulk job that carries it. */
  jobId: string | null;
};
export type NewIntent = Intent & { batchId: string };
/** `isOurs`: of this workspace. Another one that is connected to the same org ends its own intents. */
export type OpenIntent = Intent & { isOurs: boolean };

/** What was last read of a contact or record. */
export type Seen = {
  id: string;
  fields: SeenFields;
  /** The last modification of the whole that was not the sync's own, as far as known. */
  modifiedAt: Date | null;
};

/** A run as far as the engine needs it. */
export type RunRef = {
  id: string;
  kind: 'RESYNC' | 'POLL' | 'IMPORT' | 'RETRY';
  listId: string | null;
  /** When it began; its creation before that. */
  since: Date;
};
export type RunChange = {
  status?: RunStatus;
  startedAt?: Date;
  finishedAt?: Date;
  reason?: RunReason | null;
  reference?: string | null;
  cursor?: RunCursor;
  total?: number;
  settingsVersion?: number;
};

export type OutcomeRow = {
  contactId: string | null;
  recordId: string | null;
  object: RecordObject | null;
  name: string | null;
  email: string | null;
  direction: 'BOTH' | 'TO_SALESFORCE' | 'TO_HUBSPOT';
  result: ResultName;
  reason: string | null;
  category: string | null;
  code: string | null;
  message: string | null;
  changes: Change[];
  warnings: string[];
  /** What asked for this person; the first one names the outcome's trigger. */
  causes: Cause[];
};

export type ConflictRow = {
  contactId: string;
  recordId: string;
  mappingId: string;
  property: string;
  field: string;
  hubspotValue: string | null;
  salesforceValue: string | null;
  hubspotAt: Date | null;
  salesforceAt: Date | null;
  winner: Side;
  at: Date;
};

/** Which version of which row; what came in since then keeps the row open. */
export type TriggerRef = Pick<Trigger, 'id' | 'version'>;
/** A row that goes on waiting. */
export type PutOff = TriggerRef & { dueAt: Date; waitsFor: RunReason; attempts: number };

/** What the sync may change; all of one transaction happens, or nothing. */
export interface SyncTx {
  /** Adds to the open row of each person, or opens one. A record's row and its contact's are one. */
  addTriggers(rows: readonly NewTrigger[], at: Date): Promise<void>;
  /** Removes rows as they were read; one that has grown since stays open, without a run, and is due. */
  closeTriggers(refs: readonly TriggerRef[]): Promise<void>;
  /** Leaves rows for later, without a run. One that has grown since is due at once. */
  putOffTriggers(rows: readonly PutOff[], at: Date): Promise<void>;
  /** Gives up to `limit` due rows that no run has to this one, oldest first; how many it has taken. */
  takeUpTriggers(runId: string, limit: number, at: Date): Promise<number>;

  /** With a shadow, if both sides agreed on something from the first. */
  insertLinks(links: readonly (NewLink & { shadow?: Shadow })[]): Promise<void>;
  storeIntended(rows: readonly { id: string; intended: Intended }[]): Promise<void>;
  /** What is intended for these is carried by a Bulk job; null: by none any more. */
  storeJob(ids: readonly string[], jobId: string | null): Promise<void>;
  /** What both sides agreed on; nothing is under way any more. */
  storeLinks(rows: readonly LinkState[], at: Date): Promise<void>;
  endLinks(rows: readonly LinkEnd[], at: Date): Promise<void>;
  /** Ended links hold again, with their shadows. */
  reviveLinks(ids: readonly string[]): Promise<void>;

  insertIntents(rows: readonly NewIntent[]): Promise<void>;
  /** The same creations are sent once more: their time begins anew. */
  restartIntents(ids: readonly string[], at: Date): Promise<void>;
  closeIntents(rows: readonly { id: string; recordId: string | null }[], at: Date): Promise<void>;

  storeSeen(side: Side, rows: readonly Seen[], at: Date): Promise<void>;
  forgetSeen(side: Side, ids: readonly string[]): Promise<void>;

  /** Adds to the run's counts too. A person who has an outcome in this run keeps it. */
  insertOutcomes(runId: string, rows: readonly OutcomeRow[], at: Date): Promise<void>;
  insertConflicts(runId: string, rows: readonly ConflictRow[]): Promise<void>;

  /** A run for what is in the inbox; the one that is under way, if there is one. */
  openInboxRun(kind: 'POLL' | 'RETRY', settingsVersion: number, at: Date): Promise<RunRef>;
  /** Changes a run that is still active; false if it has ended. */
  changeRun(runId: string, change: RunChange): Promise<boolean>;
  /**
   * Erases what is known of these contacts, and of those whose links they took over by a merge, but for the two ids of
   * their links.
   */
  eraseContacts(contactIds: readonly string[], at: Date): Promise<void>;
}

/** What the sync keeps, in its own words. One store belongs to one scope. */
export interface SyncStore {
  readonly scope: Scope;
  /** What runs know of the addresses of their org. */
  readonly scans: ScanStore;
  /** The only clock. */
  now(): Promise<Date>;
  transaction<T>(work: (tx: SyncTx) => Promise<T>): Promise<T>;

  settings(): Promise<{ version: number; values: SettingsValues }>;
  gate(at: Date): Promise<Gate>;
  /** Salesforce calls of 24 hours against the allocation; `low`: at least three quarters are used. */
  budget(settings: SettingsValues): Promise<'free' | 'low' | 'used_up'>;
  account(): Promise<{ timeZone: string; integrationUserId: string | null }>;
  mappings(): Promise<MappingRow[]>;

  /** Living links and tombstones, the newest first. */
  linksOfContacts(ids: readonly string[]): Promise<Link[]>;
  linksOfRecords(ids: readonly string[]): Promise<Link[]>;
  /** Intents without a known end for these addresses, whichever workspace of this org has made them. */
  openIntents(addresses: readonly string[]): Promise<OpenIntent[]>;
  /** Which of these contacts got their record by a creation of this run. */
  createdContacts(runId: string, contactIds: readonly string[]): Promise<Set<string>>;
  seen(side: Side, ids: readonly string[]): Promise<Map<string, Seen>>;

  triggersOf(ids: { contactIds: readonly string[]; recordIds: readonly string[] }): Promise<Trigger[]>;
  /** Rows that a run has taken up, oldest first. */
  triggersOfRun(runId: string, limit: number): Promise<Trigger[]>;
  /** Rows that are due and that no run has, oldest first. */
  dueTriggers(at: Date, limit: number): Promise<Trigger[]>;
  /** When the next row is due that no run has; null if the inbox is empty. */
  nextDue(): Promise<Date | null>;
  /** The run for what is in the inbox that is under way. */
  inboxRun(): Promise<RunRef | null>;
  /** Who has an outcome in this run. */
  doneIn(
    runId: string,
    ids: { contactIds: readonly string[]; recordIds: readonly string[] },
  ): Promise<{ contacts: Set<string>; records: Set<string> }>;
}
