import type { Db } from '#lib/core/db.ts';
import { jsonOf } from '#lib/core/large-values.ts';
import { keyOfSeen, packSeen, unpackSeen } from '../kept-seen.ts';
import type { SeenFields } from '../seen.ts';
import type { Side } from '../shadow.ts';
import type { ConflictRow, Scope, Seen } from '../store.ts';

const crmOf = { hubspot: 'HUBSPOT', salesforce: 'SALESFORCE' } as const;

/** What was seen of these contacts or records, by id. */
export async function findSeen(
  db: Db,
  scope: Scope,
  side: Side,
  ids: readonly string[],
): Promise<Map<string, Seen>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: string; fields: unknown; modifiedAt: Date | null }[]>`
    SELECT id, fields, "modifiedAt" FROM "Seen"
    WHERE "workspaceId" = ${scope.workspaceId}::uuid AND "orgId" = ${scope.orgId}
      AND side = ${crmOf[side]}::"Crm" AND id = ANY(${[...ids]}::text[])`;
  const forms = await findForms(db, scope.workspaceId, rows);
  return new Map(rows.map((row) => [row.id, { ...row, fields: unpackSeen(row.fields, forms) }]));
}

/** Lists of names never change: whatever has their key is them. */
const known = new Map<string, readonly string[]>();
const mostKnown = 1_000;

/** The names of what is seen, by the keys of these rows. */
async function findForms(
  db: Db,
  workspaceId: string,
  rows: readonly { fields: unknown }[],
): Promise<(key: string) => readonly string[]> {
  const keys = new Set(rows.flatMap(({ fields }) => keyOfSeen(fields) ?? []));
  const forms = new Map([...keys].map((key) => [key, known.get(key)]));
  const wanted = [...keys].filter((key) => !forms.get(key));
  const found =
    wanted.length > 0 ? await db.seenForm.findMany({ where: { workspaceId, key: { in: wanted } } }) : [];
  if (known.size + found.length > mostKnown) known.clear();
  for (const { key, names } of found) {
    forms.set(key, names);
    known.set(key, names);
  }
  return (key) => {
    const names = forms.get(key);
    if (!names) throw new Error(`No names are known for what is seen as ${key}.`);
    return names;
  };
}

/** What was seen of one contact or record, by the names of its fields. */
export async function readSeen(db: Db, workspaceId: string, fields: unknown): Promise<SeenFields> {
  return unpackSeen(fields, await findForms(db, workspaceId, [{ fields }]));
}

/** Stores what is seen now, in the caller's transaction. */
export async function storeSeen(
  tx: Db,
  scope: Scope,
  side: Side,
  rows: readonly Seen[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const sorted = [...new Map(rows.map((row) => [row.id, row])).values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  const forms = new Map<string, string[]>();
  const packed = sorted.map((row) => {
    const { names, row: fields } = packSeen(row.fields);
    forms.set(fields.f, names);
    return { ...row, fields };
  });
  const lists = [...forms].map(([key, names]) => ({ key, names }));
  await tx.$executeRaw`
    WITH forms AS (
      INSERT INTO "SeenForm" ("workspaceId", key, names)
      SELECT ${scope.workspaceId}::uuid, key, names
      FROM jsonb_to_recordset(${JSON.stringify(lists)}::jsonb) AS given(key text, names text[]) ORDER BY key
      ON CONFLICT DO NOTHING
    )
    INSERT INTO "Seen" ("workspaceId", "orgId", side, id, fields, "modifiedAt", at)
    SELECT ${scope.workspaceId}::uuid, ${scope.orgId}, ${crmOf[side]}::"Crm", given.id, given.fields,
      given."modifiedAt", ${at}
    FROM jsonb_to_recordset(${jsonOf(packed)}::jsonb)
      AS given(id text, fields jsonb, "modifiedAt" timestamptz)
    ON CONFLICT ("workspaceId", "orgId", side, id) DO UPDATE
      SET fields = excluded.fields,
        "modifiedAt" = coalesce(excluded."modifiedAt", "Seen"."modifiedAt"), at = excluded.at`;
}

export async function deleteSeen(tx: Db, scope: Scope, side: Side, ids: readonly string[]): Promise<void> {
  await tx.seen.deleteMany({ where: { ...scope, side: crmOf[side], id: { in: [...ids] } } });
}

export async function insertConflicts(
  tx: Db,
  scope: Scope,
  runId: string,
  rows: readonly ConflictRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const data = rows.map((row) => ({ ...scope, ...row, runId, winner: crmOf[row.winner] }));
  await tx.conflict.createMany({ data });
}

/** These contacts, and those whose links they took over when HubSpot merged them. */
async function withFormerIds(
  tx: Db,
  { workspaceId, orgId }: Scope,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE known AS (
      SELECT unnest(${[...ids]}::text[]) AS id
      UNION
      SELECT link."contactId" FROM "Link" link JOIN known ON link."mergedInto" = known.id
      WHERE link."workspaceId" = ${workspaceId}::uuid AND link."orgId" = ${orgId}
    ) SELECT id FROM known`;
  return rows.map(({ id }) => id);
}

/**
 * Forgets every value of these contacts and of their records, under the ids that HubSpot merged into them too; of the
 * links the two ids stay. Answers all these ids.
 */
export async function eraseContacts(
  tx: Db,
  scope: Scope,
  erased: readonly string[],
  at: Date,
): Promise<string[]> {
  const contactIds = await withFormerIds(tx, scope, erased);
  const contacts = { ...scope, contactId: { in: [...contactIds] } };
  const links = await tx.link.findMany({ where: contacts, select: { recordId: true } });
  await deleteSeen(tx, scope, 'hubspot', contactIds);
  await deleteSeen(
    tx,
    scope,
    'salesforce',
    links.map(({ recordId }) => recordId),
  );
  await tx.conflict.deleteMany({ where: contacts });
  const { workspaceId } = scope;
  await tx.importPerson.deleteMany({
    where: {
      workspaceId,
      OR: [
        { contactId: { in: [...contactIds] } },
        { recordId: { in: links.map(({ recordId }) => recordId) } },
      ],
    },
  });
  await tx.intent.deleteMany({ where: { ...contacts, state: { not: 'OPEN' } } });
  await tx.outcome.deleteMany({
    where: { workspaceId: scope.workspaceId, contactId: { in: [...contactIds] } },
  });
  await tx.link.updateMany({
    where: { ...contacts, endedAt: null },
    data: { endedAt: at, endCause: 'privacy_deleted' },
  });
  await tx.$executeRaw`
    UPDATE "Link" SET shadow = '{}', "fieldMemory" = '{}', intended = NULL, "endCause" = 'privacy_deleted'
    WHERE "workspaceId" = ${scope.workspaceId}::uuid AND "orgId" = ${scope.orgId}
      AND "contactId" = ANY(${[...contactIds]}::text[])`;
  return contactIds;
}
