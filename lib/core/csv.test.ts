import { expect, it } from 'vitest';
import { type CsvRows, csvFile, csvResponse } from './csv.ts';
import { fail, ok, type Result } from './result.ts';

async function* piecesOf(...pieces: Result<CsvRows>[]): AsyncGenerator<Result<CsvRows>, void> {
  yield* pieces;
}

const textOf = async (...pieces: Result<CsvRows>[]) => {
  const file = await csvFile(['name', 'count'], piecesOf(...pieces));
  if (!file.ok) return file.failure.code;
  const bytes = new Uint8Array(await csvResponse('people.csv')(file.value).arrayBuffer());
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
};

it('has a mark, a head and all pieces, also empty ones', async () => {
  expect(await textOf(ok([['Åsa', 1]]), ok([]), ok([['Bo, junior', null]]))).toBe(
    '\uFEFFname,count\r\nÅsa,1\r\n"Bo, junior",\r\n',
  );
  expect(await textOf()).toBe('\uFEFFname,count\r\n');
});

it('holds no formula', async () => {
  expect(await textOf(ok([['=1+1', 2]]))).toContain("'=1+1,2");
});

it('fails as the first piece does, and breaks off at a later one', async () => {
  expect(await textOf(fail({ code: 'not_found' }))).toBe('not_found');
  await expect(textOf(ok([['Åsa', 1]]), fail({ code: 'not_found' }))).rejects.toThrow('not_found');
});

it('reads no further when nobody waits for it', async () => {
  let isOver = false;
  async function* endless(): AsyncGenerator<Result<CsvRows>, void> {
    try {
      for (;;) yield ok([['again', 1]]);
    } finally {
      isOver = true;
    }
  }
  const file = await csvFile(['name'], endless());
  if (!file.ok) throw new Error(file.failure.code);
  await file.value.cancel();
  expect(isOver).toBe(true);
});
