/**
 * The same pages, of which the next one is read already while one is worked on. Nothing of it goes on once the reader
 * has turned away.
 */
export async function* readAhead<T>(pages: AsyncIterable<T>): AsyncGenerator<T, void> {
  const steps = pages[Symbol.asyncIterator]();
  let next = steps.next();
  try {
    for (;;) {
      const step = await next;
      if (step.done) return;
      next = steps.next();
      // Whoever comes for it hears of a failure, and so does the end; until then nobody listens.
      next.catch(() => undefined);
      yield step.value;
    }
  } finally {
    await Promise.allSettled([next]);
    await steps.return?.();
  }
}
