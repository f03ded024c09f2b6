import type { Db } from '#lib/core/db.ts';

// Claims live by the real clock, like the heartbeats of those who hold them.

/** Claims what nobody holds (any more); the keys that are the holder's now. Keys come sorted, each with its space. */
export async function insertClaims(
  db: Db,
  claim: { holder: string; workerId: string; keys: string[]; spaces: string[]; seconds: number },
): Promise<string[]> {
  const { holder, workerId, keys, spaces, seconds } = claim;
  const rows = await db.$queryRaw<{ key: string }[]>`
    INSERT INTO "Claim" ("orgId", key, holder, "workerId", "expiresAt")
    SELECT wanted.space, wanted.key, ${holder}::uuid, ${workerId}::uuid, now() + ${seconds}::int * interval '1 second'
    FROM unnest(${spaces}::text[], ${keys}::text[]) WITH ORDINALITY AS wanted(space, key, position) ORDER BY position
    ON CONFLICT ("orgId", key) DO UPDATE
      SET holder = excluded.holder, "workerId" = excluded."workerId", "expiresAt" = excluded."expiresAt"
      WHERE "Claim".holder = excluded.holder OR "Claim"."expiresAt" < now()
    RETURNING key`;
  return rows.map(({ key }) => key);
}

export function prolongClaims(db: Db, holder: string, seconds: number): Promise<number> {
  return db.$executeRaw`
    UPDATE "Claim" SET "expiresAt" = now() + ${seconds}::int * interval '1 second' WHERE holder = ${holder}::uuid`;
}

/** Gives back some keys, or all with null. */
export async function deleteClaims(db: Db, holder: string, keys: string[] | null): Promise<void> {
  if (keys === null) await db.claim.deleteMany({ where: { holder } });
  else
    await db.$executeRaw`DELETE FROM "Claim" WHERE holder = ${holder}::uuid AND key = ANY(${keys}::text[])`;
}

export async function deleteClaimsOfWorkers(db: Db, workerIds: string[]): Promise<void> {
  await db.claim.deleteMany({ where: { workerId: { in: workerIds } } });
}
