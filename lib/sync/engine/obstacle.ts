import type { SettingsValues } from '#lib/settings/schemas.ts';
import type { Trouble } from '../trouble.ts';
import type { Deps } from './session.ts';

const pausedWaitMs = 30_000;
const budgetWaitMs = 5 * 60_000;
const heldWaitMs = 60_000;

/** What keeps everybody of a workspace from being synced now; null if nothing does. */
export async function obstacleOf(
  { store, isHeld }: Pick<Deps, 'store' | 'isHeld'>,
  settings: SettingsValues,
): Promise<Trouble | null> {
  if (settings.paused) return { reason: 'paused', waitMs: pausedWaitMs };
  if ((await store.budget(settings)) === 'used_up') return { reason: 'budget_used_up', waitMs: budgetWaitMs };
  return (await isHeld()) ? { reason: 'held', waitMs: heldWaitMs } : null;
}

/** Pausing, the budget and the circuit breaker hold before the next batch, not only before the next group. */
export async function isObstructed(session: Pick<Deps, 'store' | 'isHeld'>): Promise<boolean> {
  const { values } = await session.store.settings();
  return (await obstacleOf(session, values)) !== null;
}
