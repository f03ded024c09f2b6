import { z } from 'zod';
import { runReasons, runStatuses } from './rules.ts';

export { activeRunStatuses, isActive, type RunReason, type RunStatus, runReasons } from './rules.ts';

/** What a resync will probably do, from a sample of the segment. Numbers, not promises. */
export const forecastSchema = z.strictObject({
  contacts: z.int().min(0),
  newRecords: z.int().min(0),
  updates: z.int().min(0),
  salesforceCalls: z.int().min(0),
  /** What a new record would be. */
  creates: z.enum(['lead', 'contact']),
});
export type Forecast = z.infer<typeof forecastSchema>;

export const startRunSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('resync'),
    /** The forecast that the person saw and said yes to; it is kept with the run. */
    forecast: forecastSchema.optional(),
  }),
  /** The next poll at once: what it finds has a run of its own. */
  z.strictObject({ kind: z.literal('poll') }),
]);

export const runParamsSchema = z.strictObject({ id: z.uuid() });
export const holdParamsSchema = z.strictObject({ id: z.uuid() });

export const runSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['RESYNC', 'POLL', 'IMPORT', 'RETRY']),
  status: z.enum(runStatuses),
  listId: z.string().nullable(),
  segmentName: z.string().nullable(),
  startedBy: z.string().nullable(),
  settingsVersion: z.number(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  total: z.number().nullable(),
  processed: z.number(),
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  skipped: z.number(),
  failed: z.number(),
  forecast: forecastSchema.nullable(),
  salesforceCalls: z.number(),
  hubspotCalls: z.number(),
  reason: z.enum(runReasons).nullable(),
  reference: z.string().nullable(),
});
export type Run = z.infer<typeof runSchema>;

export const runListSchema = z.object({
  /** Newest first; active ones before all others. */
  runs: z.array(runSchema),
  canStart: z.boolean(),
});
export type RunList = z.infer<typeof runListSchema>;

/** Where a run goes on: after which member, and what the members left for later wait for. */
export const runCursorSchema = z.object({
  after: z.string().nullable(),
  /** People that are left for the next pass, and when that may begin at the earliest. */
  later: z.object({ reason: z.enum(runReasons), at: z.iso.datetime() }).nullable(),
  /** How many times in a row a CRM gave no useful answer. */
  troubles: z.int(),
  /** How many times the members were gone through to the end, with people left. */
  passes: z.int().default(0),
});
export type RunCursor = z.infer<typeof runCursorSchema>;
export const startCursor: RunCursor = { after: null, later: null, troubles: 0, passes: 0 };

export const resultNames = ['CREATED', 'UPDATED', 'UNCHANGED', 'SKIPPED', 'FAILED'] as const;
export type ResultName = (typeof resultNames)[number];

export const contactParamsSchema = z.strictObject({ id: z.string().regex(/^\d{1,20}$/) });
export const contactSyncQuerySchema = z.strictObject({ since: z.iso.datetime() });

/** *Sync now* was taken up. */
export const syncStartedSchema = z.object({ since: z.iso.datetime() });

/** What has become of one contact since it was asked to be synced. */
export const contactSyncSchema = z.object({
  outcome: z
    .object({
      id: z.uuid(),
      runId: z.uuid(),
      result: z.enum(resultNames),
      reason: z.string().nullable(),
      category: z.string().nullable(),
      code: z.string().nullable(),
      at: z.iso.datetime(),
    })
    .nullable(),
  /** It is in the inbox: what it waits for, if for anything but its turn, and until when at least. */
  waiting: z.object({ for: z.string().nullable(), until: z.iso.datetime() }).nullable(),
});
export type ContactSync = z.infer<typeof contactSyncSchema>;
