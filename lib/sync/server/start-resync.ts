import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { crmFailureToFailure, hubspotFor } from '#lib/connections/server/index.ts';
import { now } from '#lib/core/clock.ts';
import { db, inTransaction } from '#lib/core/db.ts';
import type { Failure } from '#lib/core/failures.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { currentSettings } from '#lib/settings/server/index.ts';
import type { Forecast, Run } from '../schemas.ts';
import { isBudgetUsedUp } from './check-budget.ts';
import { enqueueRun } from './enqueue-run.ts';
import {
  findActiveRun,
  findSalesforceConnection,
  findWorkspace,
  insertRun,
  lockRuns,
  viewOf,
} from './repository.ts';

/**
 * Starts a resync of the inclusion segment (of all contacts while none is set); the work is done by a worker.
 * Fails with `salesforce_not_connected`, `salesforce_auth_lost`, `inclusion_segment_gone`,
 * `budget_used_up`, `run_already_active`, or what HubSpot says.
 */
export async function startResync(actor: Actor, forecast?: Forecast): Promise<Result<Run>> {
  const { workspaceId } = actor;
  const connection = await findSalesforceConnection(db(), workspaceId);
  const problem = connectionProblem(connection);
  if (problem) return fail(problem);
  const settings = await currentSettings(db(), workspaceId);
  const segment = await segmentToSync(workspaceId, settings.values.inclusionListId);
  if (!segment.ok) return segment;
  if (await isBudgetUsedUp(workspaceId, settings.values.apiAllocation)) {
    return fail({ code: 'budget_used_up' });
  }
  return inTransaction(async (tx) => {
    await lockRuns(tx, workspaceId);
    if (await findActiveRun(tx, workspaceId)) return fail<Failure>({ code: 'run_already_active' });
    const at = await now(tx);
    const run = await insertRun(tx, {
      kind: 'RESYNC',
      workspaceId,
      orgId: connection?.accountId ?? '',
      settingsVersion: settings.version,
      listId: settings.values.inclusionListId,
      segmentName: segment.value.name,
      total: segment.value.size,
      startedById: actor.userId,
      startedBy: actor.name,
      createdAt: at,
      forecast,
    });
    await recordAudit(tx, {
      workspaceId,
      actorId: actor.userId,
      actor: actor.name,
      action: 'run.resync_started',
      app: 'segbridge',
      newValue: { runId: run.id, segment: segment.value.name },
      at,
    });
    await enqueueRun(tx, run);
    return ok(viewOf(run));
  });
}

export function connectionProblem(connection: { status: string } | null): Failure | null {
  if (!connection || connection.status === 'DISCONNECTED') return { code: 'salesforce_not_connected' };
  return connection.status === 'EXPIRED' ? { code: 'salesforce_auth_lost' } : null;
}

export type SegmentToSync = { name: string | null; size: number | null };

/** The segment as HubSpot knows it now; one that is being processed may be resynced: the run waits for it. */
export async function segmentToSync(
  workspaceId: string,
  listId: string | null,
): Promise<Result<SegmentToSync>> {
  if (listId === null) {
    const { contactCount } = await findWorkspace(db(), workspaceId);
    return ok({ name: null, size: contactCount });
  }
  const hubspot = await hubspotFor(workspaceId);
  if (!hubspot.ok) return fail(crmFailureToFailure('HUBSPOT', hubspot.failure));
  const list = await hubspot.value.list(listId);
  if (!list.ok && list.failure.kind === 'notFound') return fail({ code: 'inclusion_segment_gone' });
  if (!list.ok) return fail(crmFailureToFailure('HUBSPOT', list.failure));
  const { deletedAt, processingType, name, size } = list.value;
  const isGone = deletedAt !== null || processingType !== 'DYNAMIC';
  return isGone ? fail({ code: 'inclusion_segment_gone' }) : ok({ name, size });
}
