import type { Db } from '#lib/core/db.ts';
import { memorySchema } from '../field-memory.ts';
import { type Intended, intendedSchema, shadowSchema } from '../shadow.ts';
import { endCauses, type Link, type LinkEnd, type LinkState, type NewLink, type Scope } from '../store.ts';

const select = {
  ...{ id: true, contactId: true, recordId: true, object: true, origin: true, createdAt: true },
  ...{ openException: true, importOnly: true, shadow: true, fieldMemory: true, intended: true },
  ...{ endedAt: true, endCause: true, mergedInto: true },
} as const;

type Row = Omit<Link, 'shadow' | 'intended' | 'memory' | 'endCause'> & {
  shadow: unknown;
  intended: unknown;
  fieldMemory: unknown;
  endCause: string | null;
};
const linkOf = ({ fieldMemory, endCause, ...row }: Row): Link => ({
  ...row,
  shadow: shadowSchema.parse(row.shadow),
  memory: memorySchema.parse(fieldMemory),
  intended: row.intended === null ? null : intendedSchema.parse(row.intended),
  endCause: endCauses.find((cause) => cause === endCause) ?? null,
});

/** Living links and tombstones of these contacts, the newest first. */
export async function findLinksOfContacts(
  db: Db,
  { workspaceId, orgId }: Scope,
  contactIds: readonly string[],
): Promise<Link[]> {
  const where = { workspaceId, orgId, contactId: { in: [...contactIds] } };
  const rows = await db.link.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select });
  return rows.map(linkOf);
}

/** Living links and tombstones of these records, the newest first. */
export async function findLinksOfRecords(
  db: Db,
  { workspaceId, orgId }: Scope,
  recordIds: readonly string[],
): Promise<Link[]> {
  const where = { workspaceId, orgId, recordId: { in: [...recordIds] } };
  const rows = await db.link.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select });
  return rows.map(linkOf);
}

export async function insertLinks(db: Db, scope: Scope, links: readonly NewLink[]): Promise<void> {
  if (links.length > 0) await db.link.createMany({ data: links.map((link) => ({ ...scope, ...link })) });
}

/** Stores what is about to be written, before it is sent. */
export async function storeIntended(
  db: Db,
  rows: readonly { id: string; intended: Intended }[],
): Promise<void> {
  if (rows.length === 0) return;
  await db.$executeRaw`
    UPDATE "Link" SET intended = given.intended
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(id uuid, intended jsonb)
    WHERE "Link".id = given.id`;
}

/** Stores what both sides agreed on; nothing is under way any more. */
export async function storeLinks(db: Db, rows: readonly LinkState[], at: Date): Promise<void> {
  if (rows.length === 0) return;
  await db.$executeRaw`
    UPDATE "Link" SET shadow = given.shadow, "shadowAt" = ${at}, intended = NULL, "fieldMemory" = given.memory,
      "openException" = given."openException", "importOnly" = given."importOnly"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS given(id uuid, shadow jsonb, memory jsonb, "openException" boolean, "importOnly" boolean)
    WHERE "Link".id = given.id`;
}

/** Living links end and stay as tombstones. */
export async function endLinks(db: Db, rows: readonly LinkEnd[], at: Date): Promise<void> {
  if (rows.length === 0) return;
  await db.$executeRaw`
    UPDATE "Link" SET "endedAt" = ${at}, "endCause" = given.cause, "mergedInto" = given."mergedInto"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(id uuid, cause text, "mergedInto" text)
    WHERE "Link".id = given.id AND "Link"."endedAt" IS NULL`;
}

export async function reviveLinks(db: Db, ids: readonly string[]): Promise<void> {
  const data = { endedAt: null, endCause: null, mergedInto: null };
  if (ids.length > 0) await db.link.updateMany({ where: { id: { in: [...ids] } }, data });
}
