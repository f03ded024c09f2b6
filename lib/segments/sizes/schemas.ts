import { z } from 'zod';
import { filterBranchSchema } from '../filter/model.ts';

/** Null: not counted, or only HubSpot can tell. Never a guess. */
const count = z.int().min(0).nullable();

const valueSizeSchema = z.object({
  value: z.string(),
  /** Contacts that pass the filter with this value alone. */
  count,
  /** A value in use that is written only a little differently, where nobody has this one. */
  similar: z.string().nullable(),
});

/** One filter of a group, or one nested branch. */
const filterSizeSchema = z.object({
  /** Contacts that meet this filter alone. */
  match: count,
  /** Contacts that fail exactly this filter of the group and are in no other group. */
  missOnly: count,
  /** Known after processing. */
  isOnlyHubSpot: z.boolean(),
  /** Members of the group whose property is blank, where blanks pass. */
  blank: count,
  values: z.array(valueSizeSchema),
});
export type FilterSize = z.infer<typeof filterSizeSchema>;

const groupSizeSchema = z.object({
  size: count,
  isOnlyHubSpot: z.boolean(),
  /** The filters of the group in their order, then its nested branches. */
  filters: z.array(filterSizeSchema),
});

export const sizesSchema = z.object({
  /** All contacts of the account. */
  of: z.int().min(0),
  total: count,
  groups: z.array(groupSizeSchema),
  /** Contacts that miss only one filter of some group, each once. */
  misses: count,
  /** Contacts that only *Exclude contacts* keeps out. */
  leftOut: count,
  /** Members without an email address. */
  withoutEmail: count,
  /** Members now who are none in seven days if nothing changes but the date. */
  leavingSoon: count,
});
export type Sizes = z.infer<typeof sizesSchema>;

const tally = z.strictObject({ yes: z.int().min(0), unknown: z.int().min(0) });
export type Tally = z.infer<typeof tally>;

/** What a count by reading knows so far; carried by the browser from call to call. */
export const countStateSchema = z.strictObject({
  total: tally,
  misses: tally,
  leftOut: tally,
  withoutEmail: tally,
  leavingSoon: tally,
  groups: z
    .array(
      z.strictObject({
        size: tally,
        filters: z
          .array(
            z.strictObject({
              match: tally,
              missOnly: tally,
              blank: tally,
              values: z.array(z.int().min(0)).max(50),
              similar: z.array(z.string().max(200).nullable()).max(50),
            }),
          )
          .max(300),
      }),
    )
    .max(300),
});
export type CountState = z.infer<typeof countStateSchema>;

export const sizesCursorSchema = z.strictObject({
  afterId: z.string().regex(/^\d{0,20}$/),
  read: z.int().min(0),
  toRead: z.int().min(0),
  of: z.int().min(0),
  state: countStateSchema,
});
export type SizesCursor = z.infer<typeof sizesCursorSchema>;

export const sizesRequestSchema = z.strictObject({
  filterBranch: filterBranchSchema,
  cursor: sizesCursorSchema.optional(),
});
export type SizesRequest = z.infer<typeof sizesRequestSchema>;

export const sizesAnswerSchema = z.object({
  /** Null while a count by reading goes on, or if it failed: what the first answer told still holds. */
  sizes: sizesSchema.nullable(),
  /** Asks for the next part of a count by reading; null when all is counted that can be. */
  cursor: sizesCursorSchema.nullable(),
});
export type SizesAnswer = z.infer<typeof sizesAnswerSchema>;

// ------------------------------------------------------------------ the effect of saving

export const effectCursorSchema = z.strictObject({
  afterId: z.string().regex(/^\d{0,20}$/),
  read: z.int().min(0),
  toRead: z.int().min(0),
  start: z.int().min(0),
  stop: z.int().min(0),
  unknown: z.int().min(0),
});
export type EffectCursor = z.infer<typeof effectCursorSchema>;

export const effectRequestSchema = z.strictObject({
  filterBranch: filterBranchSchema,
  cursor: effectCursorSchema.optional(),
});
export type EffectRequest = z.infer<typeof effectRequestSchema>;

/** Who starts and stops matching when unsaved filters replace the saved ones. Null: only HubSpot can tell. */
export const effectAnswerSchema = z.object({
  start: count,
  stop: count,
  /** Asks for the next part of a count by reading. */
  cursor: effectCursorSchema.nullable(),
  /** Percent of the linked people who would stop, where that is enough to hold the writing up. */
  breakerPercent: z.number().nullable(),
});
export type EffectAnswer = z.infer<typeof effectAnswerSchema>;

// ------------------------------------------------------------------ who

const savedList = z.string().regex(/^\d{1,20}$/);

/**
 * `misses`: who misses only one filter, of one filter or of all; `leaving`: who leaves by time alone; `starting`
 * and `stopping`: who comes in or goes out against the filters as they are saved; `flapping`: who went in and
 * out more than three times in 30 days.
 */
export const whoSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('misses'),
    filter: z.strictObject({ group: z.int().min(0), item: z.int().min(0) }).nullable(),
  }),
  z.strictObject({ kind: z.literal('leaving') }),
  z.strictObject({ kind: z.literal('starting'), listId: savedList }),
  z.strictObject({ kind: z.literal('stopping'), listId: savedList }),
  z.strictObject({ kind: z.literal('flapping'), listId: savedList }),
]);
export type Who = z.infer<typeof whoSchema>;

export const whoCursorSchema = z.strictObject({
  afterId: z.string().regex(/^\d{0,20}$/),
  read: z.int().min(0),
  toRead: z.int().min(0),
});
export type WhoCursor = z.infer<typeof whoCursorSchema>;

export const whoRequestSchema = z.strictObject({
  filterBranch: filterBranchSchema,
  who: whoSchema,
  cursor: whoCursorSchema.optional(),
});
export type WhoRequest = z.infer<typeof whoRequestSchema>;

export const foundPersonSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  /** The filter that is missed, and the value that misses it. */
  group: z.int().nullable(),
  item: z.int().nullable(),
  value: z.string().nullable(),
});
export type FoundPerson = z.infer<typeof foundPersonSchema>;

export const whoAnswerSchema = z.object({
  people: z.array(foundPersonSchema),
  read: z.int(),
  toRead: z.int(),
  cursor: whoCursorSchema.nullable(),
  /** Contacts could not be read in order, so some may be missing. */
  isIncomplete: z.boolean(),
});
export type WhoAnswer = z.infer<typeof whoAnswerSchema>;
