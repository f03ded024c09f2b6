import { z } from 'zod';

const listId = z.string().regex(/^\d{1,20}$/);

/** The contact sync settings. Defaults are those of a workspace that never changed anything. */
export const settingsValuesSchema = z.strictObject({
  /** HubSpot's list id of the inclusion segment; null lets every contact sync. */
  inclusionListId: listId.nullable().default(null),
  /** What HubSpot does when a Salesforce lead or contact is created or updated. */
  salesforceChanges: z.enum(['create_or_update', 'do_nothing']).default('create_or_update'),
  /** What a new HubSpot contact becomes in Salesforce. */
  hubspotCreates: z.enum(['lead', 'contact']).default('lead'),
  /** What HubSpot does when a Salesforce lead or contact is deleted. */
  salesforceDeletes: z.enum(['do_nothing', 'delete_contact']).default('do_nothing'),
  /** Salesforce API calls per 24 hours that the sync may make; null is a fifth of the org's limit. */
  apiAllocation: z.int().min(1).nullable().default(null),
  paused: z.boolean().default(false),
});
export type SettingsValues = z.infer<typeof settingsValuesSchema>;
export type SettingsKey = keyof SettingsValues;

const shape = settingsValuesSchema.shape;
const patch = <K extends SettingsKey>(key: K) =>
  z.strictObject({ key: z.literal(key), value: shape[key].unwrap(), version: z.int().min(0) });

/** One change of one setting, against the version that the person saw. */
export const settingsPatchSchema = z.discriminatedUnion('key', [
  patch('inclusionListId'),
  patch('salesforceChanges'),
  patch('hubspotCreates'),
  patch('salesforceDeletes'),
  patch('apiAllocation'),
  patch('paused'),
]);
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

export const inclusionSegmentSchema = z.object({
  listId: z.string(),
  name: z.string(),
  size: z.number().nullable(),
  updatedAt: z.iso.datetime().nullable(),
  state: z.enum(['ready', 'processing', 'failed', 'deleted', 'static']),
});
export type InclusionSegment = z.infer<typeof inclusionSegmentSchema>;

/** What the Contacts tab shows. */
export const settingsViewSchema = z.object({
  version: z.number(),
  values: settingsValuesSchema,
  segment: inclusionSegmentSchema.nullable(),
  /** HubSpot did not answer just now: sizes and states are as last seen. */
  stale: z.boolean(),
  contactCount: z.number().nullable(),
  /** Who last changed the inclusion segment, and when. */
  changedBy: z.string().nullable(),
  changedAt: z.iso.datetime().nullable(),
  /** The last change of the inclusion segment, while it can be undone. */
  undo: z.object({ changeId: z.uuid(), until: z.iso.datetime(), secondsLeft: z.number() }).nullable(),
  canEdit: z.boolean(),
});
export type SettingsView = z.infer<typeof settingsViewSchema>;

export const changeParamsSchema = z.strictObject({ id: z.uuid() });
