import { z } from 'zod';
import { outcomeSchema } from '#lib/activity/schemas.ts';
import { contactParamsSchema } from '#lib/sync/schemas.ts';
import { conflictSchema, historyEntrySchema, linkSchema } from './why-history-schemas.ts';

export type { HistoryEntry, WhyConflict, WhyLink } from './why-history-schemas.ts';

const time = z.iso.datetime();
const object = z.enum(['lead', 'contact']);

/** *Why this contact?*: what decides, at this moment, whether one person syncs. */
export const verdictKinds = [
  'syncing',
  'never_triggered',
  'waiting',
  'passing',
  'switch_waits',
  'processing',
  'no_email',
  'outside',
  'left',
  'exception',
  'email_only',
  'failed',
  'automation_loop',
  'address_held',
  'other_record',
  'salesforce_off',
  'merged',
  'link_lost',
  'deleted',
  'deleted_here',
  'erased',
  'paused',
  'held',
  'budget',
  'not_connected',
  'list_gone',
] as const;
export type VerdictKind = (typeof verdictKinds)[number];

/** The criterion that keeps a person out, or let it go: of the nearest group. */
const criterionSchema = z.object({
  property: z.string(),
  label: z.string(),
  /** As HubSpot labels it; null is blank. */
  value: z.string().nullable(),
  isHidden: z.boolean(),
  since: time.nullable(),
  /** How many more of the same group are not met. */
  more: z.number(),
});
export type Criterion = z.infer<typeof criterionSchema>;

const failureSchema = z.object({
  outcomeId: z.uuid(),
  category: z.string(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  /** HubSpot's label of the field that failed. */
  field: z.string().nullable(),
  value: z.string().nullable(),
  to: z.enum(['hubspot', 'salesforce']).nullable(),
  /** Only some fields failed: everything else went over. */
  isPartial: z.boolean(),
});
export type WhyFailure = z.infer<typeof failureSchema>;

export const verdictSchema = z.object({
  kind: z.enum(verdictKinds),
  since: time.nullable(),
  /** Of `syncing` since when both sides agree; of what waits when it goes on; of what ended when. */
  at: time.nullable(),
  /** Who paused, or what a merged record became. */
  by: z.string().nullable(),
  criterion: criterionSchema.nullable(),
  failure: failureSchema.nullable(),
  object: object.nullable(),
  /** Mapped values that differ and wait. */
  changes: z.number(),
});
export type WhyVerdict = z.infer<typeof verdictSchema>;

/** What holds up everybody just now. */
export const obstacleKinds = ['paused', 'held', 'budget', 'not_connected', 'list_gone'] as const;
const obstacleSchema = z.object({
  kind: z.enum(obstacleKinds),
  by: z.string().nullable(),
  at: time.nullable(),
});
export type Obstacle = z.infer<typeof obstacleSchema>;

export const stepIds = ['running', 'trigger', 'list', 'link', 'budget', 'written'] as const;
const stepSchema = z.object({
  id: z.enum(stepIds),
  state: z.enum(['passed', 'caution', 'failed', 'waiting', 'open']),
  /** What decided it: the message `contacts.why.facts.{id}_{fact}`; null: not reached. */
  fact: z.string().nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  at: time.nullable(),
});
export type Step = z.infer<typeof stepSchema>;

const nowValueSchema = z.object({
  property: z.string(),
  label: z.string(),
  value: z.string().nullable(),
  isHidden: z.boolean(),
  since: time.nullable(),
  /** HubSpot's own word for what wrote it. */
  source: z.string().nullable(),
  before: z.string().nullable(),
});
export type NowValue = z.infer<typeof nowValueSchema>;

const met = z.enum(['yes', 'no', 'unknown']);
const criteriaGroupSchema = z.object({
  verdict: met,
  /** How many criteria are surely not met. */
  away: z.number(),
  items: z.array(
    z.object({
      verdict: met,
      isBranch: z.boolean(),
      /** HubSpot's own JSON of the filter. */
      json: z.record(z.string(), z.unknown()),
      now: z.array(nowValueSchema),
    }),
  ),
});
export type CriteriaGroup = z.infer<typeof criteriaGroupSchema>;

export const fieldNexts = [
  'hubspot',
  'salesforce',
  'agreed',
  'never',
  'stays',
  'fails',
  'absent',
  'none',
] as const;
export type FieldNext = (typeof fieldNexts)[number];
const sideValueSchema = z.object({
  value: z.string().nullable(),
  isHidden: z.boolean(),
  /** When it changed, if that is later than the last agreement. */
  changedAt: time.nullable(),
});
const fieldRowSchema = z.object({
  mappingId: z.string(),
  property: z.string(),
  label: z.string(),
  field: z.string(),
  rule: outcomeSchema.shape.changes.element.shape.rule,
  hubspot: sideValueSchema.nullable(),
  salesforce: sideValueSchema.nullable(),
  agreed: z
    .object({ value: z.string().nullable(), isHidden: z.boolean(), at: time, isSame: z.boolean() })
    .nullable(),
  next: z.enum(fieldNexts),
  /** Of `fails`: an error code. */
  code: z.string().nullable(),
});
export type FieldRow = z.infer<typeof fieldRowSchema>;

const sideStateSchema = z.enum(['read', 'silent', 'gone', 'none']);

export const whySchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  company: z.string().nullable(),
  owner: z.string().nullable(),
  /** The contact that this one was merged into: everything here is about that one. */
  mergedFrom: z.object({ id: z.string(), at: time.nullable() }).nullable(),
  /** Both systems were asked just now; else this is what was stored. */
  isFresh: z.boolean(),
  checkedAt: time,
  sides: z.object({ hubspot: sideStateSchema, salesforce: sideStateSchema }),
  verdict: verdictSchema,
  obstacles: z.array(obstacleSchema),
  steps: z.array(stepSchema),
  list: z
    .object({ listId: z.string(), name: z.string(), isMember: z.boolean().nullable(), canEdit: z.boolean() })
    .nullable(),
  /** Null: there is no list, or it was not read. */
  criteria: z.array(criteriaGroupSchema).nullable(),
  /** HubSpot's membership and our own reading of the criteria say different things. */
  disagrees: z.boolean(),
  /** Labels of what would be synced once the person is in the list. */
  thenSync: z.array(z.string()),
  nextCheckAt: time.nullable(),
  link: linkSchema.nullable(),
  formerLinks: z.array(linkSchema),
  severalRecords: z.boolean(),
  fields: z.array(fieldRowSchema).nullable(),
  conflicts: z.array(conflictSchema),
  history: z.array(historyEntrySchema),
  keepingDays: z.number(),
  hubspotUrl: z.string().nullable(),
  canEdit: z.boolean(),
});
export type Why = z.infer<typeof whySchema>;

export const conflictParamsSchema = contactParamsSchema.extend({ conflictId: z.uuid() });
export const conflictDismissedSchema = z.object({ id: z.uuid() });

export const whyQuerySchema = z.strictObject({
  /** `stored`: without asking HubSpot or Salesforce. */
  read: z.enum(['now', 'stored']).default('now'),
});
