import { z } from 'zod';
import type { CrmResult } from '../failure.ts';
import { answerFailure } from './failure.ts';
import { apiVersion, type Send } from './http.ts';

/** Reads a path below `/services/data/v66.0` and checks the answer. */
export type Read = <T>(path: string, answer: z.ZodType<T>) => Promise<CrmResult<T>>;

type Waiting = {
  path: string;
  take(part: Part): void;
  fail(failure: CrmResult<never>): void;
  alone(): void;
  reject(error: unknown): void;
};
type Part = { httpStatusCode: number; body?: unknown };

const answers = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown() })),
});

/**
 * Reads what is asked for in one turn of the event loop by one call: a Composite takes descriptions and up to five
 * queries, and counts once. What is asked for alone goes as it is.
 */
export function readTogether(send: Send): Read {
  let waiting: Waiting[] = [];
  const flush = () => {
    const asked = waiting;
    waiting = [];
    if (asked.length === 1) asked[0]?.alone();
    else
      askTogether(send, asked).catch((error: unknown) => {
        for (const each of asked) each.reject(error);
      });
  };
  return <T>(path: string, answer: z.ZodType<T>) =>
    new Promise<CrmResult<T>>((resolve, reject) => {
      if (waiting.length === 0) queueMicrotask(flush);
      waiting.push({
        ...{ path, reject, fail: resolve },
        take: (part) => resolve(checked(path, part, answer)),
        alone: () => void send({ method: 'GET', path, answer }).then(resolve, reject),
      });
    });
}

async function askTogether(send: Send, asked: readonly Waiting[]): Promise<void> {
  const compositeRequest = asked.map(({ path }, at) => ({
    method: 'GET',
    url: `/services/data/v${apiVersion}${path}`,
    referenceId: `read${at}`,
  }));
  const body = { allOrNone: false, compositeRequest };
  const answer = await send({ method: 'POST', path: '/composite', body, answer: answers });
  for (const [at, each] of asked.entries()) {
    if (answer.ok) each.take(answer.value.compositeResponse[at] ?? { httpStatusCode: 500 });
    else each.fail(answer);
  }
}

function checked<T>(path: string, { httpStatusCode, body }: Part, answer: z.ZodType<T>): CrmResult<T> {
  if (httpStatusCode >= 300) return { ok: false, failure: answerFailure(httpStatusCode, body, false) };
  const parsed = answer.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const where = path.split('?')[0];
  const message = `Salesforce answered ${where} in an unknown form (${issue?.path.join('.')}: ${issue?.message}).`;
  return { ok: false, failure: { kind: 'unavailable', message, maybeDone: false } };
}
