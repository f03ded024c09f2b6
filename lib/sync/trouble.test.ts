import { describe, expect, it } from 'vitest';
import { pauseMs, troubleOf } from './trouble.ts';

describe('8: retries of whole calls', () => {
  const unavailable = { kind: 'unavailable' as const, message: 'No answer.', maybeDone: false };

  it('8: pauses grow with every failure in a row, up to ten minutes', () => {
    const pauses = Array.from({ length: 12 }, (_, troubles) => pauseMs(troubles));
    expect(pauses.slice(0, 4)).toEqual([5_000, 10_000, 20_000, 40_000]);
    expect(pauses.at(-1)).toBe(600_000);
    expect(troubleOf('salesforce', unavailable, 3)).toMatchObject({
      ...{ reason: 'salesforce_unavailable', waitMs: 40_000 },
    });
  });

  it('8: what the vendor says of a pause is respected, a used-up day waits for longer', () => {
    const limited = { kind: 'rateLimited' as const, retryAfterMs: 12_000, daily: false };
    expect(troubleOf('hubspot', limited, 5)).toEqual({ reason: 'hubspot_rate_limited', waitMs: 12_000 });
    expect(troubleOf('hubspot', { ...limited, daily: true }, 0).waitMs).toBe(15 * 60_000);
  });

  it('8: what does not pass by itself ends the run with its code', () => {
    const refused = {
      ...{ kind: 'rejected' as const, category: 'permissions' as const, code: 'INVALID_FIELD' },
      ...{ fields: [], message: '' },
    };
    expect(troubleOf('salesforce', refused, 0)).toEqual({
      ...{ reason: 'salesforce_refused', waitMs: null, detail: 'INVALID_FIELD' },
    });
  });
});
