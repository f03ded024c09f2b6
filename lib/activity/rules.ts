import type { AuditPeriod, AuditSubject, OutcomePeriod, OutcomeStatus } from './schemas.ts';

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

const dayMs = 24 * hourMs;

/** How far back a period of the audit log goes; null: to the beginning. */
export const auditPeriodMs: Record<AuditPeriod, number | null> = {
  day: dayMs,
  week: 7 * dayMs,
  month: 30 * dayMs,
  quarter: 90 * dayMs,
  all: null,
};

/** Subjects that are more than one setting: the first word of their actions. */
const wideSubjects: ReadonlySet<AuditSubject> = new Set([
  'mapping',
  'connection',
  'segment',
  'run',
  'writing',
  'user',
]);

/** Which actions a subject stands for: one by name, or all that begin so. */
export function actionsOf(subject: AuditSubject): { equals: string } | { startsWith: string } {
  return wideSubjects.has(subject) ? { startsWith: `${subject}.` } : { equals: `settings.${subject}` };
}
