import type { Actor } from '#lib/auth/actor.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { callsOf, nobodyCounted } from '#lib/sync/server/index.ts';
import { wouldHold } from '../switch-rules.ts';
import type { SwitchCounts, SwitchEffect } from '../switch-schemas.ts';
import { countChoice, openChoices } from './switch-choices.ts';

/**
 * What choosing another inclusion segment would change, for each one whose members are stored, and for all
 * contacts. Asks no CRM: a segment that was never counted is left out.
 */
export async function switchEffects({
  workspaceId,
}: Pick<Actor, 'workspaceId'>): Promise<Result<{ effects: SwitchEffect[] }>> {
  const choices = await openChoices(workspaceId);
  const effects: SwitchEffect[] = [];
  for (const { listId, countedAt, isProcessing } of choices.options) {
    const { counts } = await countChoice(choices, listId);
    effects.push({
      ...effectOf(counts, choices.share),
      ...{ listId, isProcessing, countedAt: countedAt.toISOString() },
    });
  }
  return ok({ effects });
}

function effectOf(
  { start, stop, both, neither, linked, linkedMoves, linkedStops }: SwitchCounts,
  share: number,
): Omit<SwitchEffect, 'listId' | 'countedAt' | 'isProcessing'> {
  const linkedStarts = linkedMoves - linkedStops;
  const calls = callsOf({
    ...nobodyCounted,
    people: start,
    searched: start - linkedStarts,
    created: start - linkedStarts,
    linked: linkedStarts,
    updatedInSalesforce: linkedStarts,
  });
  return {
    ...{ start, stop, linkedStops, unchanged: both + neither },
    calls: calls.salesforce,
    wouldHold: wouldHold(linkedMoves, linked, share),
    share: linked === 0 ? 0 : Math.round((100 * linkedMoves) / linked),
  };
}
