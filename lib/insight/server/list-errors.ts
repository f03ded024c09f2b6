import { outcomesById } from '#lib/activity/server/index.ts';
import type { Actor } from '#lib/auth/actor.ts';
import { db } from '#lib/core/db.ts';
import { ok, type Result } from '#lib/core/result.ts';
import { type ErrorPage, type ErrorQuery, errorsPageSize } from '../schemas.ts';
import { findErrorIds } from './repository.ts';

/** Who has errors now, newest first, page by page. */
export async function listErrors(
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  query: ErrorQuery,
): Promise<Result<ErrorPage>> {
  const page = { skip: (query.page - 1) * errorsPageSize, take: errorsPageSize };
  const { ids, total } = await findErrorIds(db(), workspaceId, filterOf(query), page);
  return ok({ outcomes: await outcomesById(workspaceId, ids), total });
}

export function filterOf({ category, codes, search }: ErrorQuery) {
  return { category: category ?? null, codes: codes ? codes.split(',') : null, search };
}
