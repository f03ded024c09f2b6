import { describe, expect, it } from 'vitest';
import { addressCalls } from './addresses.ts';
import type { Send } from './http.ts';

type Body = { compositeRequest: { url: string; referenceId: string }[] };
type Page = { done: boolean; records: { Id: string }[] };

const idOf = (at: number) => `00Q0000000${String(at).padStart(5, '0')}AAA`;

/** An org with so many Leads that answers pages of a size of its own, and references where they are documented. */
function orgOf(leads: number, pageSize: number): { send: Send; urls: string[]; calls: () => number } {
  const urls: string[] = [];
  let calls = 0;
  const ids = Array.from({ length: leads }, (_, at) => idOf(at));
  const pageAfter = (after: string): Page => {
    const left = ids.filter((id) => id > after);
    const asked = left.slice(0, 2_000);
    return { done: asked.length <= pageSize, records: asked.slice(0, pageSize).map((Id) => ({ Id })) };
  };
  const answerOf = (url: string, answers: Map<string, Page>) => {
    const soql = new URLSearchParams(url.split('?')[1]).get('q') ?? '';
    if (soql.includes('COUNT()')) return { totalSize: 0 };
    if (soql.includes('FROM Contact')) return { done: true, records: [] };
    const [, after = ''] = /Id > '([^']*)'/.exec(soql) ?? [];
    const [, name = '', at = ''] = /^@\{(\w+)\.records\[(\d+)\]\.Id\}$/.exec(after) ?? [];
    if (name === '') return pageAfter(after);
    const found = answers.get(name)?.records[Number(at)];
    return found ? pageAfter(found.Id) : null;
  };
  const send: Send = async ({ body, answer }) => {
    calls += 1;
    const answers = new Map<string, Page>();
    const compositeResponse = (body as Body).compositeRequest.map(({ url, referenceId }) => {
      urls.push(url);
      const part = answerOf(url, answers);
      if (part === null) return { httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] };
      if (!('records' in part)) return { httpStatusCode: 200, body: part };
      answers.set(referenceId, part);
      const row = { Email: 'x', SystemModstamp: '2026-01-01T00:00:00.000+0000', IsDeleted: false };
      return {
        httpStatusCode: 200,
        body: { ...part, records: part.records.map((each) => ({ ...each, ...row })) },
      };
    });
    return { ok: true, value: answer.parse({ compositeResponse }) };
  };
  return { send, urls, calls: () => calls };
}

const span = { from: new Date(0), since: new Date(0), own: new Date(0) };
const read = async (send: Send): Promise<string[]> => {
  const answer = await addressCalls(send).changedAddresses({ Lead: span, Contact: span }, '005');
  return answer.ok ? answer.value.Lead.changed.map(({ id }) => id) : [answer.failure.kind];
};

describe('addresses of what changed', () => {
  it.each([
    ['one page', 300, 2_000, 1],
    ['a page that is just full', 2_000, 2_000, 2],
    ['as many as two calls take', 12_000, 2_000, 3],
    ['more', 12_001, 2_000, 3],
    ['pages smaller than asked', 1_100, 500, 3],
  ])('are all read, each once: %s', async (_, leads, pageSize, calls) => {
    const org = orgOf(leads, pageSize);
    expect(await read(org.send)).toEqual(Array.from({ length: leads }, (__, at) => idOf(at)));
    expect(org.calls()).toBe(calls);
  });

  it('ask by whole addresses: a reference stands only within one', async () => {
    const org = orgOf(12_001, 2_000);
    await read(org.send);
    expect(org.urls.filter((url) => url.includes('@{'))).not.toEqual([]);
    for (const url of org.urls) expect(url).toMatch(/^\/services\/data\/v66\.0\/query(All)?\?q=/);
  });
});
