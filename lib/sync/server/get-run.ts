import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { fail, ok, type Result } from '#lib/core/result.ts';
import { isActive, type Run, type RunList } from '../schemas.ts';
import { findRunOf, findRuns, viewOf } from './repository.ts';

const shownRuns = 20;

/** One run of the workspace with its progress. Fails with `not_found`. */
export async function getRun(actor: Pick<Actor, 'workspaceId'>, id: string): Promise<Result<Run>> {
  const run = await findRunOf(db(), actor.workspaceId, id);
  return run ? ok(viewOf(run)) : fail({ code: 'not_found' });
}

/** The workspace's latest runs, active ones first. */
export async function listRuns(actor: Pick<Actor, 'workspaceId' | 'role'>): Promise<Result<RunList>> {
  const runs = (await findRuns(db(), actor.workspaceId, shownRuns)).map(viewOf);
  const sorted = [...runs.filter(isActive), ...runs.filter((run) => !isActive(run))];
  return ok({ runs: sorted, canStart: actor.role === 'admin' });
}
