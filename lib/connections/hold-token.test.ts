import { describe, expect, it } from 'vitest';
import type { CrmResult } from '#lib/crm/failure.ts';
import { holdToken } from './server/hold-token.ts';

type Token = { accessToken: string; apiUrl: string };

/** A connection that can be changed, with a clock that can be moved and a count of the looks at it. */
function connection() {
  const state = { token: 'first' as string | null, at: 0, looks: 0 };
  const supplier = async (): Promise<CrmResult<Token>> => {
    state.looks += 1;
    if (state.token === null) return { ok: false, failure: { kind: 'authLost', notConnected: true } };
    return { ok: true, value: { accessToken: state.token, apiUrl: 'https://crm.example' } };
  };
  const held = holdToken(supplier, () => state.at);
  const given = async (rejected?: string, forChange?: boolean) => {
    const answer = await held(rejected, forChange);
    return answer.ok ? answer.value.accessToken : answer.failure.kind;
  };
  return { state, given };
}

describe('a token that is held', () => {
  it('serves many reads at once with one look, until a second has passed', async () => {
    const { state, given } = connection();
    expect(await Promise.all([given(), given(), given()])).toEqual(['first', 'first', 'first']);
    state.at = 999;
    expect(await given()).toBe('first');
    expect(state.looks).toBe(1);
    state.token = 'second';
    state.at = 1_000;
    expect(await given()).toBe('second');
    expect(state.looks).toBe(2);
  });

  it('is looked at anew before every change, which reads then follow', async () => {
    const { state, given } = connection();
    expect(await given()).toBe('first');
    state.token = 'second';
    expect(await given()).toBe('first');
    expect(await given(undefined, true)).toBe('second');
    expect(await given()).toBe('second');
    state.token = null;
    expect(await given(undefined, true)).toBe('authLost');
  });

  it('is given up once the CRM has refused it, and a failure is not kept', async () => {
    const { state, given } = connection();
    expect(await given()).toBe('first');
    state.token = null;
    expect(await given('first')).toBe('authLost');
    expect(await given()).toBe('authLost');
    state.token = 'second';
    expect(await given()).toBe('second');
    expect(state.looks).toBe(4);
  });
});
