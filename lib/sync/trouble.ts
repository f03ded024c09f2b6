import type { CrmFailure } from '#lib/crm/failure.ts';
import type { RunReason } from './schemas.ts';

/** Why a run can't go on now. `waitMs`: it goes on by itself after that; null: a person must do something. */
export type Trouble = { reason: RunReason; waitMs: number | null; detail?: string };

export type Crm = 'hubspot' | 'salesforce';

const dailyWaitMs = 15 * 60_000;
const loginWaitMs = 60_000;

/** What the failure of a whole call means for the run. `troubles` in a row make the pause grow. */
export function troubleOf(crm: Crm, failure: CrmFailure, troubles: number): Trouble {
  switch (failure.kind) {
    case 'rateLimited':
      return {
        reason: `${crm}_rate_limited`,
        waitMs: failure.daily ? dailyWaitMs : Math.max(failure.retryAfterMs, 1_000),
      };
    case 'authLost':
      return { reason: `${crm}_auth_lost`, waitMs: loginWaitMs };
    case 'unavailable':
      if (failure.unsent) return { reason: 'membership_too_old', waitMs: pauseMs(troubles) };
      return { reason: `${crm}_unavailable`, waitMs: pauseMs(troubles), detail: failure.message };
    case 'notFound':
      return { reason: `${crm}_refused`, waitMs: null, detail: 'NOT_FOUND' };
    case 'rejected':
      return { reason: `${crm}_refused`, waitMs: null, detail: failure.code };
  }
}

/** 5 seconds, doubling up to 10 minutes. */
export function pauseMs(troubles: number): number {
  return Math.min(5_000 * 2 ** Math.min(troubles, 10), 10 * 60_000);
}
