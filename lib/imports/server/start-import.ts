import { recordAudit } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { type Db, db, inTransaction } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { startImportRun } from '#lib/sync/server/index.ts';
import { isOldPlan, toImport } from '../rules.ts';
import { type Import, type ImportCounts, type ImportForecast, importForecastSchema } from '../schemas.ts';
import { getImport, listChange } from './get-import.ts';
import { findImportOf, type ImportRow, lockImport, parseCounts, storeStart } from './repository.ts';

/**
 * Carries out a plan: a worker imports its people under a run. Fails with `not_found`, `import_not_counted`,
 * `import_nothing`, `import_plan_old`, `import_list_changed`, or as a run can't be started.
 */
export async function startImport(actor: Actor, id: string): Promise<Result<Import>> {
  const { workspaceId } = actor;
  const started = await inTransaction(async (tx): Promise<Result<null>> => {
    const plan = await findPlan(tx, workspaceId, id);
    if (!plan.ok) return plan;
    const { row, counts, forecast } = plan.value;
    const { hubspotCalls: _hubspot, minutes: _minutes, ...expected } = forecast;
    const run = await startImportRun(tx, actor, {
      ...{ orgId: row.orgId, segmentName: row.segmentName, total: toImport(counts), forecast: expected },
    });
    if (!run.ok) return run;
    await storeStart(tx, id, run.value.id);
    await recordAudit(tx, {
      ...{ workspaceId, actorId: actor.userId, actor: actor.name, app: 'segbridge' },
      action: 'import.started',
      newValue: { importId: id, runId: run.value.id, records: toImport(counts) },
      at: await now(tx),
    });
    return ok(null);
  });
  return started.ok ? getImport(actor, id) : started;
}

type Plan = { row: ImportRow; counts: ImportCounts; forecast: ImportForecast };

async function findPlan(tx: Db, workspaceId: string, id: string): Promise<Result<Plan>> {
  await lockImport(tx, id);
  const row = await findImportOf(tx, workspaceId, id);
  if (!row) return fail({ code: 'not_found' });
  const counts = parseCounts(row.counts);
  if (row.state !== 'COUNTED' || !counts || !row.countedAt) return fail({ code: 'import_not_counted' });
  if (toImport(counts) === 0) return fail({ code: 'import_nothing' });
  if (isOldPlan(row.countedAt, await now(tx))) return fail({ code: 'import_plan_old' });
  if (await listChange(row)) return fail({ code: 'import_list_changed' });
  return ok({ row, counts, forecast: importForecastSchema.parse(row.forecast) });
}

/** Is anything of an import under way that a person could stop? */
export async function runOf(workspaceId: string, id: string): Promise<Result<string>> {
  const row = await findImportOf(db(), workspaceId, id);
  if (!row) return fail({ code: 'not_found' });
  return row.runId ? ok(row.runId) : fail({ code: 'run_not_active' });
}
