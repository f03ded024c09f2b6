export const runStatuses = ['QUEUED', 'RUNNING', 'WAITING', 'STOPPING', 'STOPPED', 'DONE', 'FAILED'] as const;
export type RunStatus = (typeof runStatuses)[number];
const active = new Set<RunStatus>(['QUEUED', 'RUNNING', 'WAITING', 'STOPPING']);
export const activeRunStatuses: RunStatus[] = [...active];
export const isActive = (run: { status: RunStatus }) => active.has(run.status);

/** Why a run waits or has failed; the message `sync.reasons.{reason}` says it. */
export const runReasons = [
  'paused',
  'budget_used_up',
  'segment_processing',
  'switch_waits',
  'membership_unclear',
  'membership_too_old',
  'held',
  'people_busy',
  'unanswered_creation',
  'record_locked',
  'hubspot_unavailable',
  'hubspot_rate_limited',
  'hubspot_auth_lost',
  'hubspot_refused',
  'salesforce_unavailable',
  'salesforce_rate_limited',
  'salesforce_auth_lost',
  'salesforce_refused',
  'salesforce_not_connected',
  'inclusion_segment_gone',
  'other_org',
  'unexpected',
] as const;
export type RunReason = (typeof runReasons)[number];
