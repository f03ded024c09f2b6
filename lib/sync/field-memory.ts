import { z } from 'zod';

const side = z.enum(['hubspot', 'salesforce']);

/** What a link remembers of one mapping besides its shadow. */
const fieldMemory = z.object({
  /** The sync's writes of the last 24 hours, oldest first. */
  writes: z
    .array(
      z.object({
        to: side,
        at: z.iso.datetime(),
        /** It put back what that side had held when both agreed last. */
        again: z.literal(true).optional(),
      }),
    )
    .default([]),
  /** What was refused for good: it is not sent again as long as value, mapping and definition stay. */
  refused: z
    .object({
      to: side,
      /** Hash of value, mapping and definition. */
      mark: z.string(),
      category: z.enum(['associations', 'automation', 'duplicates', 'permissions', 'values']),
      code: z.string(),
      message: z.string(),
    })
    .optional(),
});

/** By mapping id. */
export const memorySchema = z.record(z.string(), fieldMemory);
export type Memory = z.infer<typeof memorySchema>;
