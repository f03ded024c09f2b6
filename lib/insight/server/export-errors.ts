import { createTranslator } from 'next-intl';
import type { Outcome } from '#lib/activity/schemas.ts';
import { outcomesById } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { chunk } from '#lib/core/chunk.ts';
import { type CsvRows, csvFile } from '#lib/core/csv.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { errorTextOf } from '#lib/crm/errors.ts';
import { loadMessages } from '#lib/i18n/load-messages.ts';
import type { Locale } from '#lib/i18n/locales.ts';
import type { ErrorQuery } from '../schemas.ts';
import { filterOf } from './list-errors.ts';
import { findErrorIds } from './repository.ts';

const pieceSize = 500;

const columns = [
  ...['name', 'email', 'hubspotId', 'salesforceId', 'category', 'error', 'whatToDo', 'property', 'value'],
  ...['writtenTo', 'code', 'message', 'since'],
];

type Say = (key: string, values?: Record<string, string>) => string;

/** All errors as CSV, in the reader's words, one row per failed field. */
export async function exportErrors(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  query: ErrorQuery,
  locale: Locale,
): Promise<Result<ReadableStream<Uint8Array>>> {
  // All ids at once: errors come and go while the file is read.
  const { ids } = await findErrorIds(db(), workspaceId, filterOf(query), { skip: 0, take: null });
  const { syncErrors } = (await loadMessages(locale)) as { syncErrors: Record<string, string> };
  const say = createTranslator({ locale, messages: syncErrors }) as Say;
  return csvFile(columns, pieces(workspaceId, ids, query, say));
}

async function* pieces(
  workspaceId: string,
  ids: string[],
  query: ErrorQuery,
  say: Say,
): AsyncGenerator<Result<CsvRows>, void> {
  const codes = query.codes ? new Set(query.codes.split(',')) : null;
  for (const piece of chunk(ids, pieceSize)) {
    const outcomes = await outcomesById(workspaceId, piece);
    yield ok(outcomes.flatMap((outcome) => rowsOf(outcome, query.category, codes, say)));
  }
}

function rowsOf(
  outcome: Outcome,
  category: string | undefined,
  codes: ReadonlySet<string> | null,
  say: Say,
): (string | null)[][] {
  const fields = outcome.changes.flatMap(({ failure, label, new: value, to }) =>
    failure ? [{ ...failure, label, value, to }] : [],
  );
  const { code, message } = outcome;
  const whole = { category: outcome.category ?? '', code: code ?? '', message: message ?? '' };
  const failures = fields.length > 0 ? fields : [{ ...whole, label: null, value: null, to: null }];
  return failures
    .filter((failure) => (!category || failure.category === category) && (!codes || codes.has(failure.code)))
    .map((failure) => {
      const text = errorTextOf(failure.code, failure.category);
      const app = failure.to === 'hubspot' ? 'HubSpot' : 'Salesforce';
      return [
        ...[outcome.name, outcome.email, outcome.contactId, outcome.recordId, failure.category],
        ...[say(`short.${text}`), say(`cure.${text}`, { app, message: failure.message })],
        ...[failure.label, failure.value, failure.to, failure.code, failure.message, outcome.at],
      ];
    });
}
