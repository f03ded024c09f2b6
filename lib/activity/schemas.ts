import { z } from 'zod';
import { type Change, changeSchema } from './change.ts';

// ------------------------------------------------------------------ the App log

/** What an audit entry is about: the first word of its action. */
export const auditActivities = ['connection', 'settings', 'segment', 'mapping', 'run', 'user'] as const;
export type AuditActivity = (typeof auditActivities)[number];

/** Whose entries: a user's id, or `system` for what Segbridge did by itself. */
export const auditActorSchema = z.union([z.uuid(), z.literal('system')]);

export const auditPageSizes = [25, 50, 100] as const;

/** What was changed, finer than the activity: each setting by itself. */
export const auditSubjects = [
  'inclusionListId',
  'salesforceChanges',
  'hubspotCreates',
  'salesforceDeletes',
  'apiAllocation',
  'breakerShare',
  'keepingDays',
  'paused',
  'mapping',
  'connection',
  'segment',
  'run',
  'writing',
  'user',
] as const;
export type AuditSubject = (typeof auditSubjects)[number];

export const auditPeriods = ['day', 'week', 'month', 'quarter', 'all'] as const;
export type AuditPeriod = (typeof auditPeriods)[number];

export const auditQuerySchema = z.strictObject({
  activity: z.enum(auditActivities).optional(),
  actor: auditActorSchema.optional(),
  app: z.enum(['hubspot', 'salesforce', 'segbridge']).optional(),
  subject: z.enum(auditSubjects).optional(),
  /** In who, what, old and new, without case and accents. */
  search: z.string().trim().max(200).optional(),
  /** The whole log, if left out. */
  period: z.enum(auditPeriods).optional(),
  /** From 1. */
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().pipe(z.literal(auditPageSizes)).default(25),
});
export type AuditQuery = z.output<typeof auditQuerySchema>;

/** How an entry came about. Empty: a person chose just this. */
export const auditCauseSchema = z.object({
  via: z.enum(['page', 'api']).optional(),
  /** The version that was taken back, and how many seconds after it was made. */
  undone: z.number().optional(),
  seconds: z.number().optional(),
  /** The version that was restored. */
  restored: z.number().optional(),
});
export type AuditCause = z.infer<typeof auditCauseSchema>;

export const auditEntryViewSchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  /** Null: Segbridge did it by itself. */
  actor: z.string().nullable(),
  action: z.string(),
  app: z.enum(['hubspot', 'salesforce', 'segbridge']).nullable(),
  /** As they were recorded; their form depends on the action. Null where there is none. */
  oldValue: z.unknown(),
  newValue: z.unknown(),
  /** The version of the settings that it made. */
  version: z.number().nullable(),
  cause: auditCauseSchema,
});
export type AuditEntryView = z.infer<typeof auditEntryViewSchema>;

export const auditPageSchema = z.object({
  /** Newest first. */
  entries: z.array(auditEntryViewSchema),
  /** How many there are with these filters, on all pages. */
  total: z.number(),
  /** Everybody who ever did something here, by name; `system` last. */
  actors: z.array(z.object({ id: auditActorSchema, name: z.string().nullable() })),
  /** Names of the segments that the entries mention by their list id, as far as known. */
  segments: z.record(z.string(), z.string()),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

/** One entry by its id, or all that made one version of the settings. */
export const auditRefSchema = z.union([z.uuid(), z.coerce.number().pipe(z.int().min(1))]);
export const auditRefParamsSchema = z.strictObject({ ref: auditRefSchema });

export const auditDetailSchema = auditPageSchema.pick({ entries: true, segments: true }).extend({
  /** The newest runs under this version. */
  runs: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(['RESYNC', 'POLL', 'IMPORT', 'RETRY']),
      status: z.string(),
      at: z.iso.datetime(),
      total: z.number().nullable(),
    }),
  ),
  runCount: z.number(),
  /** Of a switch of the inclusion segment: who would start and stop, as counted then. */
  switch: z.object({ start: z.number(), stop: z.number(), unchanged: z.number() }).nullable(),
});
export type AuditDetail = z.infer<typeof auditDetailSchema>;

// ------------------------------------------------------------------ Sync activity

export type { Change };

/** What a person sees of an outcome at first. *Synced*: created, updated or unchanged; *error*: anything failed. */
export const outcomeStatuses = ['synced', 'skipped', 'error'] as const;
export type OutcomeStatus = (typeof outcomeStatuses)[number];

export const outcomePeriods = ['hour', 'day', 'week', 'month', 'all'] as const;
export type OutcomePeriod = (typeof outcomePeriods)[number];

/** What asked for a person to be synced, as the first cause of the run's outcome. */
export const outcomeTriggers = [
  'created',
  'changed',
  'joined',
  'merged',
  'converted',
  'deleted',
  'restored',
  'sync_now',
  'resync',
  'import',
  'retry',
] as const;

export const outcomesPageSize = 25;

export const outcomeQuerySchema = z.strictObject({
  /** Anywhere in the name or the e-mail address, without case and accents. */
  search: z.string().trim().max(200).default(''),
  status: z.enum(outcomeStatuses).optional(),
  direction: z.enum(['to_salesforce', 'to_hubspot']).optional(),
  trigger: z.enum(outcomeTriggers).optional(),
  period: z.enum(outcomePeriods).default('day'),
  run: z.uuid().optional(),
  /** Exactly this outcome, reason or code: what a number of a receipt leads to. */
  result: z.enum(['CREATED', 'UPDATED', 'UNCHANGED', 'SKIPPED', 'FAILED']).optional(),
  reason: z.string().max(100).optional(),
  code: z.string().max(100).optional(),
  /** Up to when: pages of one list stay as they are while new rows come. Now, if left out. */
  until: z.iso.datetime().optional(),
  /** From 1. */
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
export type OutcomeQuery = z.output<typeof outcomeQuerySchema>;

export const outcomeSchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  runId: z.uuid(),
  contactId: z.string().nullable(),
  recordId: z.string().nullable(),
  object: z.enum(['lead', 'contact']).nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  direction: z.enum(['BOTH', 'TO_SALESFORCE', 'TO_HUBSPOT']),
  status: z.enum(outcomeStatuses),
  result: z.enum(['CREATED', 'UPDATED', 'UNCHANGED', 'SKIPPED', 'FAILED']),
  reason: z.string().nullable(),
  category: z.string().nullable(),
  code: z.string().nullable(),
  /** The vendor's own words. */
  message: z.string().nullable(),
  changes: z.array(changeSchema),
  warnings: z.array(z.string()),
  trigger: z.string(),
  settingsVersion: z.number(),
  hubspotUrl: z.string().nullable(),
  salesforceUrl: z.string().nullable(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

export const outcomePageSchema = z.object({
  /** Newest first. */
  outcomes: z.array(outcomeSchema),
  /** On all pages. */
  total: z.number(),
  until: z.iso.datetime(),
  /** How many have come since `until`. */
  newer: z.number(),
  /** People with an open trigger: they wait for their turn. */
  waiting: z.number(),
});
export type OutcomePage = z.infer<typeof outcomePageSchema>;
