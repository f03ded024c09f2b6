import { type Failure, type FailureCode, failureStatus } from './failures.ts';

/** RFC 9457, with our stable `code`. The browser shows `detail` as it is: it is in the reader's language. */
export type Problem = {
  type: 'about:blank';
  status: number;
  code: FailureCode;
  detail: string;
  fields?: { path: string; message: string }[];
  current?: unknown;
  reference?: string;
};

export type Translate = (code: FailureCode, values?: Record<string, string | number>) => string;

export function toProblem(failure: Failure, translate: Translate): Problem {
  const { code, values, ...rest } = failure;
  return {
    type: 'about:blank',
    status: failureStatus[code],
    code,
    detail: translate(code, { reference: failure.reference ?? '', ...values }),
    ...rest,
  };
}

export function problemResponse(failure: Failure, translate: Translate): Response {
  const problem = toProblem(failure, translate);
  return Response.json(problem, {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}
