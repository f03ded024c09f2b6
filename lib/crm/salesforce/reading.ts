import { z } from 'zod';
import { chunk } from '#lib/core/chunk.ts';
import { readPieces } from '../batches.ts';
import type { CrmResult } from '../failure.ts';
import type { SalesforceObject, SalesforcePort, SalesforceRecord } from '../ports.ts';
import { answerFailure } from './failure.ts';
import { apiVersion, type Send } from './http.ts';
import { toId18 } from './ids.ts';
import { pageOf, withNextPages } from './org.ts';
import { soqlFields, soqlList, soqlText } from './soql.ts';
import { toText } from './values.ts';

/** Composite takes five queries a call. */
const queriesACall = 5;
/** A query stands in an address line, which ends at 16,384 bytes: so much of it, encoded, may be addresses. */
const addressBytes = 12_500;
/** So many ids are read by one part of a Composite, which takes five of them. */
const idsAPiece = 2_000;
const piecesACall = 5;

const system = ['Id', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'];
export const always: Record<SalesforceObject, string[]> = {
  Lead: [...system, 'Email', 'IsConverted'],
  Contact: [...system, 'Email'],
};

export const row = z
  .object({
    Id: z.string(),
    LastModifiedDate: z.coerce.date(),
    LastModifiedById: z.string(),
    SystemModstamp: z.coerce.date(),
    IsConverted: z.boolean().optional(),
  })
  .catchall(z.unknown());
type Row = z.infer<typeof row>;

const rows = z.array(row.nullable());
const compositeAnswer = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown() })),
});

export function readingCalls(send: Send): Pick<SalesforcePort, 'findByEmail' | 'readRecords'> {
  return {
    async findByEmail(addresses, fields) {
      const wanted = [...new Set(addresses.map(normalised).filter((address) => address !== ''))];
      const queries = piecesByLength(wanted).flatMap((piece) => [
        {
          object: 'Contact' as const,
          soql: `${selection('Contact', fields)} WHERE Email IN ${soqlList(piece)}`,
        },
        {
          object: 'Lead' as const,
          soql: `${selection('Lead', fields)} WHERE IsConverted = false AND Email IN ${soqlList(piece)}`,
        },
      ]);
      const answer = await readPieces(chunk(queries, queriesACall), (piece) =>
        askTogether(send, piece, fields),
      );
      if (!answer.ok) return answer;
      const byAddress = new Map<string, SalesforceRecord[]>();
      for (const { address, record } of answer.value.flat()) {
        byAddress.set(address, [...(byAddress.get(address) ?? []), record]);
      }
      return { ok: true, value: addresses.map((address) => byAddress.get(normalised(address)) ?? []) };
    },

    async readRecords(object, ids, fields) {
      const wanted = [...new Set(ids.map(toId18))];
      const names = soqlFields([...always[object], ...fields]).split(',');
      const pieces = chunk(chunk(wanted, idsAPiece), piecesACall);
      const byId = new Map<string, SalesforceRecord>();
      const answer = await readPieces(pieces, async (some) => {
        const rows = await retrieve(send, object, { pieces: some, names });
        for (const each of rows.ok ? rows.value : []) {
          if (each) byId.set(toId18(each.Id), toRecord(object, each, fields));
        }
        return rows.ok ? { ok: true, value: null } : rows;
      });
      if (!answer.ok) return answer;
      return { ok: true, value: ids.map((id) => byId.get(toId18(id)) ?? null) };
    },
  };
}

type Retrieval = { pieces: string[][]; names: string[] };

/** Records by their ids, by one call. What a Composite could not read is read alone, so that it costs nobody else. */
async function retrieve(
  send: Send,
  object: SalesforceObject,
  { pieces, names }: Retrieval,
): Promise<CrmResult<(Row | null)[]>> {
  const path = `/composite/sobjects/${object}`;
  const alone = (ids: string[]) => send({ method: 'POST', path, body: { ids, fields: names }, answer: rows });
  const [only = []] = pieces;
  if (pieces.length <= 1) return alone(only);
  const compositeRequest = pieces.map((ids, at) => ({
    ...{ method: 'POST', url: `/services/data/v${apiVersion}${path}`, referenceId: `piece${at}` },
    body: { ids, fields: names },
  }));
  const body = { allOrNone: false, compositeRequest };
  const answer = await send({ method: 'POST', path: '/composite', body, answer: compositeAnswer });
  if (!answer.ok) return answer;
  const found: (Row | null)[] = [];
  for (const [at, ids] of pieces.entries()) {
    const part = answer.value.compositeResponse[at];
    const read = part && part.httpStatusCode < 300 ? rows.safeParse(part.body) : null;
    const piece = read?.success ? { ok: true as const, value: read.data } : await alone(ids);
    if (!piece.ok) return piece;
    found.push(...piece.value);
  }
  return { ok: true, value: found };
}

/** As many addresses a query as its line holds. */
function piecesByLength(addresses: readonly string[]): string[][] {
  const pieces: string[][] = [];
  let room = 0;
  for (const address of addresses) {
    const bytes = encodeURIComponent(`${soqlText(address)},`).length;
    if (bytes > room) {
      pieces.push([]);
      room = addressBytes;
    }
    pieces.at(-1)?.push(address);
    room -= bytes;
  }
  return pieces;
}

function normalised(address: string): string {
  return address.trim().toLowerCase();
}

function selection(object: SalesforceObject, fields: Record<SalesforceObject, string[]>): string {
  return `SELECT ${soqlFields([...always[object], ...fields[object]])} FROM ${object}`;
}

type Found = { address: string; record: SalesforceRecord };

async function askTogether(
  send: Send,
  queries: { object: SalesforceObject; soql: string }[],
  fields: Record<SalesforceObject, string[]>,
): Promise<CrmResult<Found[]>> {
  const compositeRequest = queries.map(({ soql }, at) => ({
    method: 'GET',
    url: `/services/data/v${apiVersion}/query?q=${encodeURIComponent(soql)}`,
    referenceId: `query${at}`,
  }));
  const body = { allOrNone: false, compositeRequest };
  const answer = await send({ method: 'POST', path: '/composite', body, answer: compositeAnswer });
  if (!answer.ok) return answer;
  const found: Found[] = [];
  for (const [at, { object }] of queries.entries()) {
    const rows = await rowsOf(send, answer.value.compositeResponse[at]);
    if (!rows.ok) return rows;
    for (const each of rows.value) {
      found.push({
        address: normalised(toText(each.Email) ?? ''),
        record: toRecord(object, each, fields[object]),
      });
    }
  }
  return { ok: true, value: found };
}

/** The rows of one query of a Composite, with the pages that did not fit into it. */
async function rowsOf(
  send: Send,
  part: { httpStatusCode: number; body?: unknown } | undefined,
): Promise<CrmResult<Row[]>> {
  if (!part) return unreadable('an answer is missing');
  if (part.httpStatusCode >= 300)
    return { ok: false, failure: answerFailure(part.httpStatusCode, part.body, false) };
  const page = pageOf(row).safeParse(part.body);
  if (!page.success) return unreadable(page.error.issues[0]?.message ?? '');
  return withNextPages(send, page.data, row);
}

function unreadable(what: string): CrmResult<never> {
  const message = `Salesforce answered a Composite in an unknown form (${what}).`;
  return { ok: false, failure: { kind: 'unavailable', message, maybeDone: false } };
}

export function toRecord(object: SalesforceObject, each: Row, fields: string[]): SalesforceRecord {
  let named: Map<string, string> | undefined;
  const values: Record<string, string | null> = {};
  for (const field of fields) {
    // Mostly it is answered as it was asked for.
    const isAsAsked = Object.hasOwn(each, field);
    if (!isAsAsked) named ??= new Map(Object.keys(each).map((name) => [name.toLowerCase(), name]));
    const name = isAsAsked ? field : named?.get(field.toLowerCase());
    if (name) values[field] = toText(each[name]);
  }
  return {
    id: toId18(each.Id),
    object,
    values,
    lastModifiedAt: each.LastModifiedDate,
    lastModifiedById: toId18(each.LastModifiedById),
    systemModstamp: each.SystemModstamp,
    isConverted: each.IsConverted ?? false,
  };
}
