import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure, hubspotFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import type { CrmResult } from '#lib/crm/failure.ts';
import type { HubSpotPort } from '#lib/crm/ports.ts';
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

/**
 * The same for one segment whose members are not stored: they are read from HubSpot, and stored nowhere. Ends early
 * with `signal`. Fails with `not_found` where there is nothing to compare it with, or no such active segment.
 */
export async function countEffect(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  listId: string,
  signal: AbortSignal,
): Promise<Result<SwitchEffect>> {
  const choices = await openChoices(workspaceId);
  if (!choices.isKnown || choices.from === listId) return fail({ code: 'not_found' });
  const hubspot = await hubspotFor(workspaceId, { signal });
  const read = hubspot.ok ? await readMembers(hubspot.value, listId) : hubspot;
  if (!read.ok) return fail(crmFailureToFailure('HUBSPOT', read.failure));
  if (read.value === null) return fail({ code: 'not_found' });
  const { members, isProcessing } = read.value;
  const { counts } = await countChoice(choices, listId, members);
  const countedAt = (await now()).toISOString();
  return ok({ ...effectOf(counts, choices.share), listId, isProcessing, countedAt });
}

type Members = { members: string[]; isProcessing: boolean };

/** Null: deleted, or no active segment. */
async function readMembers(hubspot: HubSpotPort, listId: string): Promise<CrmResult<Members | null>> {
  const list = await hubspot.list(listId);
  if (!list.ok) return list.failure.kind === 'notFound' ? { ok: true, value: null } : list;
  const { deletedAt, processingType, processingStatus } = list.value;
  if (deletedAt || processingType !== 'DYNAMIC') return { ok: true, value: null };
  const members: string[] = [];
  for (let after: string | null = null; ; ) {
    const page = await hubspot.membersWithTimes(listId, { order: 'id', after });
    if (!page.ok) return page;
    members.push(...page.value.members.map(({ id }) => id));
    after = page.value.after;
    if (after === null) break;
  }
  return { ok: true, value: { members, isProcessing: processingStatus !== 'COMPLETE' } };
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
