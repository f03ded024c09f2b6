import { z } from 'zod';
import { outcomeSchema } from '#lib/activity/schemas.ts';
import { errorCategories } from '#lib/crm/failure.ts';
import { forecastSchema, runReasons, runSchema } from '#lib/sync/schemas.ts';

const time = z.iso.datetime();

// ------------------------------------------------------------------ Sync Health

const categorySchema = z.enum(errorCategories);

const healthHourSchema = z.object({ hour: time, calls: z.number() });
export type HealthHour = z.infer<typeof healthHourSchema>;

/** What stops or slows the sync just now. */
const pauseSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paused'), by: z.string().nullable(), since: time.nullable() }),
  z.object({ kind: z.literal('budget'), freeAt: time.nullable() }),
  z.object({ kind: z.literal('segment_gone'), segment: z.string().nullable() }),
  z.object({
    kind: z.literal('hold'),
    cause: z.string(),
    since: time,
    changeId: z.string().nullable(),
  }),
  z.object({ kind: z.literal('suspended'), reason: z.enum(runReasons), runId: z.uuid(), since: time }),
]);
export type Pause = z.infer<typeof pauseSchema>;

export const healthSchema = z.object({
  api: z.object({
    used: z.number(),
    /** What the sync may use in 24 hours; null while Salesforce's limit is not known. */
    allocation: z.number().nullable(),
    limit: z.number().nullable(),
    hours: z.array(healthHourSchema),
    /** Records that were synced in the last 24 hours. */
    synced: z.number(),
  }),
  errors: z.object({
    /** Different ones: a code and a property. */
    errors: z.number(),
    records: z.number(),
    categories: z.array(
      z.object({
        category: categorySchema,
        errors: z.number(),
        records: z.number(),
        codes: z.array(z.object({ code: z.string(), records: z.number() })),
      }),
    ),
    nextTryAt: time.nullable(),
  }),
  pauses: z.array(pauseSchema),
  /** What had stopped the writing has gone by itself, within the last 24 hours. */
  wentOnAt: time.nullable(),
  forecasts: z.array(
    z.object({ runId: z.uuid(), at: time, people: z.number(), forecast: z.number(), actual: z.number() }),
  ),
  isConnected: z.boolean(),
  canEdit: z.boolean(),
});
export type Health = z.infer<typeof healthSchema>;

export const errorsPageSize = 25;

export const errorQuerySchema = z.strictObject({
  category: categorySchema.optional(),
  /** Only these codes, with commas between. */
  codes: z.string().max(1_000).optional(),
  search: z.string().trim().max(200).default(''),
  /** From 1. */
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type ErrorQuery = z.output<typeof errorQuerySchema>;

export const errorPageSchema = z.object({
  /** The newest outcome of each person that has an error; newest first. */
  outcomes: z.array(outcomeSchema),
  total: z.number(),
});
export type ErrorPage = z.infer<typeof errorPageSchema>;

export const retrySchema = z.strictObject({ outcomeIds: z.array(z.uuid()).min(1).max(100) });

/** How many people are tried again. */
export const retriedSchema = z.object({ people: z.number() });

// ------------------------------------------------------------------ receipts

export const becauseReasons = ['retries', 'passes', 'joined', 'left', 'refused', 'not_explained'] as const;
export type Because = { reason: (typeof becauseReasons)[number]; count: number };

export const proofs = ['accountability', 'gate', 'duplicates', 'echo'] as const;

const proofSchema = z.object({
  id: z.enum(proofs),
  /** `open`: not possible yet. */
  state: z.enum(['passed', 'failed', 'open']),
  /** People that it is about: all of them if it passed, those that broke it if it failed. */
  people: z.number(),
  at: time.nullable(),
});
export type Proof = z.infer<typeof proofSchema>;

const settingsThenSchema = z.object({
  version: z.number(),
  since: time.nullable(),
  segment: z.string().nullable(),
  salesforceChanges: z.enum(['create_or_update', 'do_nothing']),
  hubspotCreates: z.enum(['lead', 'contact']),
  salesforceDeletes: z.enum(['do_nothing', 'delete_contact']),
  mappings: z.object({ all: z.number(), twoWay: z.number() }),
  /** Versions that came while it ran. */
  changes: z.array(z.object({ version: z.number(), at: time })),
});

const countsSchema = z.object({
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  skipped: z.number(),
  failed: z.number(),
  /** Of those created, updated or unchanged: some field failed. */
  partial: z.number(),
});
export type ReceiptCounts = z.infer<typeof countsSchema>;

export const receiptSchema = runSchema.extend({
  /** How many runs there were up to this one. */
  number: z.number(),
  /** Of a run for one person. */
  person: z.string().nullable(),
  stoppedBy: z.string().nullable(),
  counts: countsSchema,
  comparison: z.array(
    z.object({
      id: z.enum(['people', 'salesforceCalls', 'created', 'updated']),
      forecast: z.number(),
      actual: z.number(),
      because: z.array(z.object({ reason: z.enum(becauseReasons), count: z.number() })),
    }),
  ),
  notSynced: z.array(
    z.object({
      kind: z.enum(['failed', 'partial', 'skipped']),
      reason: z.string().nullable(),
      category: z.string().nullable(),
      code: z.string().nullable(),
      field: z.string().nullable(),
      value: z.string().nullable(),
      to: z.enum(['hubspot', 'salesforce']).nullable(),
      message: z.string().nullable(),
      people: z.number(),
    }),
  ),
  settings: settingsThenSchema,
  proofs: z.array(proofSchema),
  /** Who confirmed that writing goes on, if it had stopped. */
  confirmations: z.array(z.object({ by: z.string().nullable(), at: time })),
  keepingDays: z.number(),
  /** Names and values have gone, counts stay. */
  isErased: z.boolean(),
  canControl: z.boolean(),
  forecast: forecastSchema.nullable(),
});
export type Receipt = z.infer<typeof receiptSchema>;

// ------------------------------------------------------------------ the bell

export const noticeSchema = z.object({
  id: z.uuid(),
  kind: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number()])),
  at: time,
  isUnread: z.boolean(),
});
export type Notice = z.infer<typeof noticeSchema>;

export const noticeListSchema = z.object({ notices: z.array(noticeSchema), unread: z.number() });
export type NoticeList = z.infer<typeof noticeListSchema>;

/** Everything up to this moment has been seen. */
export const readNoticesSchema = z.strictObject({ until: time });

// ------------------------------------------------------------------ why this contact

export {
  type ContactRow,
  type ContactsQuery,
  type ContactView,
  contactsExportSchema,
  contactsPageSize,
  contactsQuerySchema,
  contactViews,
} from './contacts-schemas.ts';
export {
  choiceExportQuerySchema,
  choicePeopleQuerySchema,
  effectQuerySchema,
  type Hold,
  type SwitchCounts,
  type SwitchEffect,
  type SwitchForecast,
  type SwitchGroup,
  type SwitchPeople,
  type SwitchPeopleQuery,
  type SwitchPerson,
  type SwitchPreview,
  switchExportQuerySchema,
  switchPageSize,
  switchPeopleQuerySchema,
} from './switch-schemas.ts';
export {
  type CriteriaGroup,
  conflictParamsSchema,
  type FieldNext,
  type FieldRow,
  type HistoryEntry,
  type NowValue,
  type Step,
  type VerdictKind,
  type Why,
  type WhyConflict,
  type WhyLink,
  whyQuerySchema,
  whySchema,
} from './why-schemas.ts';
