import type { Db } from '#lib/core/db.ts';
import type { HubSpotList } from '#lib/crm/ports.ts';
import type { FilterBranch } from '../filter/model.ts';
import { fold } from '../rules.ts';

export type SegmentRow = NonNullable<Awaited<ReturnType<typeof findSegment>>>;

export function findSegment(db: Db, workspaceId: string, listId: string) {
  return db.segment.findUnique({ where: { workspaceId_listId: { workspaceId, listId } } });
}

export function listSegments(db: Db, workspaceId: string) {
  return db.segment.findMany({ where: { workspaceId } });
}

export function findWorkspace(db: Db, workspaceId: string) {
  return db.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
}

/** Stores what HubSpot says of lists now. What is ours (description, since when a state holds) stays. */
export async function storeLists(db: Db, workspaceId: string, lists: HubSpotList[], at: Date): Promise<void> {
  if (lists.length === 0) return;
  const listIds = lists.map((list) => list.listId);
  const known = await db.segment.findMany({ where: { workspaceId, listId: { in: listIds } } });
  const former = new Map(known.map((row) => [row.listId, row]));
  const unknown = lists.filter((list) => !former.has(list.listId));
  await db.segment.createMany({
    data: unknown.map((list) => ({ workspaceId, ...columnsOf(list, at, null) })),
    skipDuplicates: true,
  });
  for (const list of lists) {
    const row = former.get(list.listId);
    const columns = columnsOf(list, at, row ?? null);
    if (row && !isSame(row, columns)) {
      await db.segment.update({
        where: { workspaceId_listId: { workspaceId, listId: list.listId } },
        data: columns,
      });
    }
  }
  await db.segment.updateMany({ where: { workspaceId, listId: { in: listIds } }, data: { seenAt: at } });
}

type Former = {
  size: number | null;
  processingStatus: string;
  version: number;
  processingSince: Date | null;
};

function columnsOf(list: HubSpotList, at: Date, former: Former | null) {
  const isUnchanged = former?.processingStatus === list.processingStatus && former.version === list.version;
  return {
    listId: list.listId,
    name: list.name,
    searchName: fold(list.name),
    objectTypeId: list.objectTypeId,
    processingType: list.processingType,
    processingStatus: list.processingStatus,
    size: list.size ?? former?.size ?? null,
    version: list.version,
    createdAt: list.createdAt,
    updatedAt: list.updatedAt,
    filtersUpdatedAt: list.filtersUpdatedAt,
    createdById: list.createdById,
    seenAt: at,
    processingSince: (isUnchanged ? former?.processingSince : null) ?? list.filtersUpdatedAt ?? at,
    deletedAt: list.deletedAt,
  };
}

function isSame(row: SegmentRow, columns: ReturnType<typeof columnsOf>): boolean {
  const { seenAt, ...rest } = columns;
  return Object.entries(rest).every(([key, value]) => {
    const had = row[key as keyof SegmentRow];
    return had instanceof Date && value instanceof Date ? had.getTime() === value.getTime() : had === value;
  });
}

export async function markDeleted(db: Db, workspaceId: string, listId: string, at: Date): Promise<void> {
  await db.segment.updateMany({ where: { workspaceId, listId, deletedAt: null }, data: { deletedAt: at } });
}

export async function storeDescription(
  db: Db,
  workspaceId: string,
  listId: string,
  description: string,
): Promise<void> {
  await db.segment.updateMany({ where: { workspaceId, listId }, data: { description: description || null } });
}

// ------------------------------------------------------------------ uses

const formerUse = (use: string, listId: string) => `former:${use}:${listId}`;

/** Present and former uses, the newest first. A use that ended is kept under a name of its own. */
export function listUses(db: Db, workspaceId: string) {
  return db.segmentUse.findMany({ where: { workspaceId }, orderBy: [{ since: 'desc' }, { use: 'asc' }] });
}

export async function replaceUse(
  db: Db,
  workspaceId: string,
  use: string,
  listId: string | null,
  since: Date,
) {
  const id = { workspaceId_use: { workspaceId, use } };
  const before = await db.segmentUse.findUnique({ where: id });
  if (before && before.listId !== listId) {
    const key = formerUse(use, before.listId);
    await db.segmentUse.upsert({
      where: { workspaceId_use: { workspaceId, use: key } },
      create: { workspaceId, use: key, listId: before.listId, since },
      update: { since },
    });
  }
  if (listId === null) await db.segmentUse.deleteMany({ where: { workspaceId, use } });
  else if (before?.listId !== listId) {
    await db.segmentUse.upsert({
      where: id,
      create: { workspaceId, use, listId, since },
      update: { listId, since },
    });
  }
}

// ------------------------------------------------------------------ criteria and drafts

export async function storeCriteria(
  db: Db,
  key: { workspaceId: string; listId: string; version: number },
  filterBranch: FilterBranch,
  seenAt: Date,
  savedBy: string | null = null,
): Promise<void> {
  const json = asJson(filterBranch);
  await db.segmentCriteria.upsert({
    where: { workspaceId_listId_version: key },
    create: { ...key, filterBranch: json, seenAt, savedBy },
    // Somebody may have looked at it before it was written down who saved it.
    update: savedBy === null ? {} : { savedBy },
  });
}

export function findCriteria(db: Db, key: { workspaceId: string; listId: string; version: number }) {
  return db.segmentCriteria.findUnique({ where: { workspaceId_listId_version: key } });
}

const shownVersions = 50;

/** The newest versions first. */
export function listCriteria(db: Db, workspaceId: string, listId: string) {
  return db.segmentCriteria.findMany({
    where: { workspaceId, listId },
    orderBy: { version: 'desc' },
    take: shownVersions,
  });
}

export function findDraft(db: Db, workspaceId: string, userId: string, listId: string) {
  return db.segmentDraft.findUnique({
    where: { workspaceId_userId_listId: { workspaceId, userId, listId } },
  });
}

export async function storeDraft(
  db: Db,
  key: { workspaceId: string; userId: string; listId: string },
  draft: { name: string; filterBranch: FilterBranch; savedAt: Date },
): Promise<void> {
  const data = { ...draft, filterBranch: asJson(draft.filterBranch) };
  await db.segmentDraft.upsert({
    where: { workspaceId_userId_listId: key },
    create: { ...key, ...data },
    update: data,
  });
}

export async function deleteDraft(
  db: Db,
  workspaceId: string,
  userId: string,
  listId: string,
): Promise<void> {
  await db.segmentDraft.deleteMany({ where: { workspaceId, userId, listId } });
}

function asJson(value: FilterBranch) {
  return JSON.parse(JSON.stringify(value));
}

// ------------------------------------------------------------------ names and links

/** Names of HubSpot users that have logged in here. */
export async function userNames(db: Db, workspaceId: string): Promise<Map<string, string>> {
  const users = await db.user.findMany({ where: { workspaceId, hubspotUserId: { not: null } } });
  return new Map(
    users.flatMap((user) =>
      user.hubspotUserId ? [[user.hubspotUserId, user.name ?? user.email ?? '']] : [],
    ),
  );
}

/** Which of these contacts are linked to a record of the connected org, and to which kind. */
export async function linkedRecords(
  db: Db,
  workspaceId: string,
  contactIds: string[],
): Promise<Map<string, 'lead' | 'contact'>> {
  const org = await db.connection.findUnique({
    where: { workspaceId_crm: { workspaceId, crm: 'SALESFORCE' } },
  });
  if (!org || contactIds.length === 0) return new Map();
  const links = await db.link.findMany({
    where: { workspaceId, orgId: org.accountId, contactId: { in: contactIds }, endedAt: null },
    select: { contactId: true, object: true },
  });
  return new Map(links.map((link) => [link.contactId, link.object === 'LEAD' ? 'lead' : 'contact']));
}
