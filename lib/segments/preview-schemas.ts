import { z } from 'zod';
import { filterBranchSchema } from './filter/model.ts';

/** What filters are made of, and what they find: shapes of the editor's preview and of lists of people. */

export const propertySchema = z.object({
  name: z.string(),
  label: z.string(),
  type: z.enum(['text', 'choice', 'multiChoice', 'number', 'date', 'dateTime', 'yesNo', 'owner']),
  group: z.string(),
  options: z.array(z.object({ value: z.string(), label: z.string(), hidden: z.boolean() })),
  /** HubSpot does not offer it; a filter that looks at it is good all the same. */
  isHidden: z.boolean(),
});
export type Property = z.infer<typeof propertySchema>;
export type PropertyType = Property['type'];

export const filterPartsSchema = z.object({
  /** Of contacts, hidden ones too. */
  properties: z.array(propertySchema),
  /** Of the records that contacts can be associated with; null where HubSpot does not let us read them. */
  related: z.object({
    company: z.array(propertySchema).nullable(),
    deal: z.array(propertySchema).nullable(),
  }),
  owners: z.array(z.object({ id: z.string(), name: z.string(), active: z.boolean() })),
  /** Names of all lists, so that a filter on one can be read; deleted ones are marked. */
  segments: z.array(z.object({ listId: z.string(), name: z.string(), isDeleted: z.boolean() })),
  timeZone: z.string(),
  /** The segment that limits what syncs now. */
  inclusionListId: z.string().nullable(),
});
export type FilterParts = z.infer<typeof filterPartsSchema>;

// ------------------------------------------------------------------ preview

/** Where a count by reading goes on; opaque to the browser. */
export const previewCursorSchema = z.strictObject({
  afterId: z.string().regex(/^\d{0,20}$/),
  read: z.int().min(0),
  matched: z.int().min(0),
  toRead: z.int().min(0),
});
export type PreviewCursor = z.infer<typeof previewCursorSchema>;

export const previewRequestSchema = z.strictObject({
  filterBranch: filterBranchSchema,
  page: z.int().min(1).max(900).default(1),
  cursor: previewCursorSchema.optional(),
});
export type PreviewRequest = z.infer<typeof previewRequestSchema>;

/** A contact as tables of people show it; values are HubSpot's, the name may be empty. */
export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  lifecycleStage: z.string().nullable(),
  country: z.string().nullable(),
  salesforce: z.enum(['lead', 'contact']).nullable(),
});
export type Person = z.infer<typeof personSchema>;

export const previewSchema = z.discriminatedUnion('kind', [
  /** HubSpot's search says exactly what the filters say. */
  z.object({ kind: z.literal('counted'), count: z.number(), of: z.number(), people: z.array(personSchema) }),
  /** Being counted by reading: `cursor` asks for the next part and is null at the end. */
  z.object({
    kind: z.literal('reading'),
    count: z.number(),
    read: z.number(),
    toRead: z.number(),
    of: z.number(),
    people: z.array(personSchema),
    cursor: previewCursorSchema.nullable(),
  }),
  /** A filter that only HubSpot can evaluate: known after processing. */
  z.object({ kind: z.literal('onlyHubSpot'), of: z.number() }),
]);
export type Preview = z.infer<typeof previewSchema>;

export const memberSorts = ['name', 'email', 'country'] as const;
export const membersQuerySchema = z.strictObject({
  q: z.string().trim().max(200).default(''),
  after: z.string().max(200).optional(),
  sort: z.enum(memberSorts).optional(),
  direction: z.enum(['ascending', 'descending']).optional(),
});
export type MembersQuery = z.infer<typeof membersQuerySchema>;
export const membersSchema = z.object({
  people: z.array(personSchema),
  after: z.string().nullable(),
  /** Of all pages; null where only HubSpot knows. */
  total: z.int().nullable(),
  /** False: sorting would take reading more people than it is worth. */
  canSort: z.boolean(),
  /** A search that looked at the first hits alone. */
  isIncomplete: z.boolean(),
});
export type Members = z.infer<typeof membersSchema>;

export const findPeopleQuerySchema = z.strictObject({ q: z.string().trim().min(1).max(200) });
export const foundPeopleSchema = z.object({ people: z.array(personSchema) });

export const testContactSchema = z.strictObject({
  contactId: z.string().regex(/^\d{1,20}$/),
  filterBranch: filterBranchSchema,
});
export type TestContact = z.infer<typeof testContactSchema>;

const verdict = z.enum(['yes', 'no', 'unknown']);
export const testResultSchema = z.object({
  verdict,
  /** In the order of the groups, and of the filters then nested branches in them. */
  groups: z.array(z.object({ verdict, parts: z.array(verdict) })),
});
export type TestResult = z.infer<typeof testResultSchema>;
