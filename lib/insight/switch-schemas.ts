import { z } from 'zod';

const time = z.iso.datetime();

/** What a change of the inclusion segment does to how many; each contact is in exactly one of the first four. */
export const switchCountsSchema = z.object({
  before: z.number(),
  now: z.number(),
  start: z.number(),
  stop: z.number(),
  both: z.number(),
  neither: z.number(),
  linkedMoves: z.number(),
  linkedStops: z.number(),
  linked: z.number(),
  frozen: z.number(),
  frozenBefore: z.number(),
  exception: z.number(),
});
export type SwitchCounts = z.infer<typeof switchCountsSchema>;

const switchGroups = ['start', 'stop', 'unchanged', 'frozen', 'exception'] as const;
const switchGroupSchema = z.enum(switchGroups);
export type SwitchGroup = z.infer<typeof switchGroupSchema>;

const sideSchema = z.object({
  /** Null: all contacts. */
  listId: z.string().nullable(),
  /** As last seen; null if it never was. */
  name: z.string().nullable(),
  size: z.number().nullable(),
});

/** Who stopped the writing for it, and who let it go on. */
const switchHoldSchema = z.object({
  isOpen: z.boolean(),
  /** Percent of the linked people who would change sides, and above how many percent writing stops. */
  share: z.number(),
  limit: z.number(),
  confirmedBy: z.string().nullable(),
  confirmedAt: time.nullable(),
});

/**
 * Where a change stands. `waiting`: its 60 seconds run. `uncounted`: they are over, but nobody knows yet what
 * it changes. `held`: it moves too many people and waits for a person. `ended`: undone, or another came.
 */
const switchPhases = ['waiting', 'uncounted', 'held', 'inForce', 'ended'] as const;

export const switchPreviewSchema = z.object({
  changeId: z.uuid(),
  changedAt: time,
  changedBy: z.string().nullable(),
  phase: z.enum(switchPhases),
  /** Of the wait, by the server's clock. */
  secondsLeft: z.number(),
  inForceAt: time,
  from: sideSchema,
  to: sideSchema,
  count: z.object({
    state: z.enum(['counting', 'processing', 'counted', 'failed', 'none']),
    counts: switchCountsSchema.nullable(),
    countedAt: time.nullable(),
  }),
  /** All contacts of the account, as last counted. */
  contacts: z.number().nullable(),
  hold: switchHoldSchema.nullable(),
  /** The change that came after it. */
  next: z
    .object({
      changeId: z.uuid().nullable(),
      by: z.string().nullable(),
      at: time,
      isUndo: z.boolean(),
      name: z.string().nullable(),
      listId: z.string().nullable(),
    })
    .nullable(),
  canEdit: z.boolean(),
  /** Whom to ask. */
  admins: z.array(z.string()),
});
export type SwitchPreview = z.infer<typeof switchPreviewSchema>;

// ------------------------------------------------------------------ people

const switchSides = ['all', 'both', 'neither'] as const;
export const switchPeopleQuerySchema = z.strictObject({
  group: switchGroupSchema,
  q: z.string().trim().max(200).default(''),
  /** Of the unchanged ones. */
  side: z.enum(switchSides).default('all'),
  page: z.coerce.number().pipe(z.int().min(1).max(10_000)).default(1),
});
export type SwitchPeopleQuery = z.infer<typeof switchPeopleQuerySchema>;
export const switchExportQuerySchema = switchPeopleQuerySchema.pick({ group: true, side: true });
export const switchPageSize = 25;

/** Which inclusion segment would be chosen; `all`: every contact. */
const choice = z
  .union([z.literal('all'), z.string().regex(/^\d{1,20}$/)])
  .transform((list) => (list === 'all' ? null : list));
export const choicePeopleQuerySchema = switchPeopleQuerySchema.extend({ list: choice });
export const effectQuerySchema = z.strictObject({ list: z.string().regex(/^\d{1,20}$/) });
export const choiceExportQuerySchema = switchExportQuerySchema.extend({ list: choice });

/** Why somebody is in a group, for the reader's words. */
const reasonSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('is'), property: z.string(), value: z.string() }),
  z.object({ kind: z.literal('blank'), property: z.string() }),
  z.object({ kind: z.literal('both') }),
  z.object({ kind: z.literal('neither') }),
  z.object({ kind: z.literal('everybody') }),
  z.object({ kind: z.literal('left'), at: time }),
  z.object({
    kind: z.literal('created'),
    object: z.enum(['lead', 'contact']),
    recordId: z.string(),
    at: time,
  }),
]);
export type SwitchReason = z.infer<typeof reasonSchema>;

const switchPersonSchema = z.object({
  id: z.string(),
  /** Empty where HubSpot has none. */
  name: z.string(),
  email: z.string().nullable(),
  /** HubSpot does not know the contact any more. */
  isGone: z.boolean(),
  recordId: z.string().nullable(),
  reason: reasonSchema.nullable(),
  tag: z
    .enum([
      'linked',
      'not_linked',
      'email_only',
      'new_lead',
      'new_contact',
      'lead_found',
      'contact_found',
      'decided_at_sync',
    ])
    .nullable(),
});
export type SwitchPerson = z.infer<typeof switchPersonSchema>;

export const switchPeopleSchema = z.object({
  people: z.array(switchPersonSchema),
  /** Of this group and search. */
  total: z.number(),
  /** A search looked at HubSpot's first hits alone. */
  isIncomplete: z.boolean(),
  countedAt: time.nullable(),
});
export type SwitchPeople = z.infer<typeof switchPeopleSchema>;

// ------------------------------------------------------------------ forecast

const callsSchema = z.object({
  people: z.number(),
  salesforce: z.number(),
  hubspot: z.number(),
  /** Null: fewer than three runs to compare with. */
  minutes: z.number().nullable(),
});

export const switchForecastSchema = z.object({
  start: callsSchema,
  all: callsSchema,
  /** Null: nothing has synced by itself so far. */
  daily: z.object({ salesforce: z.number(), difference: z.number(), hubspot: z.number() }).nullable(),
  /** Salesforce calls that are left of the allocation now; null while Salesforce's limit is not known. */
  left: z.object({ calls: z.number(), of: z.number(), freeAt: time.nullable() }).nullable(),
  /** By how many percent the last forecasts were off at most. */
  accuracy: z.object({ runs: z.number(), percent: z.number() }).nullable(),
});
export type SwitchForecast = z.infer<typeof switchForecastSchema>;

// ------------------------------------------------------------------ before choosing

export const switchEffectSchema = z.object({
  /** Null: all contacts. */
  listId: z.string().nullable(),
  start: z.number(),
  stop: z.number(),
  linkedStops: z.number(),
  unchanged: z.number(),
  /** A resync of those who start: Salesforce calls. */
  calls: z.number(),
  countedAt: time,
  isProcessing: z.boolean(),
  wouldHold: z.boolean(),
  /** Percent of the linked people who would change sides. */
  share: z.number(),
});
export const switchEffectsSchema = z.object({ effects: z.array(switchEffectSchema) });
export type SwitchEffect = z.infer<typeof switchEffectSchema>;

// ------------------------------------------------------------------ what has stopped the writing

const holdCauses = ['switch', 'sides', 'deletions', 'creations', 'blanking'] as const;
const holdSchema = z.object({
  id: z.uuid(),
  cause: z.enum(holdCauses),
  changeId: z.uuid().nullable(),
  since: time,
  /** The first is what the cause says. `key`: of blanked values the side and the property or field. */
  counts: z.array(z.object({ kind: z.string(), key: z.string(), people: z.number() })),
  /** The change of settings or mappings that caused it and can be taken back. */
  undo: z.object({ version: z.number(), by: z.string().nullable(), at: time }).nullable(),
});
export type Hold = z.infer<typeof holdSchema>;
export const holdsSchema = z.object({ holds: z.array(holdSchema), canConfirm: z.boolean() });
