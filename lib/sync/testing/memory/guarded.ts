import { chunk } from '#lib/core/chunk.ts';
import { writePieces } from '#lib/crm/batches.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import type { SetCallTime } from './call-time.ts';
import { type Faults, failureOfFault } from './faults.ts';
import { Dead, type Passage } from './passage.ts';
import type { SetRowFault } from './row-fault.ts';
import type { CrmName } from './trace.ts';

export type Guard = {
  crm: CrmName;
  passage: Passage;
  faults: Faults;
  rowFault: SetRowFault;
  callTime: SetCallTime;
  /** Items a write call takes: more of them are sent piece by piece. */
  pieceSize: number;
  onCall(method: string): void;
  /**
   * A write that was on its way when its sender died. Answers whether it still arrives some time later; then the given
   * work is to be done.
   */
  adrift?(arrive: () => void): void;
};

/** Writes of many items with an outcome each. */
const batchWrites = new Set([
  ...['createContacts', 'updateContacts', 'archiveContacts'],
  ...['createRecords', 'updateRecords'],
]);
const otherWrites = new Set([
  ...['createPropertyGroup', 'createProperty', 'createList', 'renameList', 'updateListFilters', 'deleteList'],
  ...['restoreList', 'openBulkJob', 'startBulkJob', 'abortBulkJob'],
]);
const streams = new Set(['lists', 'changedContacts', 'changedRecords', 'scanChanged', 'scanRecords']);

/**
 * The port of one worker: each call waits for its turn, is counted, meets the faults meant for it, and may be
 * the last thing the worker does, before or after it had its effect.
 */
export function guarded<T extends object>(port: T, guard: Guard): T {
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function' || typeof name !== 'string') return member;
      const run = (args: unknown[]): unknown => Reflect.apply(member, target, args);
      if (streams.has(name)) return (...args: unknown[]) => stream(guard, name, () => run(args));
      if (!batchWrites.has(name)) return (...args: unknown[]) => call(guard, name, () => run(args));
      return (items: unknown[], ...rest: unknown[]) => {
        const begunAt = guard.callTime.now();
        return writePieces(chunk(items, guard.pieceSize), (piece) =>
          writeBatch(guard, name, piece, () => carryOut(guard, begunAt, () => run([piece, ...rest]))),
        );
      };
    },
  });
}

async function call(guard: Guard, name: string, run: () => unknown): Promise<CrmResult<unknown>> {
  const isWrite = otherWrites.has(name);
  const begunAt = guard.callTime.now();
  await guard.passage.pass(`${guard.crm}.${name}`);
  guard.onCall(name);
  const fault = guard.faults.take(guard.crm, name);
  const failure = fault && failureOfFault(fault, isWrite);
  if (failure && fault !== 'cutAfter') return { ok: false, failure };
  const answer = await resultOf(carryOut(guard, begunAt, run));
  await guard.passage.pass(`${guard.crm}.${name} answered`);
  return failure ? { ok: false, failure } : answer;
}

/** A port in memory has its effect before it first waits. */
function carryOut({ callTime }: Guard, begunAt: number, run: () => unknown): unknown {
  callTime.set(begunAt);
  try {
    return run();
  } finally {
    callTime.clear();
  }
}

async function writeBatch(
  guard: Guard,
  name: string,
  piece: unknown[],
  run: () => unknown,
): Promise<CrmResult<CrmResult<unknown>[]>> {
  try {
    await guard.passage.pass(`${guard.crm}.${name}`);
  } catch (error) {
    if (error instanceof Dead) guard.adrift?.(run);
    throw error;
  }
  guard.onCall(name);
  const fault = guard.faults.take(guard.crm, name);
  if (fault === 'lockedRow' || fault === 'badRow') guard.rowFault.set(fault);
  const failure = fault && failureOfFault(fault, true);
  // What got no answer in time may still be carried out some time later.
  if (fault === 'timeout') guard.adrift?.(run);
  if (failure && fault !== 'cutAfter') return failed(failure, piece);
  const answer = await batchResultOf(run());
  await guard.passage.pass(`${guard.crm}.${name} answered`);
  return failure ? failed(failure, piece) : answer;
}

function failed(
  failure: NonNullable<ReturnType<typeof failureOfFault>>,
  piece: unknown[],
): CrmResult<CrmResult<unknown>[]> {
  const isOpen = failure.kind === 'unavailable' && failure.maybeDone;
  return isOpen ? { ok: true, value: piece.map(() => ({ ok: false, failure })) } : { ok: false, failure };
}

async function* stream(guard: Guard, name: string, run: () => unknown): AsyncGenerator<CrmResult<unknown>> {
  const pages = run();
  if (!isStream(pages)) throw new Error(`${name} does not answer page by page.`);
  const steps = pages[Symbol.asyncIterator]();
  for (;;) {
    const page = await call(guard, name, async () => {
      const step = await steps.next();
      return step.done ? { ok: true, value: end } : step.value;
    });
    if (page.ok && page.value === end) return;
    yield page;
    if (!page.ok) return;
  }
}

const end = Symbol('end');

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function resultOf(answer: unknown): Promise<CrmResult<unknown>> {
  const value = await answer;
  if (isResult(value)) return value;
  throw new Error('A port answered something that is no result.');
}

async function batchResultOf(answer: unknown): Promise<CrmResult<CrmResult<unknown>[]>> {
  const result = await resultOf(answer);
  if (!result.ok) return result;
  if (Array.isArray(result.value) && result.value.every(isResult)) return { ok: true, value: result.value };
  throw new Error('A batch has no outcome per item.');
}

function isResult(value: unknown): value is CrmResult<unknown> {
  return typeof value === 'object' && value !== null && 'ok' in value;
}
