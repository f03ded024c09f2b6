import { z } from 'zod';
import { chunk } from '#lib/core/chunk.ts';
import { concernsAll, readPieces, writePieces, writeTogether } from '../batches.ts';
import type { CrmFailure, CrmResult } from '../failure.ts';
import type { ContactChange, ContactSearch, HubSpotContact, HubSpotPort, NewContact } from '../ports.ts';
import { refusalOf } from './failure.ts';
import type { Send } from './http.ts';
import { byAnyId, mergedIds, mergedInto } from './merged.ts';
import { paths } from './paths.ts';
import { type ContactAnswer, contactBatch, contactPage } from './schemas.ts';

/** HubSpot's largest batch of contacts. */
const batchSize = 100;
const nothing = z.unknown().transform(() => undefined);

type ContactCalls = Pick<
  HubSpotPort,
  | 'countContacts'
  | 'readContacts'
  | 'mergeInfo'
  | 'searchContacts'
  | 'createContacts'
  | 'updateContacts'
  | 'archiveContacts'
>;

export function contactCalls(send: Send): ContactCalls {
  return {
    async countContacts() {
      const answer = await search(send, { filterGroups: [], properties: [], limit: 1 });
      return answer.ok ? { ok: true, value: answer.value.total } : answer;
    },

    readContacts: (ids, properties) => readAll(send, ids, properties),

    async mergeInfo(ids) {
      const answer = await readAll(send, ids, []);
      if (!answer.ok) return answer;
      const contacts = answer.value.map(
        (contact) => contact && { id: contact.id, mergedIds: mergedInto(contact) },
      );
      return { ok: true, value: contacts };
    },

    async searchContacts(request) {
      const answer = await search(send, request);
      if (!answer.ok) return answer;
      const { total, results, paging } = answer.value;
      return {
        ok: true,
        value: { total, contacts: results.map(toContact), after: paging?.next?.after ?? null },
      };
    },

    createContacts: (contacts) =>
      writePieces(chunk(contacts, batchSize), (piece) => createBatch(send, piece)),
    updateContacts(changes) {
      // An address that one contact gives up may be what the next one gets.
      const isOrdered = changes.some(({ values }) => 'email' in values);
      const write = isOrdered ? writePieces : writeTogether;
      return write(chunk(changes, batchSize), (piece) => updateBatch(send, piece));
    },
    archiveContacts: (ids) => writePieces(chunk(ids, batchSize), (piece) => archiveBatch(send, piece)),
  };
}

function search(send: Send, { isPatient, ...body }: ContactSearch) {
  return send({
    method: 'POST',
    path: `${paths.contacts}/search`,
    body,
    search: true,
    ...(isPatient ? { isPatient } : {}),
    answer: contactPage,
  });
}

async function readAll(
  send: Send,
  ids: string[],
  properties: string[],
): Promise<CrmResult<(HubSpotContact | null)[]>> {
  const pieces = chunk([...new Set(ids)], batchSize);
  const answer = await readPieces(pieces, (piece) => readBatch(send, piece, properties));
  if (!answer.ok) return answer;
  const byId = byAnyId(answer.value.flat());
  return { ok: true, value: ids.map((id) => byId.get(id) ?? null) };
}

async function readBatch(
  send: Send,
  ids: string[],
  properties: string[],
): Promise<CrmResult<HubSpotContact[]>> {
  const body = { inputs: ids.map((id) => ({ id })), properties: [...new Set([...properties, mergedIds])] };
  const answer = await send({
    method: 'POST',
    path: `${paths.contacts}/batch/read`,
    body,
    answer: contactBatch,
  });
  if (!answer.ok) return answer;
  const refusal = answer.value.errors
    .map((error) => refusalOf(error))
    .find((failure) => failure.kind !== 'notFound');
  if (refusal) return { ok: false, failure: refusal };
  return { ok: true, value: answer.value.results.map(toContact) };
}

type Batch<T> = {
  path: string;
  inputs: T[];
  body: (input: T) => object;
  /** By which text an input is known again in the answer, where order is not kept. */
  keyOf: (input: T) => string;
  keyOfResult: (result: ContactAnswer) => string | null | undefined;
  contextKeys: string[];
};

function createBatch(send: Send, contacts: NewContact[]) {
  return writeBatch(send, {
    path: `${paths.contacts}/batch/create`,
    inputs: contacts,
    body: ({ traceId, values }) => ({ objectWriteTraceId: traceId, properties: toProperties(values) }),
    keyOf: ({ traceId }) => traceId,
    keyOfResult: ({ objectWriteTraceId }) => objectWriteTraceId,
    contextKeys: ['objectWriteTraceId'],
  });
}

function updateBatch(send: Send, changes: ContactChange[]) {
  return writeBatch(send, {
    path: `${paths.contacts}/batch/update`,
    inputs: changes,
    body: ({ id, values }) => ({ id, properties: toProperties(values) }),
    keyOf: ({ id }) => id,
    keyOfResult: ({ id }) => id,
    contextKeys: ['ids', 'id'],
  });
}

/**
 * Writes one batch. HubSpot refuses some batches as a whole for the sake of one input; such a batch is
 * halved until that input stands alone, so that the others go through.
 */
async function writeBatch<T>(send: Send, batch: Batch<T>): Promise<CrmResult<CrmResult<HubSpotContact>[]>> {
  const { inputs, path } = batch;
  const body = { inputs: inputs.map(batch.body) };
  const answer = await send({ method: 'POST', path, body, changes: true, answer: contactBatch });
  if (answer.ok) return { ok: true, value: outcomesOf(batch, answer.value) };
  if (concernsAll(answer.failure)) return answer;
  if (inputs.length === 1) return { ok: true, value: [answer] };
  const middle = Math.ceil(inputs.length / 2);
  return writePieces([inputs.slice(0, middle), inputs.slice(middle)], (half) =>
    writeBatch(send, { ...batch, inputs: half }),
  );
}

const unmentioned: CrmFailure = {
  kind: 'unavailable',
  message: 'HubSpot did not say what became of this contact.',
  maybeDone: true,
};

function outcomesOf<T>(batch: Batch<T>, answer: z.infer<typeof contactBatch>): CrmResult<HubSpotContact>[] {
  const outcomes = new Map<string, CrmResult<HubSpotContact>>();
  for (const error of answer.errors) {
    const failure = refusalOf(error);
    for (const key of batch.contextKeys.flatMap((name) => error.context?.[name] ?? [])) {
      outcomes.set(key, { ok: false, failure });
    }
  }
  for (const result of answer.results) {
    const key = batch.keyOfResult(result);
    if (key) outcomes.set(key, { ok: true, value: toContact(result) });
  }
  return batch.inputs.map((input) => outcomes.get(batch.keyOf(input)) ?? { ok: false, failure: unmentioned });
}

/** HubSpot says nothing of single contacts here; a batch that it refuses is halved like any other. */
async function archiveBatch(send: Send, ids: string[]): Promise<CrmResult<CrmResult<void>[]>> {
  const body = { inputs: ids.map((id) => ({ id })) };
  const path = `${paths.contacts}/batch/archive`;
  const answer = await send({ method: 'POST', path, body, changes: true, answer: nothing });
  if (answer.ok) return { ok: true, value: ids.map(() => answer) };
  if (concernsAll(answer.failure)) return answer;
  if (ids.length === 1) return { ok: true, value: [answer] };
  const middle = Math.ceil(ids.length / 2);
  return writePieces([ids.slice(0, middle), ids.slice(middle)], (half) => archiveBatch(send, half));
}

/** HubSpot clears a property by an empty text. */
function toProperties(values: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? '']));
}

function toContact({ id, properties, updatedAt, archived }: ContactAnswer): HubSpotContact {
  return { id, values: properties, updatedAt, archived };
}
