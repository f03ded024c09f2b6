import type { Db } from '#lib/core/db.ts';
import { isOverdue } from '../collect/daily-check.ts';
import type { Scope } from '../store.ts';
import { findOpenHold } from './breaker-repository.ts';
import { findDailyCheck } from './collect-repository.ts';
import { connectionFacts } from './collect-store.ts';

/** Why nothing may be written just now: a person must look first, or all links must be read first. */
export type WritingStop =
  | { kind: 'hold'; holdId: string; cause: string; since: Date }
  | { kind: 'daily_check' };

/** Whether the writing has stopped; null: it goes on. */
export async function writingStop(on: Db, scope: Scope, at: Date): Promise<WritingStop | null> {
  const hold = await findOpenHold(on, scope);
  if (hold) return { kind: 'hold', holdId: hold.id, cause: hold.cause, since: hold.since };
  const { connectedAt } = await connectionFacts(scope);
  return isOverdue(await findDailyCheck(on, scope), connectedAt, at) ? { kind: 'daily_check' } : null;
}
