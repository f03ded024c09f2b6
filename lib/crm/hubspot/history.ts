import { chunk } from '#lib/core/chunk.ts';
import { readPieces } from '../batches.ts';
import type { CrmResult } from '../failure.ts';
import type { HubSpotPort, PropertyHistory } from '../ports.ts';
import { refusalOf } from './failure.ts';
import type { Send } from './http.ts';
import { byAnyId, mergedIds } from './merged.ts';
import { paths } from './paths.ts';
import { historyBatch } from './schemas.ts';

/** HubSpot's largest batch of contacts when their history is asked for. */
const historyBatchSize = 50;

type ContactHistory = { id: string; values: Record<string, string | null>; history: PropertyHistory };

export function historyCalls(send: Send): Pick<HubSpotPort, 'readHistory'> {
  return {
    async readHistory(ids, properties) {
      const pieces = chunk([...new Set(ids)], historyBatchSize);
      const answer = await readPieces(pieces, (piece) => readBatch(send, piece, properties));
      if (!answer.ok) return answer;
      const byId = byAnyId(answer.value.flat());
      return { ok: true, value: ids.map((id) => byId.get(id)?.history ?? null) };
    },
  };
}

async function readBatch(
  send: Send,
  ids: string[],
  properties: string[],
): Promise<CrmResult<ContactHistory[]>> {
  const body = {
    inputs: ids.map((id) => ({ id })),
    properties: [mergedIds],
    propertiesWithHistory: [...new Set(properties)],
  };
  const path = `${paths.contacts}/batch/read`;
  const answer = await send({ method: 'POST', path, body, answer: historyBatch });
  if (!answer.ok) return answer;
  const refusal = answer.value.errors
    .map((error) => refusalOf(error))
    .find((failure) => failure.kind !== 'notFound');
  if (refusal) return { ok: false, failure: refusal };
  const contacts = answer.value.results.map(({ id, properties: values, propertiesWithHistory }) => ({
    id,
    values,
    history: Object.fromEntries(
      Object.entries(propertiesWithHistory).map(([name, versions]) => [name, newestFirst(versions)]),
    ),
  }));
  return { ok: true, value: contacts };
}

function newestFirst(
  versions: { value: string | null; timestamp: Date; sourceType?: string | null | undefined }[],
): PropertyHistory[string] {
  return versions
    .map(({ value, timestamp, sourceType }) => ({
      value: value === '' ? null : value,
      at: timestamp,
      source: sourceType ?? null,
    }))
    .sort((a, b) => b.at.getTime() - a.at.getTime());
}
