import type { Db } from '#lib/core/db.ts';
import { type Intended, intendedSchema, type Shadow, shadowSchema } from '../shadow.ts';

export type RecordObject = 'LEAD' | 'CONTACT';
export type LinkOrigin = 'MATCHED' | 'CREATED' | 'CREATION_EXCEPTION' | 'IMPORT';
export type Link = {
  id: string;
  contactId: string;
  recordId: string;
  object: RecordObject;
  shadow: Shadow;
  intended: Intended | null;
  endedAt: Date | null;
  endCause: string | null;
};
export type NewLink = {
  id: string;
  workspaceId: string;
  orgId: string;
  contactId: string;
  recordId: string;
  object: RecordObject;
  origin: LinkOrigin;
  createdAt: Date;
};

const select = {
  id: true,
  contactId: true,
  recordId: true,
  object: true,
  shadow: true,
  intended: true,
  endedAt: true,
  endCause: true,
} as const;

type Row = Omit<Link, 'shadow' | 'intended'> & { shadow: unknown; intended: unknown };
const linkOf = (row: Row): Link => ({
  ...row,
  shadow: shadowSchema.parse(row.shadow),
  intended: row.intended === null ? null : intendedSchema.parse(row.intended),
});

/** Living links and tombstones of these contacts, the newest first. */
export async function findLinksOfContacts(
  db: Db,
  scope: { workspaceId: string; orgId: string },
  contactIds: string[],
): Promise<Link[]> {
  const rows = await db.link.findMany({
    where: { ...scope, contactId: { in: contactIds } },
    orderBy: { createdAt: 'desc' },
    select,
  });
  return rows.map(linkOf);
}

/** Which of these records are somebody's now: record id → contact id. */
export async function findHoldersOfRecords(
  db: Db,
  scope: { workspaceId: string; orgId: string },
  recordIds: string[],
): Promise<Map<string, string>> {
  const rows = await db.link.findMany({
    where: { ...scope, endedAt: null, recordId: { in: recordIds } },
    select: { recordId: true, contactId: true },
  });
  return new Map(rows.map((row) => [row.recordId, row.contactId]));
}

export async function insertLinks(db: Db, links: NewLink[]): Promise<void> {
  await db.link.createMany({ data: links });
}

/** Stores what is about to be written, before it is sent. */
export async function storeIntended(db: Db, rows: { id: string; intended: Intended }[]): Promise<void> {
  await db.$executeRaw`
    UPDATE "Link" SET intended = given.intended
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(id uuid, intended jsonb)
    WHERE "Link".id = given.id`;
}

/** Stores what both sides agreed on; nothing is under way any more. */
export async function storeShadows(db: Db, rows: { id: string; shadow: Shadow }[], at: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE "Link" SET shadow = given.shadow, "shadowAt" = ${at}, intended = NULL
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(id uuid, shadow jsonb)
    WHERE "Link".id = given.id`;
}
