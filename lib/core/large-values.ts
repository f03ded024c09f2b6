import { randomUUID } from 'node:crypto';
import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  SqlQueryable,
} from '@prisma/driver-adapter-utils';

// Prisma writes the parameters of a statement as JSON and reads them again before they are sent. For rows by the
// hundred, which are one text of JSON already, that costs more than everything else that is done with them.

/** Shorter texts cost less than to be kept aside. */
const leastLength = 10_000;
/** A statement that was never sent leaves its text here: longer than any transaction it is not kept. */
const keptMs = 60_000;

const mark = `large:${randomUUID()}:`;
const kept = new Map<string, { text: string; since: number }>();
let count = 0;

/** Rows as one parameter of a raw statement, in JSON; it is good for one statement. */
export function jsonOf(rows: readonly unknown[]): string {
  const text = JSON.stringify(rows);
  if (text.length < leastLength) return text;
  forgetOld();
  count += 1;
  const name = `${mark}${count}`;
  kept.set(name, { text, since: performance.now() });
  return name;
}

function forgetOld(): void {
  const before = performance.now() - keptMs;
  for (const [name, { since }] of kept) {
    if (since >= before) return;
    kept.delete(name);
  }
}

/** An adapter that sends the texts which were kept aside. */
export function withLargeValues(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
  const { provider, adapterName } = factory;
  return { provider, adapterName, connect: async () => sendingTransactions(await factory.connect()) };
}

function sendingTransactions(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const start = adapter.startTransaction.bind(adapter);
  return Object.assign(sending(adapter), {
    startTransaction: async (level?: Parameters<typeof start>[0]) => sending(await start(level)),
  });
}

function sending<T extends SqlQueryable>(queryable: T): T {
  const execute = queryable.executeRaw.bind(queryable);
  const query = queryable.queryRaw.bind(queryable);
  return Object.assign(queryable, {
    executeRaw: (statement: SqlQuery) => execute(whole(statement)),
    queryRaw: (statement: SqlQuery) => query(whole(statement)),
  });
}

function whole(statement: SqlQuery): SqlQuery {
  if (!statement.args.some(isKept)) return statement;
  return { ...statement, args: statement.args.map((value) => (isKept(value) ? take(value) : value)) };
}

function isKept(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith(mark);
}

function take(name: string): string {
  const value = kept.get(name);
  if (!value) throw new Error('A large value was sent twice, or too late.');
  kept.delete(name);
  return value.text;
}
