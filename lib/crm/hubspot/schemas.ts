import { z } from 'zod';

/** What HubSpot must send, and no more: unknown fields are let through unread. */

const text = z.string();
const date = z.coerce.date();
const scalar = z
  .union([z.string(), z.number(), z.boolean()])
  .nullable()
  .transform((value) => (value === null ? null : String(value)));

type Properties = Record<string, string | number | boolean | null>;

/** Looked at in one go: contacts come by the hundred, with dozens of properties each. */
function areProperties(value: unknown): value is Properties {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (each) => isText(each) || typeof each === 'number' || typeof each === 'boolean',
  );
}

const isText = (value: unknown): value is string | null => value === null || typeof value === 'string';
const areTexts = (properties: Properties): properties is Record<string, string | null> =>
  Object.values(properties).every(isText);

function toTexts(properties: Properties): Record<string, string | null> {
  if (areTexts(properties)) return properties;
  const texts: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(properties)) texts[name] = value === null ? null : String(value);
  return texts;
}

const contact = z.object({
  id: z.coerce.string(),
  properties: z.custom<Properties>(areProperties).default({}).transform(toTexts),
  updatedAt: date,
  archived: z.boolean().default(false),
  objectWriteTraceId: z.string().nullish(),
});

const inputError = z.object({
  message: z.string().default(''),
  category: z.string().optional(),
  subCategory: z
    .string()
    .nullish()
    .transform((value) => value ?? undefined),
  context: z.record(text, z.array(z.coerce.string())).nullish(),
});

export const contactBatch = z.object({
  results: z.array(contact).default([]),
  errors: z
    .array(inputError)
    .nullish()
    .transform((value) => value ?? []),
});

export const historyBatch = z.object({
  results: z
    .array(
      contact.pick({ id: true, properties: true }).extend({
        propertiesWithHistory: z
          .record(
            text,
            z.array(
              z.object({ value: scalar.default(null), timestamp: date, sourceType: z.string().nullish() }),
            ),
          )
          .default({}),
      }),
    )
    .default([]),
  errors: z
    .array(inputError)
    .nullish()
    .transform((value) => value ?? []),
});

/** Companies and deals, with what they hold. */
export const recordBatch = z.object({
  results: z.array(contact.pick({ id: true, properties: true })).default([]),
  errors: z
    .array(inputError)
    .nullish()
    .transform((value) => value ?? []),
});

/** Contacts without an association are missing from `results`. */
export const associationBatch = z.object({
  results: z
    .array(
      z.object({
        from: z.object({ id: z.coerce.string() }),
        to: z.array(
          z.object({
            toObjectId: z.coerce.string(),
            associationTypes: z.array(z.object({ typeId: z.number() })).default([]),
          }),
        ),
        paging: z.object({ next: z.object({ after: z.coerce.string() }).nullish() }).nullish(),
      }),
    )
    .default([]),
  errors: z
    .array(inputError)
    .nullish()
    .transform((value) => value ?? []),
});

export const contactPage = z.object({
  total: z.number(),
  results: z.array(contact),
  paging: z.object({ next: z.object({ after: z.coerce.string() }).nullish() }).nullish(),
});

export const accountDetails = z.object({
  portalId: z.number(),
  timeZone: text,
  uiDomain: text,
});

export const property = z.object({
  name: text,
  label: text,
  type: text,
  fieldType: text,
  groupName: z.string().default(''),
  description: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
  options: z
    .array(
      z.object({
        value: z.coerce.string(),
        label: text,
        hidden: z.boolean().nullish().transform(Boolean),
      }),
    )
    .nullish()
    .transform((value) => value ?? []),
  calculated: z.boolean().nullish().transform(Boolean),
  hidden: z.boolean().nullish().transform(Boolean),
  hasUniqueValue: z.boolean().nullish().transform(Boolean),
  referencedObjectType: z
    .string()
    .nullish()
    .transform((value) => value ?? null),
  modificationMetadata: z.object({ readOnlyValue: z.boolean() }).nullish(),
});

export const propertyList = z.object({ results: z.array(property) });

/** HubSpot answers the group it made; nothing of it is needed. */
export const propertyGroup = z.object({ name: text });

export const ownerPage = z.object({
  results: z.array(
    z.object({
      id: z.coerce.string(),
      email: z.string().nullish(),
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
      userId: z.number().nullish(),
      userIdIncludingInactive: z.number().nullish(),
      archived: z.boolean().default(false),
    }),
  ),
  paging: z.object({ next: z.object({ after: z.coerce.string() }).nullish() }).nullish(),
});

const optionalDate = z.coerce
  .date()
  .nullish()
  .transform((value) => value ?? null);

const listFields = z.object({
  listId: z.coerce.string(),
  name: text,
  objectTypeId: text,
  processingType: text,
  processingStatus: text,
  listVersion: z.number(),
  size: z.number().nullish(),
  createdAt: optionalDate,
  updatedAt: optionalDate,
  filtersUpdatedAt: optionalDate,
  createdById: z.coerce
    .string()
    .nullish()
    .transform((value) => value ?? null),
  deletedAt: optionalDate,
  filterBranch: z.unknown().optional(),
  additionalProperties: z.record(text, z.string().nullable()).nullish(),
});

/** A search result has no `size`; there it is one of the additional properties. */
const list = listFields.transform(({ listVersion, size, additionalProperties, filterBranch, ...rest }) => ({
  filterBranch,
  list: { ...rest, version: listVersion, size: size ?? sizeOf(additionalProperties?.hs_list_size) },
}));

function sizeOf(value: string | null | undefined): number | null {
  return value === null || value === undefined || value === '' ? null : Number(value);
}

export const oneList = z.object({ list });
export const updatedList = z.object({ updatedList: list });
export const listPage = z.object({
  lists: z.array(list),
  hasMore: z.boolean(),
  offset: z.number(),
});

export const memberPage = z.object({
  results: z.array(z.object({ recordId: z.coerce.string() })),
  paging: z.object({ next: z.object({ after: z.coerce.string() }).nullish() }).nullish(),
});

export const timedMemberPage = memberPage.extend({
  results: z.array(z.object({ recordId: z.coerce.string(), membershipTimestamp: date })),
});

export const membershipBatch = z.object({
  results: z.array(
    z.object({
      recordId: z.coerce.string(),
      recordListMemberships: z
        .array(z.object({ listId: z.coerce.string() }))
        .nullish()
        .transform((value) => value ?? []),
    }),
  ),
  errors: z
    .array(inputError)
    .nullish()
    .transform((value) => value ?? []),
});

export type ContactAnswer = z.infer<typeof contact>;
export type PropertyAnswer = z.infer<typeof property>;
