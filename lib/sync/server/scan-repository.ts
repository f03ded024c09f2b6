import type { Db } from '#lib/core/db.ts';
import type { SalesforceObject } from '#lib/crm/ports.ts';
import type { KnownUntil, Scan, ScannedRecord } from '../scan-store.ts';
import type { Scope } from '../store.ts';

const objectOf = { Lead: 'LEAD', Contact: 'CONTACT' } as const;
const sObjectOf = { LEAD: 'Lead', CONTACT: 'Contact' } as const;

/** The run's scan, if it was read to its end. */
export async function findScan(db: Db, runId: string): Promise<Scan | null> {
  const row = await db.orgScan.findUnique({ where: { runId } });
  if (!row?.finishedAt) return null;
  const { id, startedAt, leadsUntil, contactsUntil } = row;
  return { id, runId, startedAt, knownUntil: { Lead: leadsUntil, Contact: contactsUntil } };
}

export async function insertScan(db: Db, workspaceId: string, scan: Scan): Promise<void> {
  const { id, runId, startedAt, knownUntil } = scan;
  const until = { leadsUntil: knownUntil.Lead, contactsUntil: knownUntil.Contact };
  await db.orgScan.create({ data: { id, workspaceId, runId, startedAt, ...until } });
}

export async function finishScan(db: Db, id: string, finishedAt: Date): Promise<void> {
  await db.orgScan.updateMany({ where: { id }, data: { finishedAt } });
}

export async function moveScan(db: Db, id: string, knownUntil: KnownUntil): Promise<void> {
  const data = { leadsUntil: knownUntil.Lead, contactsUntil: knownUntil.Contact };
  await db.orgScan.updateMany({ where: { id }, data });
}

/** Adds records, in one statement however many they are; those that are there already get what is given. */
export async function putScanned(db: Db, scanId: string, records: readonly ScannedRecord[]): Promise<void> {
  if (records.length === 0) return;
  // Each once: what is told twice is told the same.
  const rows = [...new Map(records.map((record) => [record.recordId, record])).values()];
  await db.$executeRaw`
    INSERT INTO "ScannedRecord" ("scanId", "recordId", object, address, stamp)
    SELECT ${scanId}::uuid, given."recordId", given.object::"RecordObject", given.address, given.stamp
    FROM unnest(
      ${rows.map(({ recordId }) => recordId)}::text[], ${rows.map(({ object }) => objectOf[object])}::text[],
      ${rows.map(({ address }) => address)}::text[], ${rows.map(({ stamp }) => stamp)}::timestamptz[]
    ) AS given("recordId", object, address, stamp)
    ON CONFLICT ("scanId", "recordId") DO UPDATE
    SET object = excluded.object, address = excluded.address, stamp = excluded.stamp`;
}

export async function deleteScanned(db: Db, scanId: string, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return;
  await db.$executeRaw`
    DELETE FROM "ScannedRecord" WHERE "scanId" = ${scanId}::uuid AND "recordId" = ANY(${[...recordIds]}::text[])`;
}

export async function countScanned(
  db: Db,
  scanId: string,
  object: SalesforceObject,
  { from, until }: { from: Date; until: Date },
): Promise<number> {
  const where = { scanId, object: objectOf[object], stamp: { gte: from, lt: until } };
  return db.scannedRecord.count({ where });
}

export async function findHolders(
  db: Db,
  scanId: string,
  addresses: readonly string[],
): Promise<ScannedRecord[]> {
  if (addresses.length === 0) return [];
  const rows = await db.$queryRaw<
    { recordId: string; object: keyof typeof sObjectOf; address: string; stamp: Date }[]
  >`
    SELECT "recordId", object::text AS object, address, stamp FROM "ScannedRecord"
    WHERE "scanId" = ${scanId}::uuid AND address = ANY(${[...addresses]}::text[])`;
  return rows.map((row) => ({ ...row, object: sObjectOf[row.object] }));
}

export async function deleteScan(db: Db, runId: string): Promise<void> {
  await db.orgScan.deleteMany({ where: { runId } });
}

export async function countLinked(db: Db, { workspaceId, orgId }: Scope): Promise<number> {
  return db.link.count({ where: { workspaceId, orgId, endedAt: null } });
}

export async function countDone(db: Db, runId: string): Promise<number> {
  return (await db.run.findUnique({ where: { id: runId }, select: { processed: true } }))?.processed ?? 0;
}
