import { type Db, db } from './db.ts';

/** The time of the database, the only clock that rules and queries use: all machines share it. */
export async function now(on: Db = db()): Promise<Date> {
  const [row] = await on.$queryRaw<{ now: Date }[]>`SELECT app_now() AS now`;
  if (!row) throw new Error('The database told no time.');
  return row.now;
}
