import type { Actor } from '#lib/auth/actor.ts';
import { now } from '#lib/core/clock.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { isActive, type Run } from '#lib/sync/schemas.ts';
import { getRun } from '#lib/sync/server/index.ts';
import { isOldPlan } from '../rules.ts';
import { type Import, importChoiceSchema, importForecastSchema } from '../schemas.ts';
import { countResult } from './people-repository.ts';
import { findImportOf, findListChange, type ImportRow, parseCounts } from './repository.ts';

type Reader = Pick<Actor, 'workspaceId' | 'role'>;

/** An import with its plan, its run and what has become of it so far. Fails with `not_found`. */
export async function getImport(actor: Reader, id: string): Promise<Result<Import>> {
  const row = await findImportOf(db(), actor.workspaceId, id);
  return row ? ok(await viewOf(row, actor)) : fail({ code: 'not_found' });
}

export async function viewOf(row: ImportRow, actor: Reader): Promise<Import> {
  const { id, segmentName, createdBy, read, countedAt, reason, runId } = row;
  const run = runId ? await getRun(actor, runId) : null;
  const found = run?.ok ? run.value : null;
  const isPlan = countedAt !== null && found === null;
  return {
    ...{ id, segmentName, createdBy, read, reason, hasLimit: row.listId !== null },
    state: stateOf(row, found),
    choice: importChoiceSchema.parse(row.choice),
    createdAt: row.createdAt.toISOString(),
    countedAt: countedAt?.toISOString() ?? null,
    counts: parseCounts(row.counts),
    forecast: row.forecast === null ? null : importForecastSchema.parse(row.forecast),
    isOld: isPlan && isOldPlan(countedAt, await now()),
    listChangedAt: isPlan ? await listChange(row) : null,
    run: found,
    result: found ? await countResult(db(), found.id) : null,
    canControl: actor.role === 'admin',
  };
}

/** The plan holds for the list that was in use when counting began. */
export async function listChange({ workspaceId, createdAt }: ImportRow): Promise<string | null> {
  return (await findListChange(db(), workspaceId, createdAt))?.toISOString() ?? null;
}

function stateOf(row: ImportRow, run: Run | null): Import['state'] {
  if (!run) {
    if (row.state === 'COUNTING') return 'counting';
    return row.state === 'FAILED' ? 'uncounted' : 'counted';
  }
  if (isActive(run)) return 'running';
  return run.status === 'STOPPED' && row.finishedAt === null ? 'stopped' : 'ended';
}
