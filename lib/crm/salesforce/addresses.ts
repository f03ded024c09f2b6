import { z } from 'zod';
import type { CrmResult } from '../failure.ts';
import { lateCommitMs, wholeSecond } from '../late-commit.ts';
import type {
  AddressChanges,
  AddressSpan,
  RecordAddress,
  SalesforceObject,
  SalesforcePort,
} from '../ports.ts';
import { answerFailure } from './failure.ts';
import { apiVersion, type Send } from './http.ts';
import { toId18 } from './ids.ts';
import { soqlText } from './soql.ts';
import { toText } from './values.ts';

/** Composite takes five queries a call. */
const pagesACall = 5;
/** The largest page of a query. */
const pageSize = 2_000;
const prefix = `/services/data/v${apiVersion}`;

const composite = z.object({
  compositeResponse: z.array(z.object({ httpStatusCode: z.number(), body: z.unknown() })),
});
const counted = z.object({ totalSize: z.number() });
const addressRow = z.object({
  Id: z.string(),
  Email: z.unknown(),
  SystemModstamp: z.coerce.date(),
  IsDeleted: z.boolean(),
  IsConverted: z.boolean().optional(),
});
const addressPage = z.object({ done: z.boolean(), records: z.array(addressRow) });
type Page = z.infer<typeof addressPage>;
type Part = { httpStatusCode: number; body?: unknown } | undefined;

/** The addresses of what changed: `queryAll` tells what lies in the bin too. */
export function addressCalls(send: Send): Pick<SalesforcePort, 'changedAddresses'> {
  return {
    async changedAddresses(spans, userId) {
      const questionOf = (object: SalesforceObject): Question => ({
        ...{ object, where: changedSince(spans[object], userId) },
      });
      const [ofLead, ofContact] = [questionOf('Lead'), questionOf('Contact')];
      const urls = [ofLead, ofContact].flatMap((each) => [
        changesUrl(each),
        countUrl(each.object, spans[each.object]),
      ]);
      const answer = await askTogether(send, urls);
      if (!answer.ok) return answer;
      const [leads, leadsBefore, contacts, contactsBefore] = answer.value;
      const lead = await changesOf(send, ofLead, leads, leadsBefore);
      if (!lead.ok) return lead;
      const contact = await changesOf(send, ofContact, contacts, contactsBefore);
      return contact.ok ? { ok: true, value: { Lead: lead.value, Contact: contact.value } } : contact;
    },
  };
}

const second = (at: Date) => wholeSecond(at).toISOString();

type Question = { object: SalesforceObject; where: string };

function changedSince({ since, own }: AddressSpan, userId: string): string {
  const before = second(new Date(since.getTime() - lateCommitMs));
  const late = `SystemModstamp >= ${before} AND LastModifiedById != ${soqlText(userId)}`;
  return `(SystemModstamp >= ${second(own)} OR (${late}))`;
}

/**
 * A page in the order of the ids, so that nobody is passed by who changes meanwhile. `after`: a record's id, or a
 * reference to it in an earlier answer of the same call; these Salesforce fills in where they stand within an address.
 */
function changesUrl({ object, where }: Question, after?: string): string {
  const fields = [
    'Id',
    'Email',
    'SystemModstamp',
    'IsDeleted',
    ...(object === 'Lead' ? ['IsConverted'] : []),
  ];
  const asked = encodeURIComponent(`SELECT ${fields} FROM ${object} WHERE ${where}`);
  const rest = after === undefined ? '' : `${encodeURIComponent(' AND Id > ')}'${after}'`;
  return `${prefix}/queryAll?q=${asked}${rest}${encodeURIComponent(` ORDER BY Id LIMIT ${pageSize}`)}`;
}

function countUrl(object: SalesforceObject, { from, since }: AddressSpan): string {
  const span = `SystemModstamp >= ${second(from)} AND SystemModstamp < ${second(since)}`;
  const where = object === 'Lead' ? `IsConverted = false AND ${span}` : span;
  return `${prefix}/query?q=${encodeURIComponent(`SELECT COUNT() FROM ${object} WHERE ${where}`)}`;
}

async function askTogether(send: Send, urls: readonly string[]): Promise<CrmResult<Part[]>> {
  const compositeRequest = urls.map((url, at) => ({ method: 'GET', url, referenceId: `page${at}` }));
  const body = { allOrNone: false, compositeRequest };
  const answer = await send({ method: 'POST', path: '/composite', body, answer: composite });
  return answer.ok ? { ok: true, value: answer.value.compositeResponse } : answer;
}

async function changesOf(
  send: Send,
  question: Question,
  first: Part,
  count: Part,
): Promise<CrmResult<AddressChanges>> {
  const earlier = readPart(count, counted);
  if (!earlier.ok) return earlier;
  const page = readPart(first, addressPage);
  if (!page.ok) return page;
  const rows = await withNextPages(send, question, page.value);
  if (!rows.ok) return rows;
  const changed = rows.value.map((row) => addressOf(question.object, row));
  return { ok: true, value: { earlier: earlier.value.totalSize, changed } };
}

/** The pages after a first one, five a call: each goes on behind the one before it, if that was full. */
async function withNextPages(
  send: Send,
  question: Question,
  first: Page,
): Promise<CrmResult<Page['records']>> {
  const rows = [...first.records];
  for (let last = first; hasMore(last); ) {
    const id = last.records.at(-1)?.Id;
    const urls = Array.from({ length: pagesACall }, (_, at) =>
      changesUrl(question, at === 0 ? id : `@{page${at - 1}.records[${pageSize - 1}].Id}`),
    );
    const answer = await askTogether(send, urls);
    if (!answer.ok) return answer;
    for (const [at, part] of answer.value.entries()) {
      const page = readPart(part, addressPage);
      // A page that could not be asked for by its predecessor is asked for by the next call, if there is one.
      if (!page.ok && at > 0) break;
      if (!page.ok) return page;
      rows.push(...page.value.records);
      last = page.value;
      if (!hasMore(last)) break;
    }
  }
  return { ok: true, value: rows };
}

/** Salesforce may make pages smaller than asked. */
function hasMore({ done, records }: Page): boolean {
  return records.length > 0 && (!done || records.length === pageSize);
}

function readPart<T>(part: Part, answer: z.ZodType<T>): CrmResult<T> {
  if (part && part.httpStatusCode >= 300)
    return { ok: false, failure: answerFailure(part.httpStatusCode, part.body, false) };
  const parsed = answer.safeParse(part?.body);
  if (parsed.success) return { ok: true, value: parsed.data };
  const message = `Salesforce answered a Composite in an unknown form (${parsed.error.issues[0]?.message}).`;
  return { ok: false, failure: { kind: 'unavailable', message, maybeDone: false } };
}

function addressOf(object: SalesforceObject, row: Page['records'][number]): RecordAddress {
  const address = (toText(row.Email) ?? '').trim().toLowerCase();
  return {
    id: toId18(row.Id),
    object,
    address: address === '' ? null : address,
    systemModstamp: row.SystemModstamp,
    isGone: row.IsDeleted || row.IsConverted === true,
  };
}
