import { describe, expect, it } from 'vitest';
import type { Send } from './http.ts';
import { readingCalls } from './reading.ts';

type Body = { ids: string[] };
type Part = { referenceId: string; url: string; body: Body };

const idOf = (at: number) => `00Q0000000${String(at).padStart(5, '0')}AAA`;
const rowOf = (Id: string) => {
  const at = '2026-01-01T00:00:00.000+0000';
  return { Id, LastModifiedDate: at, LastModifiedById: '005', SystemModstamp: at, LastName: Id };
};

/** An org that reads by parts of a Composite, all but those of `fails`. */
function orgOf(fails: (part: number) => boolean): { send: Send; calls: string[] } {
  const calls: string[] = [];
  const send: Send = async ({ path, body, answer }) => {
    calls.push(path);
    if (path !== '/composite') return { ok: true, value: answer.parse((body as Body).ids.map(rowOf)) };
    const { compositeRequest } = body as { compositeRequest: Part[] };
    const compositeResponse = compositeRequest.map((part, at) =>
      fails(at)
        ? { httpStatusCode: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION' }] }
        : { httpStatusCode: 200, body: part.body.ids.map(rowOf) },
    );
    return { ok: true, value: answer.parse({ compositeResponse }) };
  };
  return { send, calls };
}

const read = async (send: Send, count: number): Promise<(string | undefined)[]> => {
  const ids = Array.from({ length: count }, (_, at) => idOf(at));
  const answer = await readingCalls(send).readRecords('Lead', ids, ['LastName']);
  return answer.ok ? answer.value.map((record) => record?.id) : [answer.failure.kind];
};
const all = (count: number) => Array.from({ length: count }, (_, at) => idOf(at));
const alone = '/composite/sobjects/Lead';

describe('reading records by their ids', () => {
  it.each([
    ['a few alone', 2_000, [alone]],
    ['many by parts of one call', 2_001, ['/composite']],
    ['as many as a call takes', 10_000, ['/composite']],
    ['more by two calls', 10_001, ['/composite', alone]],
  ])('takes %s', async (_, count, calls) => {
    const org = orgOf(() => false);
    expect(await read(org.send, count)).toEqual(all(count));
    expect(org.calls).toEqual(calls);
  });

  it('reads alone what a part could not', async () => {
    const org = orgOf((part) => part === 1);
    expect(await read(org.send, 5_000)).toEqual(all(5_000));
    expect(org.calls).toEqual(['/composite', alone]);
  });
});
