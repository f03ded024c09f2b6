import { z } from 'zod';

// ------------------------------------------------------------------ the App log

/** What an audit entry is about: the first word of its action. */
export const auditActivities = ['connection', 'settings', 'segment', 'mapping', 'run'] as const;
export type AuditActivity = (typeof auditActivities)[number];

/** Whose entries: a user's id, or `system` for what Segbridge did by itself. */
export const auditActorSchema = z.union([z.uuid(), z.literal('system')]);

export const auditPageSizes = [25, 50, 100] as const;

export const auditQuerySchema = z.strictObject({
  activity: z.enum(auditActivities).optional(),
  actor: auditActorSchema.optional(),
  app: z.enum(['hubspot', 'salesforce', 'segbridge']).optional(),
  /** From 1. */
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().pipe(z.literal(auditPageSizes)).default(25),
});
export type AuditQuery = z.output<typeof auditQuerySchema>;

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
