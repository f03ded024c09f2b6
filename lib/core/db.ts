import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '#prisma/generated/client.ts';
import { env } from './env.ts';
import { withLargeValues } from './large-values.ts';

/** Either the pool or a transaction of it: what a repository works on. */
export type Db = Omit<
  PrismaClient,
  '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'
>;

/** A piece of a statement, for those that share it. */
export type Sql = Prisma.Sql;
export const { sql } = Prisma;

// Next.js evaluates modules more than once in development; one pool must serve them all.
const shared = globalThis as { segbridgeDb?: PrismaClient };

/** The process's one connection pool, opened at first use. */
export function db(): PrismaClient {
  shared.segbridgeDb ??= new PrismaClient({
    adapter: withLargeValues(new PrismaPg({ connectionString: env().DATABASE_URL })),
    // Other formats print whole arguments, with addresses and sealed tokens, into the log.
    errorFormat: 'minimal',
  });
  return shared.segbridgeDb;
}

/** Runs `work` in one transaction: all of it happens, or nothing. It must not call a CRM. */
export function inTransaction<T>(work: (tx: Db) => Promise<T>): Promise<T> {
  return db().$transaction((tx) => work(tx), { timeout: 20_000, maxWait: 20_000 });
}

export async function closeDb(): Promise<void> {
  await shared.segbridgeDb?.$disconnect();
  delete shared.segbridgeDb;
}
