import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { type CsvRows, csvFile } from '#lib/core/csv.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { periodMs } from '../rules.ts';
import type { OutcomeQuery } from '../schemas.ts';
import { eachOutcomes } from './outcome-repository.ts';

const columns = [
  'time',
  'name',
  'email',
  'hubspotId',
  'salesforceId',
  'direction',
  'result',
  'reason',
  'category',
  'code',
  'message',
];

/** The whole list as CSV. */
export async function exportOutcomes(
  actor: Pick<Actor, 'workspaceId'>,
  query: OutcomeQuery,
): Promise<Result<ReadableStream<Uint8Array>>> {
  const until = query.until ? new Date(query.until) : await now();
  const length = periodMs[query.period];
  const from = length === null ? null : new Date(until.getTime() - length);
  return csvFile(columns, piecesOf(eachOutcomes(db(), actor.workspaceId, query, { from, until })));
}

async function* piecesOf(outcomes: ReturnType<typeof eachOutcomes>): AsyncGenerator<Result<CsvRows>, void> {
  for await (const rows of outcomes) yield ok(rows.map(cellsOf));
}

function cellsOf(row: {
  at: Date;
  name: string | null;
  email: string | null;
  contactId: string | null;
  recordId: string | null;
  direction: string;
  result: string;
  reason: string | null;
  category: string | null;
  code: string | null;
  message: string | null;
}): (string | null)[] {
  const { name, email, contactId, recordId, direction, result, reason, category, code, message } = row;
  const at = row.at.toISOString();
  return [at, name, email, contactId, recordId, direction, result, reason, category, code, message];
}
