import { now } from '#lib/core/clock.ts';
import type { Db } from '#lib/core/db.ts';
import { shortId } from '#lib/core/short-id.ts';
import { defaultMappings } from '../default-mappings.ts';
import { type StoredMapping, storedMappingSchema } from '../schemas.ts';

export async function createDefaultMappings(db: Db, workspaceId: string, at: Date): Promise<void> {
  await db.mapping.createMany({
    data: defaultMappings.map((mapping, position) => ({
      ...mapping,
      workspaceId,
      // Their order is that of the table, wherever mappings are listed by age.
      createdAt: new Date(at.getTime() + position),
      rule: 'PREFER_SALESFORCE' as const,
      isDefault: true,
    })),
  });
}

/** Serialises those who change settings or mappings of one workspace at the same moment. */
export async function lockWorkspace(db: Db, workspaceId: string): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM "Workspace" WHERE id = ${workspaceId}::uuid FOR NO KEY UPDATE`;
}

export function countDefaultMappings(db: Db, workspaceId: string): Promise<number> {
  return db.mapping.count({ where: { workspaceId, isDefault: true } });
}

export function findMappings(db: Db, workspaceId: string) {
  return db.mapping.findMany({ where: { workspaceId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
}
export type MappingRow = Awaited<ReturnType<typeof findMappings>>[number];

export function toStored(row: MappingRow): StoredMapping {
  const { id, hubspotProperty, leadField, contactField, rule, direction, isDefault } = row;
  const createdAt = row.createdAt.toISOString();
  return { id, hubspotProperty, leadField, contactField, rule, direction, isDefault, createdAt };
}

export async function putMapping(
  tx: Db,
  workspaceId: string,
  { id, ...mapping }: StoredMapping,
  version: number,
): Promise<void> {
  const data = { ...mapping, version };
  await tx.mapping.upsert({ where: { id }, create: { ...data, id, workspaceId }, update: data });
}

export async function deleteMapping(tx: Db, workspaceId: string, id: string): Promise<void> {
  await tx.mapping.deleteMany({ where: { workspaceId, id } });
}

/**
 * What links remember of a mapping is forgotten: agreements, failures, writes under way. What such a write may have
 * overwritten goes into the conflict log, for nobody will know any more whether it has arrived.
 */
export async function dropMemory(
  tx: Db,
  workspaceId: string,
  mapping: Pick<StoredMapping, 'id' | 'hubspotProperty' | 'leadField' | 'contactField'>,
  objects: readonly ('LEAD' | 'CONTACT')[],
): Promise<void> {
  const { id: mappingId, hubspotProperty, leadField, contactField } = mapping;
  const short = shortId(mappingId);
  await tx.$executeRaw`
    INSERT INTO "Conflict" (id, "workspaceId", "orgId", "contactId", "recordId", "mappingId", property, field,
      "hubspotValue", "salesforceValue", "hubspotAt", "salesforceAt", winner, at)
    SELECT gen_random_uuid(), link."workspaceId", link."orgId", link."contactId", link."recordId",
      ${mappingId}::uuid, ${hubspotProperty},
      COALESCE(CASE link.object WHEN 'LEAD' THEN ${leadField}::text ELSE ${contactField}::text END, ''),
      CASE pair ->> 'to' WHEN 'hubspot' THEN pair -> 'conflict' ->> 'lost' ELSE pair ->> 'h' END,
      CASE pair ->> 'to' WHEN 'hubspot' THEN pair ->> 's' ELSE pair -> 'conflict' ->> 'lost' END,
      (pair -> 'conflict' ->> 'hubspotAt')::timestamptz, (pair -> 'conflict' ->> 'salesforceAt')::timestamptz,
      (CASE pair ->> 'to' WHEN 'hubspot' THEN 'SALESFORCE' ELSE 'HUBSPOT' END)::"Crm", ${await now(tx)}
    FROM "Link" link CROSS JOIN LATERAL (SELECT link.intended -> ${mappingId}::text AS pair) AS under_way
    WHERE link."workspaceId" = ${workspaceId}::uuid AND link.object::text = ANY(${[...objects]})
      AND pair -> 'conflict' IS NOT NULL`;
  await tx.$executeRaw`
    UPDATE "Link"
    SET shadow = shadow - ${[mappingId, short]}::text[], "fieldMemory" = "fieldMemory" - ${mappingId}::text,
        intended = intended - ${mappingId}::text
    WHERE "workspaceId" = ${workspaceId}::uuid AND object::text = ANY(${[...objects]})
      AND (shadow ?| ${[mappingId, short]}::text[] OR "fieldMemory" ? ${mappingId}::text OR intended ? ${mappingId}::text)`;
}

// ---------------------------------------------------------------- versions

export async function newestVersion(db: Db, workspaceId: string) {
  const row = await db.settingsVersion.findFirst({ where: { workspaceId }, orderBy: { version: 'desc' } });
  return { version: row?.version ?? 0, values: row?.values ?? {} };
}

export type VersionRow = {
  workspaceId: string;
  version: number;
  changedById: string;
  changedBy: string;
  changedAt: Date;
};
type Change = { mappingId: string; oldValue: StoredMapping | null; newValue: StoredMapping | null };

/** A version in which nothing but mappings changed: the settings' own values go on as they were. */
export async function insertMappingVersion(
  tx: Db,
  row: VersionRow & { values: unknown },
  change: Change,
): Promise<void> {
  const { workspaceId, version } = row;
  const oldValue = { value: change.oldValue };
  const values = row.values as object;
  await tx.settingsVersion.create({ data: { ...row, values, key: 'mapping', keys: ['mapping'], oldValue } });
  await insertChange(tx, workspaceId, version, change);
}

export async function insertChange(
  tx: Db,
  workspaceId: string,
  version: number,
  { mappingId, oldValue, newValue }: Change,
): Promise<void> {
  await tx.mappingChange.create({
    data: {
      workspaceId,
      version,
      mappingId,
      ...(oldValue ? { oldValue } : {}),
      ...(newValue ? { newValue } : {}),
    },
  });
}

const storedOrNull = storedMappingSchema.nullable();

export async function changesAfter(db: Db, workspaceId: string, version: number) {
  const rows = await db.mappingChange.findMany({ where: { workspaceId, version: { gt: version } } });
  return rows.map(({ version, mappingId, oldValue, newValue }) => ({
    version,
    mappingId,
    oldValue: storedOrNull.parse(oldValue),
    newValue: storedOrNull.parse(newValue),
  }));
}

/** The newest change of a mapping, or of any; with its time. */
export async function lastChange(db: Db, workspaceId: string, mappingId?: string) {
  const row = await db.mappingChange.findFirst({
    where: { workspaceId, ...(mappingId === undefined ? {} : { mappingId }) },
    orderBy: { version: 'desc' },
  });
  if (!row) return null;
  const version = await findVersion(db, workspaceId, row.version);
  return {
    mappingId: row.mappingId,
    oldValue: storedOrNull.parse(row.oldValue),
    newValue: storedOrNull.parse(row.newValue),
    changedAt: version.changedAt,
  };
}

function findVersion(db: Db, workspaceId: string, version: number) {
  return db.settingsVersion.findUniqueOrThrow({
    where: { workspaceId_version: { workspaceId, version } },
  });
}

/** Who made these versions, and when. */
export async function versionsByNumber(db: Db, workspaceId: string, versions: number[]) {
  const rows = await db.settingsVersion.findMany({
    where: { workspaceId, version: { in: versions } },
    select: { version: true, changedBy: true, changedAt: true },
  });
  return new Map(rows.map((row) => [row.version, row]));
}

// ---------------------------------------------------------------- errors

/**
 * Of how many people each mapping failed at last: it was refused for good, or the newest outcome of the
 * last 30 days says so.
 */
export async function countErrors(db: Db, workspaceId: string): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ mappingId: string; people: number }[]>`
    SELECT "mappingId", count(DISTINCT "contactId")::int AS people FROM (
      SELECT change->>'mappingId' AS "mappingId", o."contactId"
      FROM "Outcome" o, jsonb_array_elements(o.changes) change
      WHERE o."workspaceId" = ${workspaceId}::uuid AND o.at > app_now() - interval '30 days'
        AND o."contactId" IS NOT NULL AND o.changes @? '$[*].failure' AND change ? 'failure'
        AND NOT EXISTS (
          SELECT 1 FROM "Outcome" newer
          WHERE newer."workspaceId" = o."workspaceId" AND newer."contactId" = o."contactId"
            AND newer.at > o.at AND newer.result <> 'SKIPPED')
      UNION
      SELECT field.key, link."contactId"
      FROM "Link" link, jsonb_each(link."fieldMemory") field
      WHERE link."workspaceId" = ${workspaceId}::uuid AND link."endedAt" IS NULL
        AND link."fieldMemory" <> '{}' AND field.value ? 'refused'
    ) failing GROUP BY "mappingId"`;
  return new Map(rows.map(({ mappingId, people }) => [mappingId, people]));
}
