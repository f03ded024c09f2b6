import { z } from 'zod';
import { storedMappingSchema } from '#lib/mappings/schemas.ts';

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
  /** Percent of the linked people above which writing stops and waits for a person. */
  breakerShare: z.int().min(1).max(100).default(20),
  /** Days for which outcomes, conflict values and people of switches are kept. */
  keepingDays: z.int().min(7).max(730).default(90),
});
export type SettingsValues = z.infer<typeof settingsValuesSchema>;
export const settingsKeySchema = settingsValuesSchema.keyof();
export type SettingsKey = keyof SettingsValues;
/** In the order of the page. */
export const settingsKeys: readonly SettingsKey[] = settingsKeySchema.options;

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
  patch('breakerShare'),
  patch('keepingDays'),
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
  /** The same for each setting that was ever changed. */
  changes: z.partialRecord(settingsKeySchema, z.object({ by: z.string().nullable(), at: z.iso.datetime() })),
  /** The last change of the inclusion segment, while it can be undone. */
  undo: z.object({ changeId: z.uuid(), until: z.iso.datetime(), secondsLeft: z.number() }).nullable(),
  /** The last change of the inclusion segment that holds, for whoever wants to see what it changed. */
  lastSwitch: z.object({ changeId: z.uuid(), at: z.iso.datetime() }).nullable(),
  canEdit: z.boolean(),
});
export type SettingsView = z.infer<typeof settingsViewSchema>;

// ------------------------------------------------------------------ history

/** A moment, or the number of a version. */
export const asOfSchema = z.union([
  z.iso.datetime(),
  // Without seconds, as people write it.
  z.iso.datetime({ precision: -1 }),
  z.coerce.number().pipe(z.int().min(0)),
]);
export type AsOf = z.output<typeof asOfSchema>;
export const settingsQuerySchema = z.strictObject({ 'as-of': asOfSchema.optional() });

export const versionParamsSchema = z.strictObject({ version: z.coerce.number().pipe(z.int().min(0)) });

const versionAtSchema = z.object({ version: z.number(), at: z.iso.datetime() });

/** An inclusion segment as it is known now, named as it was last seen. */
const formerSegmentSchema = z.object({
  listId: z.string(),
  name: z.string().nullable(),
  state: z.enum(['active', 'static', 'deleted', 'unknown']),
  deletedAt: z.iso.datetime().nullable(),
  /** Contacts in it at the time; null: not kept. */
  size: z.number().nullable(),
});
export type FormerSegment = z.infer<typeof formerSegmentSchema>;

/** One mapping then and now; null: it wasn't, or isn't, there. */
export const mappingThenAndNowSchema = z.object({
  id: z.uuid(),
  former: storedMappingSchema.nullable(),
  now: storedMappingSchema.nullable(),
  isDifferent: z.boolean(),
  /** Why it cannot be restored: this end of it is gone. */
  gone: z.object({ end: z.enum(['property', 'field']), name: z.string() }).nullable(),
});
export type MappingThenAndNow = z.infer<typeof mappingThenAndNowSchema>;

const momentSchema = z.object({
  version: z.number(),
  values: settingsValuesSchema,
  segment: formerSegmentSchema.nullable(),
});

/** Why a setting cannot be restored. */
export const blockedSchema = z.object({
  key: settingsKeySchema,
  reason: z.enum(['deleted', 'static', 'unknown']),
  at: z.iso.datetime().nullable(),
});
export type Blocked = z.infer<typeof blockedSchema>;

/** The settings of a moment beside today's. */
export const settingsAsOfSchema = z.object({
  /** The moment that was asked for; null: a version was. */
  asOf: z.iso.datetime().nullable(),
  /** Before that there are no settings. */
  connectedAt: z.iso.datetime(),
  isBeforeConnecting: z.boolean(),
  former: momentSchema,
  now: momentSchema,
  /** Version 0 is the defaults: nobody made it. */
  changedAt: z.iso.datetime().nullable(),
  changedBy: z.string().nullable(),
  restoredFrom: z.number().nullable(),
  /** What is different today. */
  differs: z.array(settingsKeySchema),
  blocked: z.array(blockedSchema),
  /** All of that moment or of today, in the order of the page. */
  mappings: z.array(mappingThenAndNowSchema),
  previous: versionAtSchema.nullable(),
  next: versionAtSchema.nullable(),
  canRestore: z.boolean(),
});
export type SettingsAsOf = z.infer<typeof settingsAsOfSchema>;

export const versionsQuerySchema = z.strictObject({
  /** From 1; newest first. */
  page: z.coerce.number().pipe(z.int().min(1).max(10_000)).default(1),
});
export const versionsPageSize = 50;
export const versionsPageSchema = z.object({
  versions: z.array(
    versionAtSchema.extend({
      by: z.string().nullable(),
      keys: z.array(z.string()),
      restoredFrom: z.number().nullable(),
    }),
  ),
  total: z.number(),
});
export type VersionsPage = z.infer<typeof versionsPageSchema>;

/** Which settings and mappings of the version come back, upon the version that the person saw as the newest. */
export const restoreBodySchema = z
  .strictObject({
    version: z.int().min(0),
    keys: z.array(settingsKeySchema).max(20).default([]),
    /** Ids. */
    mappings: z.array(z.uuid()).max(1_000).default([]),
  })
  .refine(({ keys, mappings }) => keys.length + mappings.length > 0, {
    path: ['keys'],
    message: 'Name at least one setting or mapping.',
  });
export type RestoreRequest = z.infer<typeof restoreBodySchema>;

export const restoredSchema = z.object({
  settings: settingsViewSchema,
  /** Those that really changed; none: today's were the same. */
  keys: z.array(settingsKeySchema),
  mappings: z.array(z.uuid()),
});
export type Restored = z.infer<typeof restoredSchema>;

export const changeParamsSchema = z.strictObject({ id: z.uuid() });
