import type { CrmResult } from '#lib/crm/failure.ts';
import type { CrmAccess, TokenSupplier } from '#lib/crm/ports.ts';

/** What a test expects to succeed; fails with the failure's kind. */
export function expectValue<T>(result: CrmResult<T>): T {
  if (!result.ok) throw new Error(`The CRM failed: ${JSON.stringify(result.failure)}`);
  return result.value;
}

export type RecordedAccess = CrmAccess & {
  /** Which tokens the port said were refused, in order. */
  rejected: string[];
  calls: () => number;
};

/** Access with one token after the other: the next one whenever the last was refused. */
export function accessWith(
  apiUrl: string,
  tokens: string[],
  options: Partial<CrmAccess> = {},
): RecordedAccess {
  const rejected: string[] = [];
  let calls = 0;
  const token: TokenSupplier = async (refused) => {
    if (refused !== undefined) rejected.push(refused);
    const accessToken = tokens[Math.min(rejected.length, tokens.length - 1)] ?? '';
    return { ok: true, value: { accessToken, apiUrl } };
  };
  const onCall = (_crm: string, made: number) => {
    calls += made;
  };
  return { token, onCall, rejected, calls: () => calls, ...options };
}
