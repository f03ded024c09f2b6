import { z } from 'zod';
import { outcomeSchema } from '#lib/activity/schemas.ts';

const time = z.iso.datetime();
const object = z.enum(['lead', 'contact']);

export const linkSchema = z.object({
  recordId: z.string(),
  object,
  origin: z.enum(['MATCHED', 'CREATED', 'CREATION_EXCEPTION', 'IMPORT']),
  createdAt: time,
  endedAt: time.nullable(),
  endCause: z.string().nullable(),
  mergedInto: z.string().nullable(),
  importOnly: z.boolean(),
  url: z.string().nullable(),
});
export type WhyLink = z.infer<typeof linkSchema>;

export const conflictSchema = z.object({
  id: z.uuid(),
  at: time,
  label: z.string(),
  property: z.string(),
  field: z.string(),
  hubspotValue: z.string().nullable(),
  salesforceValue: z.string().nullable(),
  isHidden: z.boolean(),
  hubspotAt: time.nullable(),
  salesforceAt: time.nullable(),
  winner: z.enum(['hubspot', 'salesforce']),
  /** Somebody of the workspace has seen it and put it away. */
  isDismissed: z.boolean(),
});
export type WhyConflict = z.infer<typeof conflictSchema>;

export const historyEntrySchema = z.object({
  id: z.string(),
  at: time,
  tag: z.enum([
    'CREATED',
    'UPDATED',
    'UNCHANGED',
    'SKIPPED',
    'FAILED',
    'LINKED',
    'ENDED',
    'JOINED',
    'LEFT',
    'CONFLICT',
  ]),
  outcome: outcomeSchema
    .pick({
      reason: true,
      category: true,
      code: true,
      message: true,
      changes: true,
      trigger: true,
      warnings: true,
      object: true,
    })
    .nullable(),
  run: z.object({ id: z.uuid(), number: z.number() }).nullable(),
  /** Of a link its origin or end cause. */
  about: z.string().nullable(),
  /** Of leaving and joining: through which criterion, if told. */
  criterion: z.object({ label: z.string(), value: z.string().nullable(), isHidden: z.boolean() }).nullable(),
  /** Of a conflict that no longer stands above *Why*. */
  conflict: conflictSchema.nullable(),
  /** Equal ones in a row that are folded into this one, and since when. */
  more: z.object({ count: z.number(), since: time }).nullable(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;
