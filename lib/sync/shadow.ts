import { z } from 'zod';

export type Side = 'hubspot' | 'salesforce';

const value = z.string().nullable();

/** Both sides' value as that side returned it when they last agreed on one mapping, and when. */
const shadowEntry = z.object({
  h: value,
  s: value,
  at: z.string(),
  /** Salesforce's value is what we sent and has not been read back yet. */
  sent: z.boolean().optional(),
});
export type ShadowEntry = z.infer<typeof shadowEntry>;

/** What a link remembers, by mapping id. */
export const shadowSchema = z.record(z.string(), shadowEntry);
export type Shadow = z.infer<typeof shadowSchema>;

/** What both sides will hold once a write that was about to be sent has arrived, by mapping id. */
export const intendedSchema = z.record(
  z.string(),
  z.object({
    h: value,
    s: value,
    to: z.enum(['hubspot', 'salesforce']),
    /** The value that the write overwrites, for the conflict log of whoever finds that it has arrived. */
    conflict: z
      .object({
        ...{ lost: value, hubspotAt: value, salesforceAt: value },
        /** Where it was: the mapping may be changed before it is logged. */
        ...{ property: z.string().optional(), field: z.string().optional() },
      })
      .optional(),
  }),
);
export type Intended = z.infer<typeof intendedSchema>;
