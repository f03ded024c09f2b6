import { z } from 'zod';

const value = z.string().nullable();

/** One field in one outcome: what was written where, or why it was not. */
export const changeSchema = z.object({
  mappingId: z.string(),
  property: z.string(),
  /** HubSpot's label of the property at the time. */
  label: z.string(),
  field: z.string(),
  rule: z.enum(['TWO_WAY', 'PREFER_SALESFORCE', 'ALWAYS_SALESFORCE', 'DONT_SYNC']),
  to: z.enum(['hubspot', 'salesforce']),
  old: value,
  new: value,
  /** Set if the field could not be written. */
  failure: z
    .object({
      category: z.enum(['associations', 'automation', 'duplicates', 'permissions', 'values']),
      code: z.string(),
      message: z.string(),
    })
    .optional(),
  /** A value that had changed since the last agreement was overwritten: the conflict log. */
  conflict: z
    .object({ lost: value, hubspotAt: z.string().nullable(), salesforceAt: z.string().nullable() })
    .optional(),
});
export type Change = z.infer<typeof changeSchema>;
