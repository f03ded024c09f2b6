import type { SalesforceObject } from '#lib/crm/ports.ts';
import type { Side } from '../shadow.ts';
import type { EndCause, RecordObject, Scope, Seen } from '../store.ts';
import type { NewTrigger, Trigger } from '../triggers.ts';

/** What is polled: all contacts of HubSpot, or one object of Salesforce. */
export type Source = 'hubspot' | SalesforceObject;

/** A place in the order of changes, on the vendor's clock. Without an id the whole moment is still to come. */
export type Position = { at: Date; id: string | null };

/** How far the changes of a source were read. */
export type Cursor = {
  /** When the connection began: nothing older triggers. */
  beganAt: Date;
  newest: Position;
  /** A reading that has not come to its end: where it goes on, and how far the one before it had come. */
  reading: { at: Position; from: Date } | null;
};

/** One version of a contact or record: it is known by its stamp. */
export type Pair = { id: string; at: Date };

export type KnownLink = {
  contactId: string;
  recordId: string;
  object: RecordObject;
  endedAt: Date | null;
  endCause: EndCause | null;
};

/**
 * `processing`: chosen, but HubSpot has not finished it, so that there is no baseline yet. `reading`: its
 * membership is being read in full. `deleted`, `static`: nobody syncs until a person chooses anew.
 */
export type SegmentState = 'processing' | 'reading' | 'ready' | 'deleted' | 'static';

/** How the membership of a segment is followed while it is the inclusion segment. */
export type SegmentWatch = {
  listId: string;
  state: SegmentState;
  /** The version of the criteria that the stored membership belongs to. */
  version: number | null;
  /** Null until the first full reading after the choice has ended. */
  baselineAt: Date | null;
  fullReadAt: Date | null;
  /** Counts full readings: whom the newest one did not meet has left. */
  reading: number;
  /** Where the full reading goes on. */
  readAfter: string | null;
  /** The cursor that led to the last page in join order. */
  joinAfter: string | null;
  /** HubSpot's size less what is stored, after the last full reading: so much its size tells too much. */
  sizeGap: number;
  /** When it ceased to be the inclusion segment. */
  endedAt: Date | null;
};

/** Through which criterion somebody came in or went out, as far as our own reading tells. */
export type Through = { property: string; value: string | null; group: number };

/** One stay of a contact in a segment that lasts. */
export type Stay = { contactId: string; addedAt: Date; since: Date };

export type NewStay = Stay & { isBaseline: boolean; through: Through | null };

/** A change of the stored membership of one segment. Stays are told by contact: one lasts at a time. */
export type MembershipChange = {
  listId: string;
  reading: number;
  /** Stays that end now. */
  left: { contactId: string; until: Date; through: Through | null }[];
  /** Stays that begin now, met by this reading; one of the same contact has ended before. */
  came: NewStay[];
  /** Stays that go on, met by this reading. */
  met: string[];
};

/** What can make writing stop and wait for a person. */
export const alarmKinds = ['sides', 'created_salesforce', 'created_hubspot', 'archived', 'blanked'] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/** One person that counts towards the circuit breaker; of blanked values `key` is `{side}:{name}`. */
export type Alarm = { kind: AlarmKind; key: string; person: string; at: Date };
export type AlarmCount = { kind: AlarmKind; key: string; people: number };

/** Of how many people the shares of the circuit breaker are taken. */
export type Population = {
  linked: number;
  known: number;
  /** How many have a value in this property or field, by `key`. */
  filled: Record<string, number>;
};

export const holdCauses = ['switch', 'sides', 'deletions', 'creations', 'blanking'] as const;
export type HoldCause = (typeof holdCauses)[number];
export type Hold = {
  id: string;
  cause: HoldCause;
  /** The change of the gate that it is about. */
  changeId: string | null;
  counts: AlarmCount[];
  since: Date;
};

export type DailyCheck = {
  /** When all links had been read last. */
  checkedAt: Date | null;
  /** Until when Salesforce's answers are complete. */
  coveredUntil: Partial<Record<SalesforceObject, Date>>;
  /** A check under way. */
  startedAt: Date | null;
  /** The last contact id whose link it has read. */
  linksAfter: string | null;
};

/** By which settings and mappings what waits in the inbox was counted. */
export type CountedAs = { deletes: string; changes: string; blanks: string };

/** What the settings say that collecting depends on. */
export type CollectSettings = {
  inclusionListId: string | null;
  /** While a switch waits, the segment that is in force besides; null is everybody. */
  alsoListId: string | null | undefined;
  salesforceChanges: 'create_or_update' | 'do_nothing';
  salesforceDeletes: 'do_nothing' | 'delete_contact';
  /** Above this many percent of the people writing stops. */
  breakerShare: number;
};

/** The names of what is mapped and synced, and of those whose blank would empty the other side. */
export type MappedNames = {
  properties: string[];
  fields: Record<SalesforceObject, string[]>;
  blankTravels: { properties: string[]; fields: Record<SalesforceObject, string[]> };
};

export type ConnectionFacts = {
  /** When both systems were connected: where cursors begin. */
  connectedAt: Date;
  /** Whose modifications in Salesforce are the sync's own. */
  integrationUserId: string | null;
  /** Of the HubSpot account: its days are those of the criteria. */
  timeZone: string;
};

/** What is stored together, or not at all. */
export type Collected = {
  cursor?: { source: Source; cursor: Cursor };
  /** Versions that need not be looked at again, and since when they may be forgotten. */
  pairs?: { source: Source; known: Pair[]; forgetBefore?: Date };
  seen?: { side: Side; rows: Seen[] }[];
  triggers?: NewTrigger[];
  watch?: SegmentWatch;
  membership?: MembershipChange;
  alarms?: Alarm[];
  check?: DailyCheck;
  countedAs?: CountedAs;
};

/** What collecting keeps, in the sync's words. Nothing of it waits for a CRM. */
export interface CollectStore {
  settings(scope: Scope): Promise<CollectSettings>;
  mapped(scope: Scope): Promise<MappedNames>;
  connection(scope: Scope): Promise<ConnectionFacts>;

  cursor(scope: Scope, source: Source): Promise<Cursor | null>;
  /** Which of these versions were stored before, by id. */
  knownPairs(scope: Scope, source: Source, pairs: Pair[]): Promise<Set<string>>;
  seen(scope: Scope, side: Side, ids: string[]): Promise<Map<string, Seen>>;
  /** Living links and tombstones, newest first. */
  linksOfContacts(scope: Scope, contactIds: string[]): Promise<KnownLink[]>;
  linksOfRecords(scope: Scope, recordIds: string[]): Promise<KnownLink[]>;
  /** For which of these addresses this workspace is creating a record, without a known end yet. */
  creationsUnderWay(scope: Scope, addresses: string[]): Promise<Set<string>>;
  /** Living links in the order of their contacts' ids as texts, after one of them. */
  linksAfter(scope: Scope, contactId: string | null, limit: number): Promise<KnownLink[]>;

  /** Which of these records have not been stored as seen since then. */
  unread(scope: Scope, recordIds: string[], since: Date): Promise<Set<string>>;
  /** How many living links have such a record of this object. */
  countUnread(scope: Scope, object: RecordObject, since: Date): Promise<number>;

  watches(scope: Scope): Promise<SegmentWatch[]>;
  /** Stays of these contacts that last. */
  stays(scope: Scope, listId: string, contactIds: string[]): Promise<Stay[]>;
  countStays(scope: Scope, listId: string): Promise<number>;
  /** Stays that last of those who came in after the choice, since then, in the order of their contacts' ids. */
  joiners(
    scope: Scope,
    listId: string,
    page: { since: Date; after: string | null; limit: number },
  ): Promise<Stay[]>;
  /** Contacts whose stay lasts and was not met by the reading, in pages. */
  unmet(scope: Scope, listId: string, reading: number, limit: number): Promise<string[]>;

  dailyCheck(scope: Scope): Promise<DailyCheck>;
  /** How many people of each kind since then. */
  countAlarms(scope: Scope, since: Date): Promise<AlarmCount[]>;
  /** Forgets who changed sides since then and is where they were, as far as the stored membership tells. */
  forgetReturned(scope: Scope, listId: string, since: Date): Promise<void>;
  /** `keys` of blanked values, as in `Alarm`. */
  population(scope: Scope, keys: string[]): Promise<Population>;
  lastConfirmation(scope: Scope): Promise<Date | null>;
  /** Rows of the inbox in the order of their ids, after one of them. */
  openTriggers(scope: Scope, after: string | null, limit: number): Promise<Trigger[]>;
  countedAs(scope: Scope): Promise<CountedAs | null>;
  /** The hold that has not ended. */
  openHold(scope: Scope): Promise<Hold | null>;
  /** Stops the writing; nothing, if it has been stopped meanwhile. */
  putHold(scope: Scope, hold: Omit<Hold, 'id'>): Promise<void>;
  /** Its cause is gone: the writing goes on, and everybody is told. */
  endHold(scope: Scope, holdId: string, at: Date): Promise<void>;

  /** One transaction. */
  commit(scope: Scope, collected: Collected): Promise<void>;
}
