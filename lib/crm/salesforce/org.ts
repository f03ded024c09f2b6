import { z } from 'zod';
import type { CrmResult } from '../failure.ts';
import type { SalesforceField, SalesforceObject, SalesforcePort } from '../ports.ts';
import type { Request, Send } from './http.ts';
import { toId18 } from './ids.ts';
import { type Read, readTogether } from './together.ts';

type OrgCalls = Pick<SalesforcePort, 'organization' | 'limits' | 'describe' | 'users'>;

export function orgCalls(send: Send): OrgCalls {
  const read = readTogether(send);
  const described = new Map<SalesforceObject, Promise<CrmResult<SalesforceField[]>>>();
  return {
    async organization() {
      const answer = await query(send, 'SELECT Id, Name, IsSandbox FROM Organization', organization);
      if (!answer.ok) return answer;
      const [org] = answer.value;
      if (!org) return { ok: false, failure: { kind: 'notFound' } };
      return { ok: true, value: { orgId: toId18(org.Id), name: org.Name, sandbox: org.IsSandbox } };
    },
    async limits() {
      const answer = await send({ method: 'GET', path: '/limits', answer: limits });
      if (!answer.ok) return answer;
      const { Max, Remaining } = answer.value.DailyApiRequests;
      return { ok: true, value: { used: Max - Remaining, max: Max } };
    },
    describe(object) {
      const known = described.get(object) ?? describe(read, object);
      described.set(object, known);
      return known.then((answer) => {
        if (!answer.ok) described.delete(object);
        return answer;
      });
    },
    async users() {
      const answer = await usersOf(send, read);
      if (!answer.ok) return answer;
      const users = answer.value.map((each) => ({
        id: toId18(each.Id),
        email: each.Email,
        name: each.Name,
        active: each.IsActive,
      }));
      return { ok: true, value: users };
    },
  };
}

const organization = z.object({ Id: z.string(), Name: z.string(), IsSandbox: z.boolean() });
const limits = z.object({ DailyApiRequests: z.object({ Max: z.number(), Remaining: z.number() }) });
const user = z.object({
  Id: z.string(),
  Email: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
  Name: z.string(),
  IsActive: z.boolean(),
});
const describeAnswer = z.object({
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      type: z.string(),
      length: z.number().default(0),
      scale: z.number().default(0),
      createable: z.boolean(),
      updateable: z.boolean(),
      nillable: z.boolean(),
      defaultedOnCreate: z.boolean(),
      unique: z.boolean().default(false),
      custom: z.boolean().default(false),
      calculated: z.boolean().default(false),
      restrictedPicklist: z.boolean().default(false),
      picklistValues: z
        .array(z.object({ value: z.string(), label: z.string().nullish(), active: z.boolean() }))
        .nullish(),
      referenceTo: z.array(z.string()).nullish(),
    }),
  ),
});

/** Fields that the user may not see are missing here: Salesforce removes them, it does not mark them. */
async function describe(read: Read, object: SalesforceObject): Promise<CrmResult<SalesforceField[]>> {
  const answer = await read(`/sobjects/${object}/describe`, describeAnswer);
  if (!answer.ok) return answer;
  const fields = answer.value.fields.map(
    ({ nillable, defaultedOnCreate, picklistValues, referenceTo, ...field }) => ({
      ...field,
      required: !nillable && field.createable && !defaultedOnCreate,
      picklistValues: (picklistValues ?? []).map(({ value, label, active }) => ({
        value,
        label: label ?? value,
        active,
      })),
      referenceTo: referenceTo ?? [],
    }),
  );
  return { ok: true, value: fields };
}

/** The first page together with what is described at the same moment: a session begins with all of it. */
async function usersOf(send: Send, read: Read): Promise<CrmResult<z.infer<typeof user>[]>> {
  const soql = 'SELECT Id, Email, Name, IsActive FROM User';
  const first = await read(`/query?q=${encodeURIComponent(soql)}`, pageOf(user));
  return first.ok ? withNextPages(send, first.value, user) : first;
}

/** One page of a query, and where the next one lies. */
export function pageOf<T>(row: z.ZodType<T>) {
  return z.object({
    done: z.boolean(),
    nextRecordsUrl: z.string().nullish(),
    records: z.array(row),
  });
}

/** All rows of a query, page by page. */
async function query<T>(send: Send, soql: string, row: z.ZodType<T>): Promise<CrmResult<T[]>> {
  return followPages(send, `/query?q=${encodeURIComponent(soql)}`, row);
}

/** The rows of a first page that came with something else, and of those after it. */
export async function withNextPages<T>(
  send: Send,
  { done, nextRecordsUrl, records }: z.infer<ReturnType<typeof pageOf<T>>>,
  row: z.ZodType<T>,
): Promise<CrmResult<T[]>> {
  if (done || !nextRecordsUrl) return { ok: true, value: records };
  const rest = await followPages(send, nextRecordsUrl, row);
  return rest.ok ? { ok: true, value: [...records, ...rest.value] } : rest;
}

export async function followPages<T>(send: Send, first: string, row: z.ZodType<T>): Promise<CrmResult<T[]>> {
  const rows: T[] = [];
  for (let path: string | null = first; path !== null; ) {
    const request: Request<z.infer<ReturnType<typeof pageOf<T>>>> = {
      method: 'GET',
      path,
      answer: pageOf(row),
    };
    const answer = await send(request);
    if (!answer.ok) return answer;
    rows.push(...answer.value.records);
    path = answer.value.done ? null : (answer.value.nextRecordsUrl ?? null);
  }
  return { ok: true, value: rows };
}
