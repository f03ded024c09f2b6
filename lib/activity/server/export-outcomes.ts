import { stringify } from 'csv-stringify/sync';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { periodMs } from '../rules.ts';
import type { OutcomeQuery } from '../schemas.ts';
import { eachOutcomes } from './outcome-repository.ts';

/** A spreadsheet takes more, but nobody reads it. */
const mostRows = 50_000;

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

/** The whole list as CSV (UTF-8 with a mark, as spreadsheets want it), piece by piece. */
export async function exportOutcomes(
  actor: Pick<Actor, 'workspaceId'>,
  query: OutcomeQuery,
): Promise<Result<ReadableStream<Uint8Array>>> {
  const until = query.until ? new Date(query.until) : await now();
  const length = periodMs[query.period];
  const from = length === null ? null : new Date(until.getTime() - length);
  const pieces = eachOutcomes(db(), actor.workspaceId, query, { from, until }, mostRows);
  const encoder = new TextEncoder();
  return ok(
    new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode(`\uFEFF${csv([columns])}`)),
      async pull(controller) {
        const piece = await pieces.next();
        if (piece.done) controller.close();
        else controller.enqueue(encoder.encode(csv(piece.value.map(cellsOf))));
      },
    }),
  );
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

/** `escape_formulas`: no cell may be run as a formula by the spreadsheet that opens it. */
function csv(rows: (string | null)[][]): string {
  return stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
}
