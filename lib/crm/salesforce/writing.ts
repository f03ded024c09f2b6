import { z } from 'zod';
import { chunk } from '#lib/core/chunk.ts';
import { writePieces } from '../batches.ts';
import { isRetried } from '../errors.ts';
import type { CrmResult } from '../failure.ts';
import { pause } from '../pause.ts';
import type { NewRecord, RecordChange, SalesforceField, SalesforceObject, SalesforcePort } from '../ports.ts';
import { recordError, recordFailure } from './failure.ts';
import type { Send } from './http.ts';
import { toId18 } from './ids.ts';
import { toJson } from './values.ts';

/** The largest collection. */
const collectionSize = 200;
const repeats = 3;
const firstPauseMs = 200;

const saveResults = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    errors: z.array(recordError).default([]),
  }),
);
type SaveResult = z.infer<typeof saveResults>[number];

/** Duplicate rules that only warn are passed; one that blocks still blocks. */
const duplicateRule = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' };

type Write = NewRecord | RecordChange;
type Job = { method: 'POST' | 'PATCH'; headers: Record<string, string> };

export function writingCalls(
  send: Send,
  describe: SalesforcePort['describe'],
  signal?: AbortSignal,
): Pick<SalesforcePort, 'createRecords' | 'updateRecords'> {
  return {
    async createRecords(records, { autoAssign }) {
      const headers = { ...duplicateRule, 'Sforce-Auto-Assign': autoAssign ? 'TRUE' : 'FALSE' };
      const saved = await save({ send, describe, signal }, { method: 'POST', headers }, records);
      return mapped(saved, (id) => ({ id }));
    },
    async updateRecords(changes) {
      const headers = { ...duplicateRule, 'Sforce-Auto-Assign': 'FALSE' };
      const saved = await save({ send, describe, signal }, { method: 'PATCH', headers }, changes);
      return mapped(saved, () => undefined);
    },
  };
}

function mapped<T>(
  saved: CrmResult<CrmResult<string>[]>,
  value: (id: string) => T,
): CrmResult<CrmResult<T>[]> {
  if (!saved.ok) return saved;
  return {
    ok: true,
    value: saved.value.map((each) => (each.ok ? { ok: true, value: value(each.value) } : each)),
  };
}

type Tools = { send: Send; describe: SalesforcePort['describe']; signal?: AbortSignal | undefined };

/** Saves in collections of one kind of record (a collection takes ten changes of kind), in the order asked. */
async function save(tools: Tools, job: Job, writes: Write[]): Promise<CrmResult<CrmResult<string>[]>> {
  const fieldsOf = new Map<SalesforceObject, SalesforceField[]>();
  for (const object of new Set(writes.map((write) => write.object))) {
    const fields = await tools.describe(object);
    if (!fields.ok) return fields;
    fieldsOf.set(object, fields.value);
  }
  const sorted = [...writes.entries()].sort(([, a], [, b]) => a.object.localeCompare(b.object));
  const bodies = sorted.map(([, write]) => toBody(write, fieldsOf.get(write.object) ?? []));
  const saved = await writePieces(chunk(bodies, collectionSize), (piece) =>
    saveCollection(tools, job, piece),
  );
  if (!saved.ok) return saved;
  const outcomes: CrmResult<string>[] = [];
  for (const [position, [at]] of sorted.entries()) outcomes[at] = saved.value[position] as CrmResult<string>;
  return { ok: true, value: outcomes };
}

function toBody(write: Write, fields: SalesforceField[]): object {
  const id = 'id' in write ? { id: write.id } : {};
  return { attributes: { type: write.object }, ...id, ...toJson(write.values, fields) };
}

/**
 * Saves one collection. A record refused for a passing reason (a lock held by another writer) was not
 * saved: it alone is sent again after a growing, jittered pause.
 */
async function saveCollection(
  tools: Tools,
  job: Job,
  bodies: object[],
): Promise<CrmResult<CrmResult<string>[]>> {
  const first = await sendCollection(tools.send, job, bodies);
  if (!first.ok) return first;
  const results = first.value;
  for (let repeat = 0; repeat < repeats && !tools.signal?.aborted; repeat++) {
    const again = [...results.keys()].filter((at) => isPassing(results[at]));
    if (again.length === 0) break;
    await pause(firstPauseMs * 2 ** repeat * (0.5 + Math.random() / 2), tools.signal);
    const answer = await sendCollection(
      tools.send,
      job,
      again.map((at) => bodies[at] as object),
    );
    if (!answer.ok)
      return { ok: true, value: results.map((each, at) => (again.includes(at) ? answer : outcomeOf(each))) };
    for (const [position, at] of again.entries()) results[at] = answer.value[position] as SaveResult;
  }
  return { ok: true, value: results.map(outcomeOf) };
}

async function sendCollection(send: Send, job: Job, records: object[]): Promise<CrmResult<SaveResult[]>> {
  const answer = await send({
    method: job.method,
    path: '/composite/sobjects',
    headers: job.headers,
    body: { allOrNone: false, records },
    changes: true,
    answer: saveResults,
  });
  if (!answer.ok || answer.value.length === records.length) return answer;
  const message = 'Salesforce answered another number of records than it was sent.';
  return { ok: false, failure: { kind: 'unavailable', message, maybeDone: true } };
}

function isPassing(result: SaveResult | undefined): boolean {
  return result !== undefined && !result.success && result.errors.some(({ code }) => isRetried(code));
}

function outcomeOf({ id, success, errors }: SaveResult): CrmResult<string> {
  if (success && id) return { ok: true, value: toId18(id) };
  return { ok: false, failure: recordFailure(errors) };
}
