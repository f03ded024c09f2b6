/**
 * A history as short as possible that still goes wrong: ever smaller parts are left out for as long as the
 * rest goes wrong too. Takes at most `limit` tries.
 */
export async function shrink<T>(
  steps: readonly T[],
  goesWrong: (steps: readonly T[]) => Promise<boolean>,
  limit = 400,
): Promise<T[]> {
  let kept = [...steps];
  let tries = 0;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length && tries < limit; ) {
      const rest = [...kept.slice(0, at), ...kept.slice(at + size)];
      tries += 1;
      if (await goesWrong(rest)) kept = rest;
      else at += size;
    }
  }
  return kept;
}
