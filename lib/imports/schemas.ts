import { z } from 'zod';
import { forecastSchema, runSchema } from '#lib/sync/schemas.ts';

const time = z.iso.datetime();

export const importObjects = ['lead', 'contact'] as const;
export type ImportObject = (typeof importObjects)[number];

const objects = z
  .array(z.enum(importObjects))
  .min(1)
  .max(2)
  .refine((all) => new Set(all).size === all.length, { message: 'Name each object once.' });

/** What to import: which objects, and which of their records. Days are those of the HubSpot account. */
export const importRequestSchema = z.strictObject({
  objects,
  which: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all') }),
    z.strictObject({ kind: z.literal('createdSince'), date: z.iso.date() }),
    z.strictObject({ kind: z.literal('campaign'), campaignId: z.string().regex(/^[A-Za-z0-9]{15,18}$/) }),
  ]),
});
export type ImportRequest = z.infer<typeof importRequestSchema>;

/** As it is kept: a campaign has its name too. */
export const importChoiceSchema = z.object({
  objects,
  which: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('all') }),
    z.object({ kind: z.literal('createdSince'), date: z.iso.date() }),
    z.object({ kind: z.literal('campaign'), campaignId: z.string(), name: z.string() }),
  ]),
});
export type ImportChoice = z.infer<typeof importChoiceSchema>;

export const importParamsSchema = z.strictObject({ id: z.uuid() });

/** Why a record is not imported, as far as it is known before. */
export const skipReasons = [
  'no_email',
  'shares_address',
  'not_readable',
  'other_record_used',
  'privacy_deleted',
  'merged',
] as const;
export type SkipReason = (typeof skipReasons)[number];

export const importCountsSchema = z.object({
  records: z.number(),
  create: z.object({ inList: z.number(), emailOnly: z.number() }),
  link: z.object({ inList: z.number(), emailOnly: z.number() }),
  linked: z.number(),
  skipped: z.array(z.object({ reason: z.enum(skipReasons), count: z.number() })),
});
export type ImportCounts = z.infer<typeof importCountsSchema>;

export const importForecastSchema = forecastSchema.extend({
  hubspotCalls: z.number(),
  /** Null: there is no run yet to compare with. */
  minutes: z.number().nullable(),
});
export type ImportForecast = z.infer<typeof importForecastSchema>;

/** What became of those who were to be imported, so far. */
export const importResultSchema = z.object({
  created: z.number(),
  /** Found by e-mail, and linked. */
  linked: z.number(),
  /** Of both: whose e-mail address alone came over. */
  emailOnly: z.number(),
  skipped: z.array(z.object({ reason: z.string(), count: z.number() })),
  failed: z.array(z.object({ category: z.string(), count: z.number() })),
});
export type ImportResult = z.infer<typeof importResultSchema>;

export const importStates = ['counting', 'counted', 'uncounted', 'running', 'stopped', 'ended'] as const;

export const importSchema = z.object({
  id: z.uuid(),
  state: z.enum(importStates),
  choice: importChoiceSchema,
  segmentName: z.string().nullable(),
  /** An Inclusion List was set when it was counted. */
  hasLimit: z.boolean(),
  createdAt: time,
  createdBy: z.string().nullable(),
  /** Records read so far. */
  read: z.number(),
  countedAt: time.nullable(),
  counts: importCountsSchema.nullable(),
  forecast: importForecastSchema.nullable(),
  /** Why it could not be counted: a failure's code. */
  reason: z.string().nullable(),
  /** It was counted more than a day ago. */
  isOld: z.boolean(),
  /** When the Inclusion List was changed after the count. */
  listChangedAt: time.nullable(),
  run: runSchema.nullable(),
  result: importResultSchema.nullable(),
  canControl: z.boolean(),
});
export type Import = z.infer<typeof importSchema>;

/** What the first step offers. */
export const importOptionsSchema = z.object({
  /** Null: Salesforce doesn't say just now. */
  counts: z.record(z.enum(importObjects), z.number()).nullable(),
  campaigns: z.array(z.object({ id: z.string(), name: z.string() })).nullable(),
  /** The import that is under way, or waits to go on. */
  active: z.object({ id: z.uuid(), total: z.number(), objects }).nullable(),
  segmentName: z.string().nullable(),
  hasLimit: z.boolean(),
  salesforceChanges: z.enum(['create_or_update', 'do_nothing']),
  isConnected: z.boolean(),
  canStart: z.boolean(),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

/** The first four: what is planned. The others: what became of it. */
export const peopleGroups = [
  'create',
  'link',
  'linked',
  'skipped',
  'created',
  'found',
  'emailOnly',
  'passedOver',
  'failed',
  'notImported',
] as const;
export type PeopleGroup = (typeof peopleGroups)[number];
export const peoplePageSize = 25;

export const peopleQuerySchema = z.strictObject({
  group: z.enum(peopleGroups),
  /** Anywhere in the name or the e-mail address. */
  search: z.string().trim().max(200).default(''),
  /** From 1. */
  page: z.coerce.number().pipe(z.int().min(1).max(100_000)).default(1),
});
export type PeopleQuery = z.output<typeof peopleQuerySchema>;
export const peopleExportQuerySchema = peopleQuerySchema.pick({ group: true }).strict();

export const importPersonSchema = z.object({
  recordId: z.string(),
  object: z.enum(importObjects),
  name: z.string().nullable(),
  email: z.string().nullable(),
  contactId: z.string().nullable(),
  /** All properties come over; null: it is not imported. */
  inList: z.boolean().nullable(),
  /** Why it is or was not imported: one of the skip reasons, a reason of the sync, or `failed`. */
  reason: z.string().nullable(),
  category: z.string().nullable(),
  code: z.string().nullable(),
});
export type ImportPerson = z.infer<typeof importPersonSchema>;
export const importPeopleSchema = z.object({ people: z.array(importPersonSchema), total: z.number() });
export type ImportPeople = z.infer<typeof importPeopleSchema>;
