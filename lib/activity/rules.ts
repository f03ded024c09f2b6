import type { OutcomePeriod, OutcomeStatus } from './schemas.ts';

const hourMs = 3_600_000;

/** How far back a period goes; null: to the beginning. */
export const periodMs: Record<OutcomePeriod, number | null> = {
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  month: 30 * 24 * hourMs,
  all: null,
};

/** *Synced* is created, updated or unchanged; *error* is failed, or any failed field. */
export function statusOf(outcome: { result: string; code: string | null }): OutcomeStatus {
  if (outcome.result === 'SKIPPED') return 'skipped';
  return outcome.result === 'FAILED' || outcome.code !== null ? 'error' : 'synced';
}
