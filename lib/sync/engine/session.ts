import { fail, ok, type Result } from '#lib/core/result.ts';
import type {
  HubSpotContact,
  HubSpotPort,
  HubSpotProperty,
  SalesforceField,
  SalesforceObject,
  SalesforcePort,
} from '#lib/crm/ports.ts';
import type { Verdict } from '#lib/segments/evaluate/evaluate.ts';
import { type FieldTable, fieldTable, type MappingRow } from '../fields.ts';
import { type OwnerBook, ownerBook } from '../owners.ts';
import type { Scan } from '../scan-store.ts';
import type { RunRef, SyncStore } from '../store.ts';
import { type Trouble, troubleOf } from '../trouble.ts';
import type { Claims } from './claims.ts';

/** A part of a segment's members and where the next part begins; `after` null: it is the last. */
export type Members = { ids: string[]; after: string | null };

/** What goes by Bulk API. */
export type BulkRules = {
  /** From how many creations, or updates, of a group on they go by Bulk jobs. */
  leastRows: number;
  /** Does scanning an org of so many records cost fewer calls than looking so many people up? */
  scanPays(people: number, counts: Record<SalesforceObject, number>): boolean;
  /** How time passes while a job is waited for. */
  pause(ms: number): Promise<void>;
};

/** All the engine gets from outside: nothing else of the world reaches it. */
export type Deps = {
  store: SyncStore;
  hubspot: HubSpotPort;
  salesforce: SalesforcePort;
  claims: Claims;
  /** A new unique id (UUID). */
  newId(): string;
  bulk: BulkRules;
  /** How many people at once at most, where fewer than usual. */
  atOnce?: number;
  /**
   * The same for a group of people that is worked on beside another one: whom one of them has claimed, the other is
   * refused. Without it one group is worked on at a time.
   */
  beside?(): Deps;
  /** Has the circuit breaker stopped writing until a person has looked? */
  isHeld(): Promise<boolean>;
  /** Makes the properties that the default mappings need and HubSpot lacks; all that there are then. */
  ensureProperties(
    mappings: readonly MappingRow[],
    known: { properties: HubSpotProperty[]; fields: Record<SalesforceObject, SalesforceField[]> },
  ): Promise<readonly HubSpotProperty[]>;
};

/** A segment's criteria made ready, of the version that was read. */
export type Criteria = {
  version: number;
  properties: string[];
  decide(contact: HubSpotContact, lists: ReadonlySet<string>): Verdict;
};

export type Definitions = {
  tables: Record<SalesforceObject, FieldTable>;
  owners: OwnerBook;
  /** HubSpot properties of all mappings. */
  mapped: string[];
  /** HubSpot properties to read of every contact. */
  properties: string[];
  timeZone: string;
};

/** What a job needs for as long as it works on a run: both CRMs, their definitions, its claims. */
export type Session = Deps &
  Definitions & {
    run: RunRef;
    /** The version of the settings that the definitions belong to. */
    version: number;
    integrationUserId: string | null;
    /** By list id, as last read. */
    criteria: Map<string, Criteria>;
    /** By which people are matched; null: by looking them up, undefined: not decided yet. */
    scan: Scan | null | undefined;
    /** How long the Bulk job before this one took for each row; null: there was none. */
    bulkMsPerRow: number | null;
    /** Consecutive calls without a useful answer, so far. */
    troubles: number;
    /** The members after a cursor, being read while those before them are worked on. */
    ahead?:
      | {
          after: string;
          /** Of the criteria then. */
          version: number | null;
          isWanted: boolean;
          members: Promise<Result<Members, Trouble>>;
        }
      | undefined;
  };

/** Which properties are read besides the mapped ones. */
const always = ['email', 'firstname', 'lastname', 'hs_additional_emails', 'hs_merged_object_ids'];

/**
 * Reads what both systems say of their fields and owners now, and joins it with the mappings. Properties
 * that the default mappings need and the HubSpot account lacks are made first.
 */
export async function readDefinitions(
  deps: Pick<Deps, 'store' | 'hubspot' | 'salesforce' | 'ensureProperties'>,
  troubles: number,
): Promise<Result<Definitions, Trouble>> {
  const { store, hubspot, salesforce } = deps;
  const [properties, owners, lead, contact, users] = await Promise.all([
    hubspot.properties(),
    hubspot.owners(),
    salesforce.describe('Lead'),
    salesforce.describe('Contact'),
    salesforce.users(),
  ]);
  if (!properties.ok) return fail(troubleOf('hubspot', properties.failure, troubles));
  if (!owners.ok) return fail(troubleOf('hubspot', owners.failure, troubles));
  if (!lead.ok) return fail(troubleOf('salesforce', lead.failure, troubles));
  if (!contact.ok) return fail(troubleOf('salesforce', contact.failure, troubles));
  if (!users.ok) return fail(troubleOf('salesforce', users.failure, troubles));
  const mappings = await store.mappings();
  const described = { Lead: lead.value, Contact: contact.value };
  const known = await deps.ensureProperties(mappings, { properties: properties.value, fields: described });
  const { timeZone } = await store.account();
  const tableOf = (object: SalesforceObject) =>
    fieldTable(object, mappings, { properties: known, fields: described[object], timeZone });
  const tables = { Lead: tableOf('Lead'), Contact: tableOf('Contact') };
  const mapped = [...new Set([...tables.Lead.properties, ...tables.Contact.properties])];
  return ok({
    tables,
    owners: ownerBook(owners.value, users.value),
    mapped,
    properties: [...new Set([...always, ...mapped])],
    timeZone,
  });
}

/** Begins to work on a run. */
export async function openSession(
  deps: Deps,
  run: RunRef,
  troubles: number,
): Promise<Result<Session, Trouble>> {
  const { version } = await deps.store.settings();
  const definitions = await readDefinitions(deps, troubles);
  if (!definitions.ok) return definitions;
  const { integrationUserId } = await deps.store.account();
  const known = {
    run,
    version,
    integrationUserId,
    criteria: new Map(),
    scan: undefined,
    bulkMsPerRow: null,
    troubles,
  };
  return ok({ ...deps, ...definitions.value, ...known });
}

/** Reads mappings and definitions anew if a person has changed the settings since they were read. */
export async function keepUp(session: Session, version: number): Promise<Result<null, Trouble>> {
  if (session.version === version) return ok(null);
  const definitions = await readDefinitions(session, session.troubles);
  if (!definitions.ok) return definitions;
  Object.assign(session, definitions.value, { version });
  return ok(null);
}
