import { noAccess, recordError } from '../errors.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { SObject } from '../metadata/types.ts';
import type { WriteContext } from './context.ts';
import { systemStamp } from './dates.ts';
import { bury } from './remove.ts';
import { existing, updateRecord } from './save.ts';

export interface MergeResult {
  id: string;
  mergedRecordIds: string[];
  updatedRelatedIds: string[];
}

const MAX_LOSERS = 2;

/** Merges up to two records into the winner: its children move, losers go to the bin with MasterRecordId. */
export function mergeRecords(
  ctx: WriteContext,
  info: ObjectInfo,
  winnerId: string,
  loserIds: string[],
  values: Record<string, unknown>,
): MergeResult {
  if (!info.def.mergeable) {
    throw recordError('INVALID_TYPE', `entity type does not support merge: ${info.def.name}`);
  }
  if (loserIds.length < 1 || loserIds.length > MAX_LOSERS) {
    throw recordError('LIMIT_EXCEEDED', `Only ${MAX_LOSERS + 1} records can be merged at once`);
  }
  const winner = existing(ctx, info, winnerId);
  const losers = loserIds.map((id) => existing(ctx, info, id));
  if (losers.some((loser) => loser.Id === winner.Id)) {
    throw recordError('DUPLICATE_VALUE', 'The winner cannot be merged with itself');
  }
  const converted = [winner, ...losers].some((row) => row.IsConverted === true);
  if (converted) throw recordError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
  if (!ctx.access.may(info, 'edit') || !ctx.access.may(info, 'delete')) throw noAccess();
  return ctx.org.transaction(() => {
    const updatedRelatedIds = losers.flatMap((loser) => moveChildren(ctx, info, loser, winner.Id));
    for (const loser of losers) {
      bury(ctx, info, loser, { MasterRecordId: winner.Id });
      ctx.org.wrote('deleted');
    }
    const inner = { ...ctx, options: { ...ctx.options, allowSave: true } };
    updateRecord(inner, info, winner.Id, { values, source: 'text' });
    return { id: winner.Id, mergedRecordIds: losers.map((loser) => loser.Id), updatedRelatedIds };
  });
}

function moveChildren(ctx: WriteContext, info: ObjectInfo, loser: SObject, winnerId: string): string[] {
  const moved: string[] = [];
  const now = systemStamp(ctx.org.clock.now());
  for (const { child, field } of info.children) {
    if (field.name.startsWith('Converted') || field.name === 'MasterRecordId') continue;
    const table = ctx.org.table(child);
    for (const row of table.rowsBy(field.name, loser.Id)) {
      const twice =
        child === 'CampaignMember' &&
        table.rowsBy(field.name, winnerId).some((each) => each.CampaignId === row.CampaignId);
      if (twice) continue;
      ctx.org.put(child, { ...row, [field.name]: winnerId, SystemModstamp: now });
      moved.push(row.Id);
    }
  }
  return moved;
}
