import { z } from 'zod';
import { filterBranchSchema } from './filter/model.ts';

export {
  type Lint,
  type LintAction,
  type LintPath,
  type LintValue,
  lintAnswerSchema,
  lintRequestSchema,
} from './lint/schemas.ts';
export {
  type FilterParts,
  filterPartsSchema,
  findPeopleQuerySchema,
  foundPeopleSchema,
  type Members,
  type MembersQuery,
  memberSorts,
  membersQuerySchema,
  membersSchema,
  type Person,
  type Preview,
  type PreviewCursor,
  type PreviewRequest,
  type Property,
  type PropertyType,
  previewRequestSchema,
  previewSchema,
  type TestContact,
  type TestResult,
  testContactSchema,
  testResultSchema,
} from './preview-schemas.ts';
export {
  type EffectAnswer,
  effectAnswerSchema,
  effectRequestSchema,
  type FilterSize,
  type FoundPerson,
  type Sizes,
  sizesAnswerSchema,
  sizesRequestSchema,
  type Who,
  whoAnswerSchema,
  whoRequestSchema,
} from './sizes/schemas.ts';

export const contactsObject = '0-1';

/** HubSpot's list id ("ILS id"): digits. */
export const listIdSchema = z.string().regex(/^\d{1,20}$/);
export const segmentParamsSchema = z.strictObject({ id: listIdSchema });

/** Trimmed; HubSpot refuses an empty name. */
export const segmentNameSchema = z.string().trim().min(1).max(100);
export const descriptionSchema = z.string().trim().max(300);

export const segmentStateSchema = z.enum(['ready', 'processing', 'failed', 'deleted']);
export type SegmentState = z.infer<typeof segmentStateSchema>;

/** What a segment is used for. `inclusion`: it limits what syncs with Salesforce. */
export const segmentUseSchema = z.enum(['inclusion']);
export type SegmentUse = z.infer<typeof segmentUseSchema>;

const time = z.iso.datetime().nullable();

/** One segment as lists show it. */
export const segmentSchema = z.object({
  listId: z.string(),
  name: z.string(),
  objectTypeId: z.string(),
  kind: z.enum(['active', 'static']),
  state: segmentStateSchema,
  /** Null while HubSpot has not told it. While processing it is the number found so far. */
  size: z.number().nullable(),
  version: z.number(),
  createdAt: time,
  updatedAt: time,
  processingSince: time,
  deletedAt: time,
  createdBy: z.string().nullable(),
  description: z.string().nullable(),
  uses: z.array(segmentUseSchema),
});
export type Segment = z.infer<typeof segmentSchema>;

/** One segment with HubSpot's own filters, fresh from HubSpot. Static ones may have none. */
export const segmentDetailSchema = z.object({
  segment: segmentSchema,
  filterBranch: filterBranchSchema.nullable(),
  timeZone: z.string(),
  /** Where HubSpot's own editor opens it. */
  hubspotUrl: z.string(),
  canEdit: z.boolean(),
});
export type SegmentDetail = z.infer<typeof segmentDetailSchema>;

/** How fresh the copy of HubSpot's lists is, from which menus and lists are served. */
export const segmentCopySchema = z.object({
  /** What is shown is of that time; null while the first copy is on its way. */
  completeAt: time,
  /** It is being brought up to date: ask again in a moment. */
  isRefreshing: z.boolean(),
});
export type SegmentCopy = z.infer<typeof segmentCopySchema>;

// ------------------------------------------------------------------ the Inclusion List menu

export const segmentSearchSchema = z.strictObject({
  q: z.string().trim().max(200).optional(),
  after: z
    .string()
    .regex(/^\d{1,6}$/)
    .optional(),
});
export type SegmentSearch = z.infer<typeof segmentSearchSchema>;

export const segmentOptionSchema = z.object({
  listId: z.string(),
  name: z.string(),
  size: z.number().nullable(),
  updatedAt: time,
  state: z.enum(['ready', 'processing', 'failed']),
  isSelected: z.boolean(),
  isRecent: z.boolean(),
});
export type SegmentOption = z.infer<typeof segmentOptionSchema>;

export const segmentOptionsSchema = z.object({
  options: z.array(segmentOptionSchema),
  total: z.number(),
  /** Where the next page of 50 begins. */
  after: z.string().nullable(),
  /** Static segments that match while no active one does. */
  staticMatches: z.array(z.string()),
  /** HubSpot did not answer just now: this is what was last seen. */
  stale: z.boolean(),
  copy: segmentCopySchema,
});
export type SegmentOptions = z.infer<typeof segmentOptionsSchema>;

// ------------------------------------------------------------------ the index page

export const segmentViews = ['all', 'active', 'static', 'recent', 'unused', 'deleted'] as const;
export const segmentSorts = ['name', 'size', 'updated'] as const;
export const pageSizes = [25, 50, 100] as const;

export const segmentIndexQuerySchema = z.strictObject({
  view: z.enum(segmentViews).default('all'),
  q: z.string().trim().max(200).default(''),
  createdBy: z.string().max(40).default(''),
  sort: z.enum(segmentSorts).default('updated'),
  direction: z.enum(['ascending', 'descending']).default('descending'),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  size: z.coerce
    .number()
    .int()
    .pipe(z.union(pageSizes.map((size) => z.literal(size))))
    .default(25),
});
export type SegmentIndexQuery = z.infer<typeof segmentIndexQuerySchema>;

export const segmentIndexSchema = z.object({
  segments: z.array(segmentSchema),
  /** Of this view and search. */
  total: z.number(),
  /** Of the whole account, deleted ones not counted. */
  inAccount: z.number(),
  creators: z.array(z.object({ id: z.string(), name: z.string() })),
  stale: z.boolean(),
  copy: segmentCopySchema,
  canEdit: z.boolean(),
});
export type SegmentIndex = z.infer<typeof segmentIndexSchema>;

// ------------------------------------------------------------------ writing

export const createSegmentSchema = z.strictObject({
  name: segmentNameSchema,
  description: descriptionSchema.default(''),
  kind: z.enum(['active', 'static']).default('active'),
  filterBranch: filterBranchSchema,
});
export type CreateSegment = z.infer<typeof createSegmentSchema>;

export const updateSegmentSchema = z
  .strictObject({
    name: segmentNameSchema.optional(),
    description: descriptionSchema.optional(),
    filterBranch: filterBranchSchema.optional(),
    /** The version whose filters were edited: a newer one at HubSpot is not overwritten. */
    version: z.int().min(0).optional(),
  })
  .refine((change) => change.filterBranch === undefined || change.version !== undefined, {
    path: ['version'],
    message: 'A change of filters needs the version it was made from.',
  });
export type UpdateSegment = z.infer<typeof updateSegmentSchema>;

/** The criteria of each version, the newest first. */
export const segmentVersionsSchema = z.object({
  /** HubSpot's version now; it may be newer than what was seen. */
  current: z.number(),
  versions: z.array(
    z.object({
      version: z.number(),
      at: z.iso.datetime(),
      /** Who saved them here; null for what was made in HubSpot. */
      by: z.string().nullable(),
      filterBranch: filterBranchSchema,
    }),
  ),
});
export type SegmentVersions = z.infer<typeof segmentVersionsSchema>;

export const hideLintSchema = z.strictObject({ key: z.string().min(1).max(100) });
export const hiddenLintsSchema = z.object({ keys: z.array(z.string()) });

export const duplicateSegmentSchema = z.strictObject({ name: segmentNameSchema });
/** The answer of what leaves nothing to show. */
export const doneSchema = z.null();

// ------------------------------------------------------------------ drafts

const draftKey = z.union([listIdSchema, z.literal('')]);
export const draftQuerySchema = z.strictObject({ listId: draftKey.default('') });
export const saveDraftSchema = z.strictObject({
  listId: draftKey.default(''),
  name: z.string().max(100),
  filterBranch: filterBranchSchema,
});
export type SaveDraft = z.infer<typeof saveDraftSchema>;
export const draftSchema = z.object({
  listId: z.string(),
  name: z.string(),
  filterBranch: filterBranchSchema,
  savedAt: z.iso.datetime(),
});
export type Draft = z.infer<typeof draftSchema>;
export const savedAtSchema = z.object({ savedAt: z.iso.datetime() });

/** What making a segment the Inclusion List needs to know of the settings. */
export const settingsVersionSchema = z.looseObject({ version: z.number() });
