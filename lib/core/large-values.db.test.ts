import { describe, expect, it } from 'vitest';
import { testDatabase } from '#lib/testing/database.ts';
import { db, inTransaction } from './db.ts';
import { jsonOf } from './large-values.ts';

testDatabase();

const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ at, text: `"Zoë" \\ ${at}\n`.repeat(20) }));

type Sum = { n: number; letters: number };
async function sumOf(on: Pick<ReturnType<typeof db>, '$queryRaw'>, json: string): Promise<Sum | undefined> {
  const rows = await on.$queryRaw<Sum[]>`
    SELECT count(*)::int AS n, sum(length(given.text))::int AS letters
    FROM jsonb_to_recordset(${json}::jsonb) AS given(at int, text text)`;
  return rows[0];
}
const expected = (rows: { text: string }[]): Sum => ({
  n: rows.length,
  letters: rows.reduce((sum, { text }) => sum + text.length, 0),
});

describe('rows as one parameter', () => {
  it('arrive as they are, few or many, in a transaction and outside', async () => {
    for (const count of [0, 1, 500]) {
      const rows = rowsOf(count);
      const wanted = count === 0 ? { n: 0, letters: null } : expected(rows);
      expect(await sumOf(db(), jsonOf(rows))).toEqual(wanted);
      expect(await inTransaction((tx) => sumOf(tx, jsonOf(rows)))).toEqual(wanted);
    }
  });

  it('are not mixed up where many are sent at once', async () => {
    const sizes = [300, 301, 302, 303, 304, 305];
    const sums = await Promise.all(sizes.map((size) => sumOf(db(), jsonOf(rowsOf(size)))));
    expect(sums).toEqual(sizes.map((size) => expected(rowsOf(size))));
  });

  it('are good for one statement', async () => {
    const json = jsonOf(rowsOf(500));
    await sumOf(db(), json);
    await expect(sumOf(db(), json)).rejects.toThrow();
  });
});
