import type { Db } from '#lib/core/db.ts';
import { jsonOf } from '#lib/core/large-values.ts';
import { memorySchema } from '../field-memory.ts';
import { packShadow, unpackShadow } from '../kept-shadow.ts';
import { type Intended, intendedSchema, type Shadow } from '../shadow.ts';
import { endCauses, type Link, type LinkEnd, type LinkState, type NewLink, type Scope } from '../store.ts';

type Row = Omit<Link, 'shadow' | 'intended' | 'memory' | 'endCause'> & {
  shadow: unknown;
  intended: unknown;
  fieldMemory: unknown;
  endCause: string | null;
};
const linkOf = ({ fieldMemory, endCause, ...row }: Row): Link => ({
  ...row,
  shadow: unpackShadow(row.shadow),
  memory: memorySchema.parse(fieldMemory),
  intended: row.intended === null ? null : intendedSchema.parse(row.intended),
  endCause: endCauses.find((cause) => cause === endCause) ?? null,
});

/** Living links and tombstones of these contacts, the newest first. */
export async function findLinksOfContacts(
  db: Db,
  scope: Scope,
  contactIds: readonly string[],
): Promise<Link[]> {
  return findLinks(db, scope, { contactIds, recordIds: [] });
}

/** Living links and tombstones of these records, the newest first. */
export async function findLinksOfRecords(
  db: Db,
  scope: Scope,
  recordIds: readonly string[],
): Promise<Link[]> {
  return findLinks(db, scope, { contactIds: [], recordIds });
}

/** By one array however many there are: a parameter for each of thousands costs more than the rows. */
async function findLinks(
  db: Db,
  { workspaceId, orgId }: Scope,
  { contactIds, recordIds }: { contactIds: readonly string[]; recordIds: readonly string[] },
): Promise<Link[]> {
  if (contactIds.length + recordIds.length === 0) return [];
  const rows = await db.$queryRaw<Row[]>`
    SELECT id, "contactId", "recordId", object::text AS object, origin::text AS origin, "createdAt",
      "openException", "importOnly", shadow, "fieldMemory", intended, "jobId", "endedAt", "endCause", "mergedInto"
    FROM "Link"
    WHERE "workspaceId" = ${workspaceId}::uuid AND "orgId" = ${orgId}
      AND ("contactId" = ANY(${[...contactIds]}::text[]) OR "recordId" = ANY(${[...recordIds]}::text[]))
    ORDER BY "createdAt" DESC, id DESC`;
  return rows.map(linkOf);
}

export async function insertLinks(
  db: Db,
  scope: Scope,
  links: readonly (NewLink & { shadow?: Shadow })[],
): Promise<void> {
  if (links.length === 0) return;
  const rows = links.map(({ shadow, ...link }) => (shadow ? { ...link, shadow: packShadow(shadow) } : link));
  await db.$executeRaw`
    INSERT INTO "Link" (id, "workspaceId", "orgId", "contactId", "recordId", object, origin, "createdAt",
      "openException", "importOnly", shadow, "shadowAt")
    SELECT given.id, ${scope.workspaceId}::uuid, ${scope.orgId}, given."contactId", given."recordId",
      given.object::"RecordObject", given.origin::"LinkOrigin", given."createdAt", given."openException",
      given."importOnly", coalesce(given.shadow, '{}'),
      CASE WHEN given.shadow IS NOT NULL THEN given."createdAt" END
    FROM jsonb_to_recordset(${jsonOf(rows)}::jsonb) AS given(id uuid, "contactId" text, "recordId" text,
      object text, origin text, "createdAt" timestamptz, "openException" boolean, "importOnly" boolean,
      shadow jsonb)`;
}

/** Stores what is about to be written, before it is sent. */
export async function storeIntended(
  db: Db,
  rows: readonly { id: string; intended: Intended }[],
): Promise<void> {
  if (rows.length === 0) return;
  await db.$executeRaw`
    UPDATE "Link" SET intended = given.intended
    FROM jsonb_to_recordset(${jsonOf(rows)}::jsonb) AS given(id uuid, intended jsonb)
    WHERE "Link".id = given.id`;
}

/** What is intended for these is carried by a Bulk job; null: by none any more. */
export async function storeJob(db: Db, ids: readonly string[], jobId: string | null): Promise<void> {
  if (ids.length === 0) return;
  await db.$executeRaw`UPDATE "Link" SET "jobId" = ${jobId} WHERE id = ANY(${[...ids]}::uuid[])`;
}

/** Stores what both sides agreed on; nothing is under way any more. */
export async function storeLinks(db: Db, links: readonly LinkState[], at: Date): Promise<void> {
  if (links.length === 0) return;
  const rows = links.map((link) => ({ ...link, shadow: packShadow(link.shadow) }));
  await db.$executeRaw`
    UPDATE "Link" SET shadow = given.shadow, "shadowAt" = ${at}, intended = NULL, "jobId" = NULL, "fieldMemory" = given.memory,
      "openException" = given."openException", "importOnly" = given."importOnly"
    FROM jsonb_to_recordset(${jsonOf(rows)}::jsonb)
      AS given(id uuid, shadow jsonb, memory jsonb, "openException" boolean, "importOnly" boolean)
    WHERE "Link".id = given.id`;
}

/** Living links end and stay as tombstones. */
export async function endLinks(db: Db, rows: readonly LinkEnd[], at: Date): Promise<void> {
  if (rows.length === 0) return;
  await db.$executeRaw`
    UPDATE "Link" SET "endedAt" = ${at}, "endCause" = given.cause, "mergedInto" = given."mergedInto"
    FROM jsonb_to_recordset(${jsonOf(rows)}::jsonb) AS given(id uuid, cause text, "mergedInto" text)
    WHERE "Link".id = given.id AND "Link"."endedAt" IS NULL`;
}

export async function reviveLinks(db: Db, ids: readonly string[]): Promise<void> {
  const data = { endedAt: null, endCause: null, mergedInto: null };
  if (ids.length > 0) await db.link.updateMany({ where: { id: { in: [...ids] } }, data });
}
