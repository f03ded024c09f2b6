import { z } from 'zod';
import { filterBranchSchema, filterSchema } from '../filter/model.ts';
import { sizesSchema } from '../sizes/schemas.ts';

/** Where in the filters: a filter or nested branch of a group, a group, or (both null) all of it. */
const pathSchema = z.object({ group: z.int().nullable(), item: z.int().nullable() });
export type LintPath = z.infer<typeof pathSchema>;

/** `stop` keeps from saving; `warn` and `note` can be hidden. */
const levelSchema = z.enum(['stop', 'warn', 'note']);
export type LintLevel = z.infer<typeof levelSchema>;

/** A value of a sentence; labels and names are put in when it is shown. */
const valueSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('number'), value: z.number() }),
  z.object({ kind: z.literal('day'), day: z.string() }),
  z.object({ kind: z.literal('property'), name: z.string() }),
  z.object({ kind: z.literal('options'), property: z.string().nullable(), values: z.array(z.string()) }),
  z.object({ kind: z.literal('segment'), listId: z.string() }),
  z.object({ kind: z.literal('object'), object: z.enum(['company', 'deal']) }),
  z.object({ kind: z.literal('filter'), path: pathSchema }),
]);
export type LintValue = z.infer<typeof valueSchema>;

const actionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('remove'), path: pathSchema }),
  z.object({
    kind: z.literal('replace'),
    path: pathSchema,
    filter: filterSchema,
    word: z.enum(['swap', 'correct', 'remove']),
  }),
  /** Adds a filter to a group; to every group if `group` is null. */
  z.object({
    kind: z.literal('add'),
    group: z.int().nullable(),
    filter: filterSchema,
    word: z.enum(['addKnown', 'addEmail']),
  }),
  z.object({ kind: z.literal('show'), paths: z.array(pathSchema) }),
  z.object({ kind: z.literal('open'), listId: z.string() }),
  z.object({ kind: z.literal('mapping'), property: z.string(), isMapped: z.boolean() }),
  z.object({ kind: z.literal('who') }),
]);
export type LintAction = z.infer<typeof actionSchema>;

/** Every sentence; several belong to one lint where its cases read differently. */
export const lintMessages = [
  'propertyGone',
  'optionGone',
  'upsideDown',
  'upsideDownNot',
  'noValue',
  'builtOnItself',
  'itself',
  'tooMany',
  'excludeEachOther',
  'nobody',
  'everyone',
  'blanksToo',
  'blanksTooUncounted',
  'salesforceWrites',
  'noEmail',
  'inAndOut',
  'inAndOutSomehow',
  'segmentStatic',
  'segmentProcessing',
  'segmentFailed',
  'segmentDeleted',
  'breaker',
  'spaceAtEnd',
  'spaceAtStart',
  'didYouMean',
  'impliedBy',
  'groupContained',
  'twice',
  'valueUnused',
  'leavesByTime',
  'leavesByTimeUncounted',
  'staysForever',
  'notMapped',
  'twoWay',
  'onlyHubSpot',
  'accountDays',
  'withoutObject',
  'withoutObjectUncounted',
] as const;

export const lintSchema = z.object({
  /** The number of the rule. */
  id: z.int().min(1).max(25),
  level: levelSchema,
  message: z.enum(lintMessages),
  path: pathSchema,
  values: z.record(z.string(), valueSchema),
  action: actionSchema.nullable(),
  /** The same for the same finding, so that it stays hidden. */
  key: z.string(),
});
export type Lint = z.infer<typeof lintSchema>;

export const lintRequestSchema = z.strictObject({
  filterBranch: filterBranchSchema,
  /** Null for a new segment. */
  listId: z
    .string()
    .regex(/^\d{1,20}$/)
    .nullable()
    .default(null),
  /** The sizes as counted; without them what rests on numbers is not told. */
  sizes: sizesSchema.nullable().default(null),
});
export type LintRequest = z.infer<typeof lintRequestSchema>;
export const lintAnswerSchema = z.object({ lints: z.array(lintSchema) });
