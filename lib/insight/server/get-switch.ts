import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import { phaseOf } from '../switch-rules.ts';
import { type SwitchCounts, type SwitchPreview, switchCountsSchema } from '../switch-schemas.ts';
import * as repository from './switch-repository.ts';

const states = {
  COUNTING: 'counting',
  PROCESSING: 'processing',
  COUNTED: 'counted',
  FAILED: 'failed',
} as const;

/**
 * What a change of the inclusion segment does: numbers as counted, where it stands, and what came after it.
 * Fails with `not_found`.
 */
export async function getSwitch(actor: Actor, changeId: string): Promise<Result<SwitchPreview>> {
  const { workspaceId } = actor;
  const change = await repository.findChange(db(), workspaceId, changeId);
  if (!change) return fail({ code: 'not_found' });
  const [from, to, next, hold, admins, workspace, settings, at] = await Promise.all([
    repository.findGate(db(), workspaceId, change.baseVersion),
    repository.findGate(db(), workspaceId, change.version),
    repository.findNext(db(), workspaceId, change.version),
    repository.findHold(db(), workspaceId, changeId),
    repository.findAdmins(db(), workspaceId),
    repository.findWorkspace(db(), workspaceId),
    currentSettings(db(), workspaceId),
    now(),
  ]);
  const lists = [from.listId, to.listId, next?.listId].flatMap((id) => id ?? []);
  const segments = await repository.findSegments(db(), workspaceId, lists);
  const segmentOf = (listId: string | null) => segments.find((each) => each.listId === listId);
  const side = ({ listId }: { listId: string | null }) => ({
    listId,
    name: segmentOf(listId)?.name ?? null,
    size: (listId === null ? workspace.contactCount : segmentOf(listId)?.size) ?? null,
  });
  const phase = phaseOf(change, hold !== null && hold.endedAt === null, at);
  const seconds = Math.ceil((change.inForceAt.getTime() - at.getTime()) / 1_000);
  const count = countOf(change);
  return ok({
    changeId,
    changedAt: change.changedAt.toISOString(),
    changedBy: to.changedBy,
    phase,
    secondsLeft: change.endedAt ? 0 : Math.max(seconds, 0),
    inForceAt: latest(change.inForceAt, change.settledAt).toISOString(),
    from: side(from),
    to: side(to),
    count,
    contacts: workspace.contactCount,
    hold: hold && holdOf(hold, count.counts, settings.values.breakerShare),
    next: next && {
      changeId: next.changeId,
      by: next.by,
      at: next.at.toISOString(),
      isUndo: next.listId === from.listId,
      ...{ name: segmentOf(next.listId)?.name ?? null, listId: next.listId },
    },
    canEdit: actor.role === 'admin',
    admins,
  });
}

function latest(a: Date, b: Date | null): Date {
  return b && b > a ? b : a;
}

function countOf({ count, settledAt }: repository.ChangeRow): SwitchPreview['count'] {
  if (!count) return { state: settledAt ? 'none' : 'counting', counts: null, countedAt: null };
  const counts = switchCountsSchema.safeParse(count.counts);
  return {
    state: states[count.state],
    counts: counts.success ? counts.data : null,
    countedAt: count.countedAt?.toISOString() ?? null,
  };
}

function holdOf(
  hold: { endedAt: Date | null; confirmedBy: string | null; confirmedAt: Date | null },
  counts: SwitchCounts | null,
  limit: number,
): SwitchPreview['hold'] {
  return {
    isOpen: hold.endedAt === null,
    share: counts && counts.linked > 0 ? Math.round((100 * counts.linkedMoves) / counts.linked) : 0,
    limit,
    confirmedBy: hold.confirmedBy,
    confirmedAt: hold.confirmedAt?.toISOString() ?? null,
  };
}
