import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import { callsOf, nobodyCounted } from '#lib/sync/server/index.ts';
import { wouldHold } from '../switch-rules.ts';
import type { SwitchEffect } from '../switch-schemas.ts';
import * as repository from './switch-repository.ts';

/**
 * What choosing another inclusion segment would change, for each one whose members are stored, and for all
 * contacts. Asks no CRM: a segment that was never counted is left out.
 */
export async function switchEffects({
  workspaceId,
}: Pick<Actor, 'workspaceId'>): Promise<Result<{ effects: SwitchEffect[] }>> {
  const [{ values }, watches, workspace, at] = await Promise.all([
    currentSettings(db(), workspaceId),
    repository.findWatches(db(), workspaceId),
    repository.findWorkspace(db(), workspaceId),
    now(),
  ]);
  const from = values.inclusionListId;
  const isKnown = from === null || watches.some((each) => each.listId === from && each.baselineAt);
  if (!isKnown) return ok({ effects: [] });
  const everybody = { listId: null, state: 'READY', fullReadAt: at };
  const options = [everybody, ...watches].filter(({ listId }) => listId !== from);
  const effects: SwitchEffect[] = [];
  for (const { listId, state, fullReadAt } of options) {
    if (listId !== null && !fullReadAt && state !== 'PROCESSING') continue;
    const rows = await repository.countEffect(db(), workspaceId, from, listId);
    const effect = effectOf(
      rows,
      { from, to: listId, contacts: workspace.contactCount },
      values.breakerShare,
    );
    const countedAt = (fullReadAt ?? at).toISOString();
    effects.push({ ...effect, listId, countedAt, isProcessing: state === 'PROCESSING' });
  }
  return ok({ effects });
}

function effectOf(
  rows: readonly repository.EffectRow[],
  gates: { from: string | null; to: string | null; contacts: number | null },
  share: number,
): Omit<SwitchEffect, 'listId' | 'countedAt' | 'isProcessing'> {
  const of = (group: string) => rows.find((row) => row.group === group) ?? { people: 0, linked: 0 };
  const known = rows.reduce((sum, { people }) => sum + people, 0);
  const linked = rows.reduce((sum, row) => sum + row.linked, 0);
  // Whoever is in no stored segment is on a side only if that is the one of everybody.
  const rest = Math.max((gates.contacts ?? known) - known, 0);
  const start = of('start').people + (gates.to === null ? rest : 0);
  const stop = of('stop').people + (gates.from === null ? rest : 0);
  const linkedMoves = of('start').linked + of('stop').linked;
  const fresh = start - of('start').linked;
  const calls = callsOf({
    ...nobodyCounted,
    people: start,
    searched: fresh,
    created: fresh,
    linked: of('start').linked,
    updatedInSalesforce: of('start').linked,
  });
  return {
    start,
    stop,
    linkedStops: of('stop').linked,
    unchanged: known + rest - start - stop,
    calls: calls.salesforce,
    wouldHold: wouldHold(linkedMoves, linked, share),
    share: linked === 0 ? 0 : Math.round((100 * linkedMoves) / linked),
  };
}
