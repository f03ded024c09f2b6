/**
 * Every expected failure that a person can meet, with its HTTP status. The sentence is the message
 * `errors.{code}` in the reader's language; it says what happened and what to do.
 */
export const failureStatus = {
  // who asks
  not_signed_in: 401,
  admin_only: 403,
  wrong_origin: 403,
  // what was asked
  bad_request: 400,
  not_found: 404,
  version_conflict: 409,
  // settings
  unknown_segment: 422,
  static_segment: 422,
  wrong_object_segment: 422,
  deleted_segment: 422,
  undo_too_late: 409,
  nothing_to_undo: 409,
  nothing_to_go_on: 409,
  already_confirmed: 409,
  restore_conflict: 409,
  // people
  last_admin: 409,
  // segments
  segment_name_taken: 409,
  segment_in_use: 409,
  segment_limit_reached: 422,
  segment_filters_refused: 422,
  segment_too_many_filters: 422,
  // mappings
  mapping_unknown_field: 422,
  mapping_unmappable: 422,
  mapping_types: 422,
  mapping_nothing_passes: 422,
  mapping_taken: 409,
  mapping_is_default: 422,
  mapping_required: 422,
  mapping_undo_too_late: 409,
  // connections and the CRMs
  hubspot_not_connected: 409,
  hubspot_auth_lost: 409,
  hubspot_rate_limited: 503,
  hubspot_unavailable: 503,
  hubspot_refused: 502,
  salesforce_not_connected: 409,
  salesforce_auth_lost: 409,
  salesforce_rate_limited: 503,
  salesforce_unavailable: 503,
  salesforce_refused: 502,
  consent_denied: 400,
  consent_unverified: 400,
  consent_failed: 502,
  salesforce_api_disabled: 409,
  salesforce_missing_rights: 422,
  login_url_refused: 422,
  other_org: 409,
  disconnect_phrase: 422,
  // runs
  run_already_active: 409,
  run_not_active: 409,
  run_not_stopped: 409,
  budget_used_up: 409,
  inclusion_segment_gone: 409,
  // imports
  import_not_counted: 409,
  import_nothing: 409,
  import_plan_old: 409,
  import_list_changed: 409,
  // bugs
  unexpected: 500,
} as const;

export type FailureCode = keyof typeof failureStatus;

export type Failure = {
  code: FailureCode;
  /** Values for the sentence. */
  values?: Record<string, string | number>;
  /** Which inputs are wrong: path and what is wrong with each. */
  fields?: { path: string; message: string }[];
  /** What the asker needs to go on, such as the newer version after a conflict. */
  current?: unknown;
  /** Names the log entry, where there is one. */
  reference?: string;
};
