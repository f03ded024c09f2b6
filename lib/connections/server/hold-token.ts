import type { TokenSupplier } from '#lib/crm/ports.ts';

type Supplied = ReturnType<TokenSupplier>;
type Held = { since: number; answer: Supplied };

/** So long a token is used again without a look at the connection, by calls that only read. */
const holdMs = 1_000;

/**
 * Keeps what a supplier gives for a second, so that a run of reads costs one look at the connection. Before a
 * change the connection is always looked at anew: whoever disconnects, or connects another account, is heeded
 * from the next write on. A token that the CRM refused is never given again, nor is a failure kept.
 */
export function holdToken(
  supplier: TokenSupplier,
  time: () => number = () => performance.now(),
): TokenSupplier {
  let held: Held | null = null;
  const ask = (rejected?: string): Supplied => {
    const asked: Held = { since: time(), answer: supplier(rejected) };
    held = asked;
    const forget = () => {
      if (held === asked) held = null;
    };
    asked.answer.then((answer) => {
      if (!answer.ok) forget();
    }, forget);
    return asked.answer;
  };
  return async (rejected, forChange = false) => {
    if (rejected !== undefined || forChange) return ask(rejected);
    return held && time() - held.since < holdMs ? held.answer : ask();
  };
}
