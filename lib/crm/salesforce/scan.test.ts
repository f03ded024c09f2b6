import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Request, Send } from './http.ts';
import { queryInBulk } from './scan.ts';

const row = z.object({ Id: z.string() }).catchall(z.unknown());

/** Salesforce with so many rows of such a length; notes how many rows were asked for. */
function answering(rows: number, length: number): { send: Send; asked: number[] } {
  const asked: number[] = [];
  const line = (at: number) => `"${at}","${'x'.repeat(length)}"`;
  const answerTo = ({ method, path }: Request<unknown>): unknown => {
    if (method === 'POST') return { id: 'job' };
    if (!path.includes('/results')) return { state: 'JobComplete' };
    const query = new URLSearchParams(path.split('?')[1]);
    const [from, most] = [Number(query.get('locator') ?? 0), Number(query.get('maxRecords'))];
    asked.push(most);
    const until = Math.min(from + most, rows);
    const lines = Array.from({ length: until - from }, (_, at) => line(from + at));
    return { text: ['"Id","Text"', ...lines].join('\n'), locator: until < rows ? String(until) : 'null' };
  };
  const send: Send = async (request) => ({ ok: true, value: request.answer.parse(answerTo(request)) });
  return { send, asked };
}

async function read({ send }: { send: Send }, rowsFirst: number): Promise<number> {
  let rows = 0;
  const query = { operation: 'query' as const, soql: 'SELECT Id FROM Lead', rowsFirst, row };
  for await (const piece of queryInBulk(send, query)) rows += piece.ok ? piece.value.length : 0;
  return rows;
}

describe('the pages of a Bulk query', () => {
  it('are as large as they may be once it is known how long the rows are', async () => {
    const salesforce = answering(60_000, 100);
    expect(await read(salesforce, 1_000)).toBe(60_000);
    expect(salesforce.asked).toEqual([1_000, 50_000, 50_000]);
  });

  it('have the fewer rows the longer these are', async () => {
    const salesforce = answering(450, 100_000);
    expect(await read(salesforce, 50)).toBe(450);
    expect(salesforce.asked).toEqual([50, 200, 200]);
  });
});
