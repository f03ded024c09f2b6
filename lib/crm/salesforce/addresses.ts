import { z } from 'zod';
import type { CrmResult } from '../failure.ts';
import { lateCommitMs, ownLateCommitMs, wholeSecond } from '../late-commit.ts';
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
const addressPage = z.object({
  done: z.boolean(),
  nextRecordsUrl: z.string().nullish(),
  records: z.array(addressRow),
});
type Page = z.infer<typeof addressPage>;
type Part = { httpStatusCode: number; body?: unknown } | undefined;

/** The addresses of what changed: `queryAll` tells what lies in the bin too. */
export function addressCalls(send: Send): Pick<SalesforcePort, 'changedAddresses'> {
  return {
    async changedAddresses(spans, userId) {
      const objects = ['Lead', 'Contact'] as const;
      const urls = objects.flatMap((object) => [
        changesUrl(object, spans[object], userId),
        countUrl(object, spans[object]),
      ]);
      const answer = await askTogether(send, urls);
      if (!answer.ok) return answer;
      const [leads, leadsBefore, contacts, contactsBefore] = answer.value;
      const lead = await changesOf(send, 'Lead', leads, leadsBefore);
      if (!lead.ok) return lead;
      const contact = await changesOf(send, 'Contact', contacts, contactsBefore);
      return contact.ok ? { ok: true, value: { Lead: lead.value, Contact: contact.value } } : contact;
    },
  };
}

const second = (at: Date) => wholeSecond(at).toISOString();

function changesUrl(object: SalesforceObject, { since }: AddressSpan, userId: string): string {
  const fields = [
    'Id',
    'Email',
    'SystemModstamp',
    'IsDeleted',
    ...(object === 'Lead' ? ['IsConverted'] : []),
  ];
  const before = (ms: number) => second(new Date(since.getTime() - ms));
  const late = `SystemModstamp >= ${before(lateCommitMs)} AND LastModifiedById != ${soqlText(userId)}`;
  const where = `SystemModstamp >= ${before(ownLateCommitMs)} OR (${late})`;
  return `${prefix}/queryAll?q=${encodeURIComponent(`SELECT ${fields} FROM ${object} WHERE ${where}`)}`;
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
  object: SalesforceObject,
  first: Part,
  count: Part,
): Promise<CrmResult<AddressChanges>> {
  const earlier = readPart(count, counted);
  if (!earlier.ok) return earlier;
  const page = readPart(first, addressPage);
  if (!page.ok) return page;
  const rows = await withNextPages(send, page.value);
  if (!rows.ok) return rows;
  const changed = rows.value.map((row) => addressOf(object, row));
  return { ok: true, value: { earlier: earlier.value.totalSize, changed } };
}

/** The pages after a first one, five a call: each names the next one, which the same call asks for. */
async function withNextPages(send: Send, first: Page): Promise<CrmResult<Page['records']>> {
  const rows = [...first.records];
  for (let last = first; !last.done && last.nextRecordsUrl; ) {
    const urls = Array.from({ length: pagesACall }, (_, at) =>
      at === 0 ? (last.nextRecordsUrl ?? '') : `@{page${at - 1}.nextRecordsUrl}`,
    );
    const answer = await askTogether(send, urls);
    if (!answer.ok) return answer;
    for (const [at, part] of answer.value.entries()) {
      const page = readPart(part, addressPage);
      // A page that could not be asked for by its predecessor is asked for by the next call.
      if (!page.ok && at > 0) break;
      if (!page.ok) return page;
      rows.push(...page.value.records);
      last = page.value;
      if (last.done) break;
    }
  }
  return { ok: true, value: rows };
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
