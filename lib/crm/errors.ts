import { type CrmFailure, type ErrorCategory, errorCategories } from './failure.ts';

/** What an error says to a person: `syncErrors.{short,says,cure}.{text}`. Several codes may say the same. */
export const errorTexts = [
  'session_ended',
  'calls_used_up',
  'too_fast',
  'record_hidden',
  'duplicate_rule',
  'duplicate_value',
  'contact_exists',
  'address_held',
  'email_in_use',
  'list_name_taken',
  'api_disabled',
  'feature_off',
  'no_record_right',
  'no_related_right',
  'field_locked',
  'field_gone',
  'object_hidden',
  'storage_full',
  'owner_inactive',
  'related_missing',
  'record_deleted',
  'delete_refused',
  'lead_converted',
  'validation_rule',
  'flow_failed',
  'automation_loop',
  'rolled_back',
  'record_locked',
  'limit_inside',
  'job_refused',
  'unavailable',
  'required_field',
  'not_an_option',
  'too_long',
  'not_an_email',
  'wrong_type',
  'not_a_number',
  'out_of_range',
  'not_a_date',
  'not_a_boolean',
  'does_not_fit',
  'value_refused',
  'cannot_go_back',
  'value_not_taken',
  'our_fault',
  'scopes_missing',
  'app_misconfigured',
  'consent_denied',
  // of codes that we don't know, by category
  'associations',
  'automation',
  'duplicates',
  'permissions',
  'values',
  'other',
] as const;
export type ErrorText = (typeof errorTexts)[number];

type Passing = 'authLost' | 'notFound' | 'rateLimited' | 'dailyLimit';

/**
 * What a vendor's code means for us. `retry`: the same request may work later without a person's doing.
 * Everything else is refused until the record, the mapping or a right changes.
 */
export type ErrorRule =
  | { means: Passing; text: ErrorText }
  | { means: ErrorCategory; retry: boolean; text: ErrorText };

const means = (what: Passing, text: ErrorText): ErrorRule => ({ means: what, text });
const refused = (category: ErrorCategory, text: ErrorText): ErrorRule => ({
  means: category,
  retry: false,
  text,
});
const later = (category: ErrorCategory, text: ErrorText): ErrorRule => ({
  means: category,
  retry: true,
  text,
});

/** Salesforce's `errorCode` and `statusCode` values (REST API Developer Guide, status codes). */
export const salesforceErrors: Record<string, ErrorRule> = {
  INVALID_SESSION_ID: means('authLost', 'session_ended'),
  INVALID_AUTH_HEADER: means('authLost', 'session_ended'),
  // Daily, or too many long calls at once: the message tells which.
  REQUEST_LIMIT_EXCEEDED: means('dailyLimit', 'calls_used_up'),
  NOT_FOUND: means('notFound', 'record_hidden'),

  DUPLICATES_DETECTED: refused('duplicates', 'duplicate_rule'),
  DUPLICATE_VALUE: refused('duplicates', 'duplicate_value'),
  DUPLICATE_EXTERNAL_ID: refused('duplicates', 'duplicate_value'),
  MULTIPLE_CHOICES: refused('duplicates', 'duplicate_value'),

  API_DISABLED_FOR_ORG: refused('permissions', 'api_disabled'),
  API_CURRENTLY_DISABLED: refused('permissions', 'api_disabled'),
  FUNCTIONALITY_NOT_ENABLED: refused('permissions', 'feature_off'),
  FEATURENOTENABLED: refused('permissions', 'feature_off'),
  INSUFFICIENT_ACCESS: refused('permissions', 'no_record_right'),
  INSUFFICIENT_ACCESS_OR_READONLY: refused('permissions', 'no_record_right'),
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: refused('permissions', 'no_related_right'),
  INVALID_FIELD_FOR_INSERT_UPDATE: refused('permissions', 'field_locked'),
  INVALID_FIELD: refused('permissions', 'field_gone'),
  INVALID_TYPE: refused('permissions', 'object_hidden'),
  INVALIDENTITY: refused('permissions', 'object_hidden'),
  STORAGE_LIMIT_EXCEEDED: refused('permissions', 'storage_full'),

  INACTIVE_OWNER_OR_USER: refused('associations', 'owner_inactive'),
  OPERATION_WITH_INACTIVE_USER_NOT_ALLOWED: refused('associations', 'owner_inactive'),
  INVALID_CROSS_REFERENCE_KEY: refused('associations', 'related_missing'),
  ENTITY_IS_DELETED: refused('associations', 'record_deleted'),
  CANNOT_UPDATE_CONVERTED_LEAD: refused('associations', 'lead_converted'),
  MALFORMED_ID: refused('associations', 'related_missing'),
  DELETE_FAILED: refused('associations', 'delete_refused'),

  FIELD_CUSTOM_VALIDATION_EXCEPTION: refused('automation', 'validation_rule'),
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: refused('automation', 'flow_failed'),
  CANNOT_EXECUTE_FLOW_TRIGGER: refused('automation', 'flow_failed'),
  ALL_OR_NONE_OPERATION_ROLLED_BACK: later('automation', 'rolled_back'),
  PROCESSING_HALTED: later('automation', 'rolled_back'),
  UNABLE_TO_LOCK_ROW: later('automation', 'record_locked'),
  TXN_SECURITY_METERING_ERROR: later('automation', 'limit_inside'),
  LIMIT_EXCEEDED: later('automation', 'limit_inside'),
  QUERY_TIMEOUT: later('automation', 'limit_inside'),
  INVALIDJOB: refused('automation', 'job_refused'),
  INVALIDJOBSTATE: refused('automation', 'job_refused'),

  REQUIRED_FIELD_MISSING: refused('values', 'required_field'),
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: refused('values', 'not_an_option'),
  STRING_TOO_LONG: refused('values', 'too_long'),
  INVALID_EMAIL_ADDRESS: refused('values', 'not_an_email'),
  JSON_PARSER_ERROR: refused('values', 'wrong_type'),
  NUMBER_OUTSIDE_VALID_RANGE: refused('values', 'out_of_range'),
  FIELD_INTEGRITY_EXCEPTION: refused('values', 'does_not_fit'),
  MALFORMED_QUERY: refused('values', 'our_fault'),
  INVALID_QUERY_FILTER_OPERATOR: refused('values', 'our_fault'),
  INVALID_QUERY_LOCATOR: refused('values', 'our_fault'),
  QUERY_TOO_COMPLICATED: refused('values', 'our_fault'),
  INVALID_REPLICATION_DATE: refused('values', 'our_fault'),
  EXCEEDED_ID_LIMIT: refused('values', 'our_fault'),
  INVALID_INPUT: refused('values', 'our_fault'),
  METHOD_NOT_ALLOWED: refused('values', 'our_fault'),
  URI_TOO_LONG: refused('values', 'our_fault'),
  UNSUPPORTED_MEDIA_TYPE: refused('values', 'our_fault'),

  UNKNOWN_EXCEPTION: later('automation', 'unavailable'),
  SERVER_UNAVAILABLE: later('automation', 'unavailable'),
};

/** HubSpot's categories, sub-categories and codes of single properties; and the codes of both OAuths. */
export const hubspotErrors: Record<string, ErrorRule> = {
  INVALID_AUTHENTICATION: means('authLost', 'session_ended'),
  EXPIRED_AUTHENTICATION: means('authLost', 'session_ended'),
  RATE_LIMITS: means('rateLimited', 'too_fast'),
  RATE_LIMIT: means('rateLimited', 'too_fast'),
  OBJECT_NOT_FOUND: means('notFound', 'record_hidden'),
  MISSING_SCOPES: refused('permissions', 'scopes_missing'),
  PROPERTY_DOESNT_EXIST: refused('permissions', 'field_gone'),
  READ_ONLY_VALUE: refused('permissions', 'field_locked'),
  CONFLICT: refused('duplicates', 'contact_exists'),
  OBJECT_ALREADY_EXISTS: refused('duplicates', 'contact_exists'),
  'ILS.DUPLICATE_LIST_NAMES': refused('duplicates', 'list_name_taken'),
  'ListError.INVALID_OBJECT_TYPE_FOR_LIST': refused('values', 'our_fault'),
  VALIDATION_ERROR: refused('values', 'value_refused'),
  INVALID_OPTION: refused('values', 'not_an_option'),
  INVALID_EMAIL: refused('values', 'not_an_email'),
  INVALID_LONG: refused('values', 'not_a_number'),
  INVALID_INTEGER: refused('values', 'not_a_number'),
  INVALID_DATE: refused('values', 'not_a_date'),
  INVALID_CURSOR: refused('values', 'our_fault'),
  INVALID_PROCESSING_TYPE: refused('values', 'our_fault'),
};

/** OAuth codes of both vendors (RFC 6749 and HubSpot's older names). */
export const oauthErrors: Record<string, ErrorRule> = {
  invalid_grant: means('authLost', 'session_ended'),
  BAD_REFRESH_TOKEN: means('authLost', 'session_ended'),
  BAD_AUTH_CODE: means('authLost', 'session_ended'),
  invalid_token: means('authLost', 'session_ended'),
  unsupported_token_type: means('authLost', 'session_ended'),
  access_denied: refused('permissions', 'consent_denied'),
  invalid_client: refused('permissions', 'app_misconfigured'),
  invalid_client_id: refused('permissions', 'app_misconfigured'),
  BAD_CLIENT_ID: refused('permissions', 'app_misconfigured'),
  BAD_CLIENT_SECRET: refused('permissions', 'app_misconfigured'),
  redirect_uri_mismatch: refused('permissions', 'app_misconfigured'),
  BAD_REDIRECT_URI: refused('permissions', 'app_misconfigured'),
  unsupported_grant_type: refused('values', 'our_fault'),
  invalid_request: refused('values', 'our_fault'),
  invalid_scope: refused('permissions', 'app_misconfigured'),
};

/** Codes of our own, where a rule of the sync refuses before the vendor could. */
export const ownErrors: Record<string, ErrorRule> = {
  address_held: refused('duplicates', 'address_held'),
  email_in_use: refused('duplicates', 'email_in_use'),
  automation_loop: refused('automation', 'automation_loop'),
  cannot_go_back: refused('values', 'cannot_go_back'),
  value_not_taken: refused('values', 'value_not_taken'),
  RECORD_NOT_RETURNED: refused('permissions', 'record_hidden'),
  NOT_AN_OPTION: refused('values', 'not_an_option'),
  NOT_A_NUMBER: refused('values', 'not_a_number'),
  NOT_A_DATE: refused('values', 'not_a_date'),
  NOT_A_BOOLEAN: refused('values', 'not_a_boolean'),
  UNREADABLE_ERROR: refused('values', 'other'),
};

const allErrors = new Map(
  Object.entries({ ...oauthErrors, ...hubspotErrors, ...salesforceErrors, ...ownErrors }),
);

/** Which sentence and cure belong to a code; an unknown one gets those of its category. */
export function errorTextOf(code: string | null, category: string | null): ErrorText {
  const rule = code === null ? undefined : allErrors.get(code);
  return rule?.text ?? errorCategories.find((each) => each === category) ?? 'other';
}

/** Whether a refusal with this code may pass by itself, so that it is worth sending again. */
export function isRetried(code: string): boolean {
  const rule = salesforceErrors[code] ?? hubspotErrors[code];
  return rule !== undefined && 'retry' in rule && rule.retry;
}

export type VendorError = { code: string; message: string; fields: string[] };

/** Puts a vendor's error into the app's words. An unknown code counts as a fault of the values. */
export function failureOf(table: Record<string, ErrorRule>, error: VendorError): CrmFailure {
  const rule = table[error.code] ?? refused('values', 'values');
  switch (rule.means) {
    case 'authLost':
      return { kind: 'authLost' };
    case 'notFound':
      return { kind: 'notFound' };
    case 'rateLimited':
      return { kind: 'rateLimited', retryAfterMs: 10_000, daily: false };
    case 'dailyLimit':
      return { kind: 'rateLimited', retryAfterMs: 15 * 60_000, daily: true };
    default:
      if (rule.retry)
        return { kind: 'unavailable', message: `${error.code}: ${error.message}`, maybeDone: false };
      return { kind: 'rejected', category: rule.means, ...error };
  }
}

/** The id of what is there already, if a refused creation names it. */
export function existingIdOf({ category, message }: { category: string; message: string }): string | null {
  return category === 'duplicates' ? (/Existing ID: (\d+)/.exec(message)?.[1] ?? null) : null;
}
