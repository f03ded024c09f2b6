import { chunk } from '#lib/core/chunk.ts';
import { readPieces } from '../batches.ts';
import type { CrmFailure, CrmResult } from '../failure.ts';
import type { HubSpotPort, RelatedObject, RelatedRecord, Values } from '../ports.ts';
import { refusalOf } from './failure.ts';
import type { Send } from './http.ts';
import { paths } from './paths.ts';
import { associationBatch, recordBatch } from './schemas.ts';

/** HubSpot's largest batches of associations and of records. */
const associationBatchSize = 1_000;
const recordBatchSize = 100;

const objects: Record<RelatedObject, { plural: string; path: string }> = {
  company: { plural: 'companies', path: paths.companies },
  deal: { plural: 'deals', path: paths.deals },
};

type Tie = Pick<RelatedRecord, 'id' | 'typeIds'>;
type Input = { id: string; after?: string };

/** Associations v4, then the records they lead to, each once. */
export function relatedCalls(send: Send): Pick<HubSpotPort, 'relatedRecords'> {
  return {
    async relatedRecords(contactIds, object, properties) {
      const ties = new Map<string, Tie[]>();
      let inputs: Input[] = [...new Set(contactIds)].map((id) => ({ id }));
      // A contact with more associations than fit one answer is asked for again, from where it ended.
      while (inputs.length > 0) {
        const answer = await readPieces(chunk(inputs, associationBatchSize), (piece) =>
          readTies(send, object, piece),
        );
        if (!answer.ok) return answer;
        const found = answer.value.flat();
        for (const { id, to } of found) ties.set(id, [...(ties.get(id) ?? []), ...to]);
        inputs = found.flatMap(({ id, after }) => (after === null ? [] : [{ id, after }]));
      }
      const ids = [...new Set([...ties.values()].flat().map(({ id }) => id))];
      const records = await readPieces(chunk(ids, recordBatchSize), (piece) =>
        readRecords(send, object, piece, properties),
      );
      if (!records.ok) return records;
      const valuesOf = new Map(records.value.flat());
      const value = contactIds.map((contactId) =>
        (ties.get(contactId) ?? []).flatMap((tie): RelatedRecord[] => {
          const values = valuesOf.get(tie.id);
          return values ? [{ ...tie, values }] : [];
        }),
      );
      return { ok: true, value };
    },
  };
}

type Tied = { id: string; to: Tie[]; after: string | null };

async function readTies(send: Send, object: RelatedObject, inputs: Input[]): Promise<CrmResult<Tied[]>> {
  const path = `${paths.associations}/contacts/${objects[object].plural}/batch/read`;
  const answer = await send({ method: 'POST', path, body: { inputs }, answer: associationBatch });
  if (!answer.ok) return answer;
  const refusal = refusalIn(answer.value.errors);
  if (refusal) return { ok: false, failure: refusal };
  const ties = answer.value.results.map(({ from, to, paging }) => ({
    id: from.id,
    to: to.map((each) => ({
      id: each.toObjectId,
      typeIds: each.associationTypes.map(({ typeId }) => typeId),
    })),
    after: paging?.next?.after ?? null,
  }));
  return { ok: true, value: ties };
}

async function readRecords(
  send: Send,
  object: RelatedObject,
  ids: string[],
  properties: string[],
): Promise<CrmResult<[string, Values][]>> {
  const body = { inputs: ids.map((id) => ({ id })), properties };
  const path = `${objects[object].path}/batch/read`;
  const answer = await send({ method: 'POST', path, body, answer: recordBatch });
  if (!answer.ok) return answer;
  const refusal = refusalIn(answer.value.errors);
  if (refusal) return { ok: false, failure: refusal };
  return { ok: true, value: answer.value.results.map(({ id, properties: values }) => [id, values]) };
}

/** That a record is gone is no failure: it is left out. */
function refusalIn(errors: Parameters<typeof refusalOf>[0][]): CrmFailure | undefined {
  return errors.map((error) => refusalOf(error)).find(({ kind }) => kind !== 'notFound');
}
