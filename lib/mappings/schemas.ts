import { z } from 'zod';
import { fieldKinds, propertyKinds } from './kinds.ts';

export const ruleOptions = ['PREFER_SALESFORCE', 'ALWAYS_SALESFORCE', 'TWO_WAY', 'DONT_SYNC'] as const;
const ruleSchema = z.enum(ruleOptions);
const directionSchema = z.enum(['BOTH', 'TO_SALESFORCE', 'TO_HUBSPOT']);

/** A mapping with everything that it takes to put it back. */
export const storedMappingSchema = z.object({
  id: z.uuid(),
  hubspotProperty: z.string(),
  leadField: z.string().nullable(),
  contactField: z.string().nullable(),
  rule: ruleSchema,
  direction: directionSchema,
  isDefault: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type StoredMapping = z.infer<typeof storedMappingSchema>;

const mappingViewSchema = storedMappingSchema.extend({
  /** The version of the settings that changed it last; 0: nobody has. */
  version: z.number(),
  changedBy: z.string().nullable(),
  changedAt: z.iso.datetime().nullable(),
  /** People of whom this field failed at last. */
  errors: z.number(),
});
export type MappingView = z.infer<typeof mappingViewSchema>;

/** What the page of property mappings shows without asking a CRM. */
export const mappingsViewSchema = z.object({
  /** Oldest first. */
  mappings: z.array(mappingViewSchema),
  /** The deletion that was last, while it can be undone. */
  undo: z.object({ id: z.uuid(), hubspotProperty: z.string(), secondsLeft: z.number() }).nullable(),
  canEdit: z.boolean(),
});
export type MappingsView = z.infer<typeof mappingsViewSchema>;

export const mappingParamsSchema = z.strictObject({ id: z.uuid() });

const apiName = z.string().min(1).max(255);
const ends = {
  hubspotProperty: apiName,
  leadField: apiName.nullable(),
  contactField: apiName.nullable(),
};
const hasField = ({ leadField, contactField }: { leadField: string | null; contactField: string | null }) =>
  leadField !== null || contactField !== null;
const noField = { path: ['leadField'], message: 'Name a field of leads or of contacts.' };

export const newMappingSchema = z.strictObject({ ...ends, rule: ruleSchema }).refine(hasField, noField);
export type NewMapping = z.infer<typeof newMappingSchema>;

/** A changed mapping, whole, against the version that the person saw. */
export const changedMappingSchema = z
  .strictObject({ ...ends, rule: ruleSchema, version: z.int().min(0) })
  .refine(hasField, noField);
export type ChangedMapping = z.infer<typeof changedMappingSchema>;

export const removedMappingSchema = z.strictObject({ version: z.int().min(0) });

export const propertyChoiceSchema = z.object({
  name: z.string(),
  label: z.string(),
  kind: z.enum(propertyKinds),
  writable: z.boolean(),
  unique: z.boolean(),
});
const fieldChoiceSchema = propertyChoiceSchema.extend({ kind: z.enum(fieldKinds), required: z.boolean() });

/** What can be mapped, by label. Null: that CRM did not answer; why is said in the reader's language. */
export const mappingFieldsSchema = z.object({
  properties: z.array(propertyChoiceSchema).nullable(),
  fields: z.object({ lead: z.array(fieldChoiceSchema), contact: z.array(fieldChoiceSchema) }).nullable(),
});
export type MappingFields = z.infer<typeof mappingFieldsSchema>;

/** A Salesforce field that is to have a property of its own in HubSpot. */
export const newPropertySchema = z.strictObject({ object: z.enum(['Lead', 'Contact']), field: apiName });
export type NewPropertyRequest = z.infer<typeof newPropertySchema>;

export const previewRequestSchema = z
  .strictObject({
    ...ends,
    /** The mapping that is being edited: what both sides agreed on by it counts. */
    mappingId: z.uuid().nullable(),
  })
  .refine(hasField, noField);
export type PreviewRequest = z.infer<typeof previewRequestSchema>;

const text = z.string().nullable();
const byRule = <T extends z.ZodType>(schema: T) =>
  z.object({ PREFER_SALESFORCE: schema, ALWAYS_SALESFORCE: schema, TWO_WAY: schema, DONT_SYNC: schema });

/** What a rule does to one person: which side gets which value, or why it can't. */
const effectSchema = z.object({
  to: z.enum(['hubspot', 'salesforce']).nullable(),
  value: text,
  isRefused: z.boolean(),
});
export type Effect = z.infer<typeof effectSchema>;

export const mappingPreviewSchema = z.object({
  /** Up to three people, those with values first. */
  people: z.array(
    z.object({
      contactId: z.string(),
      name: z.string(),
      hubspot: text,
      salesforce: text,
      after: byRule(effectSchema),
    }),
  ),
  /** How many people were looked at, and how many are linked in all. */
  sampled: z.number(),
  linked: z.number(),
  /** Of those looked at. */
  counts: byRule(z.object({ toHubspot: z.number(), toSalesforce: z.number(), refused: z.number() })),
});
export type MappingPreview = z.infer<typeof mappingPreviewSchema>;
