import { describe, expect, it } from 'vitest';
import { readPieces, writePieces, writeTogether } from './batches.ts';
import type { CrmFailure, CrmResult } from './failure.ts';

const lost: CrmFailure = { kind: 'authLost' };
const maybe: CrmFailure = { kind: 'unavailable', message: 'cut', maybeDone: true };
const done = (piece: number[]): CrmResult<CrmResult<string>[]> => ({
  ok: true,
  value: piece.map((each) => ({ ok: true, value: `${each}` })),
});
const told = (outcomes: CrmResult<string>[]) =>
  outcomes.map((each) => (each.ok ? each.value : each.failure.kind));

describe('readPieces', () => {
  it('joins answers in the order asked, whichever comes first', async () => {
    const order: number[] = [];
    const answer = await readPieces([3, 1, 2], async (piece) => {
      for (let turn = 0; turn < piece; turn++) await Promise.resolve();
      order.push(piece);
      return { ok: true, value: piece };
    });
    expect(answer).toEqual({ ok: true, value: [3, 1, 2] });
    expect(order).toEqual([1, 2, 3]);
  });

  it('asks nothing more after a failure', async () => {
    const asked: number[] = [];
    const read = async (piece: number): Promise<CrmResult<number>> => {
      asked.push(piece);
      return piece === 2 ? { ok: false, failure: lost } : { ok: true, value: piece };
    };
    expect(await readPieces([1, 2, 3, 4], read, 1)).toEqual({ ok: false, failure: lost });
    expect(asked).toEqual([1, 2]);
  });
});

describe('writePieces', () => {
  it('fails as a whole only while nothing was written', async () => {
    expect(await writePieces([[1], [2]], async () => ({ ok: false, failure: lost }))).toEqual({
      ok: false,
      failure: lost,
    });
  });

  it('keeps what was written, and sends nothing more once the connection is lost', async () => {
    const sent: number[][] = [];
    const answer = await writePieces([[1, 2], [3], [4]], async (piece) => {
      sent.push(piece);
      return piece[0] === 3 ? { ok: false, failure: lost } : done(piece);
    });
    expect(answer.ok && told(answer.value)).toEqual(['1', '2', 'authLost', 'authLost']);
    expect(sent).toEqual([[1, 2], [3]]);
  });

  it('goes on after an answer that was cut, whose inputs may be written', async () => {
    const answer = await writePieces([[1], [2]], async (piece) =>
      piece[0] === 1 ? { ok: false, failure: maybe } : done(piece),
    );
    expect(answer.ok && told(answer.value)).toEqual(['unavailable', '2']);
  });
});

describe('writeTogether', () => {
  it('answers in order, whatever comes first', async () => {
    const answer = await writeTogether([[1, 2], [3], [4]], async (piece) => {
      for (let turn = 10; turn > (piece[0] ?? 0); turn--) await Promise.resolve();
      return done(piece);
    });
    expect(answer.ok && told(answer.value)).toEqual(['1', '2', '3', '4']);
  });

  it('fails as a whole only while nothing was written', async () => {
    const write = async () => ({ ok: false as const, failure: lost });
    expect(await writeTogether([[1], [2]], write)).toEqual({ ok: false, failure: lost });
    const cut = await writeTogether<number, string>([[1], [2], [3]], async (piece) =>
      piece[0] === 2 ? { ok: false, failure: maybe } : { ok: false, failure: lost },
    );
    expect(cut.ok && told(cut.value)).toEqual(['authLost', 'unavailable', 'authLost']);
  });

  it('keeps what was written, and sends nothing more once the connection is lost', async () => {
    const sent: number[] = [];
    const write = async (piece: number[]) => {
      sent.push(...piece);
      return piece[0] === 2 ? { ok: false as const, failure: lost } : done(piece);
    };
    const answer = await writeTogether([[1], [2], [3], [4]], write, 2);
    expect(answer.ok && told(answer.value).slice(0, 2)).toEqual(['1', 'authLost']);
    expect(answer.ok && told(answer.value).at(-1)).toBe('authLost');
    expect(sent).not.toContain(4);
  });
});
