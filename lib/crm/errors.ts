import type { CrmFailure, ErrorCategory } from './failure.ts';

/**
 * What a vendor's code means for us. `retry`: the same request may work later without a person's doing.
 * Everything else is refused until the record, the mapping or a right changes.
 */
export type ErrorRule =
  | { means: 'authLost' | 'notFound' | 'rateLimited' | 'dailyLimit' }
  | { means: ErrorCategory; retry: boolean };

const authLost: ErrorRule = { means: 'authLost' };
const notFound: ErrorRule = { means: 'notFound' };
const rateLimited: ErrorRule = { means: 'rateLimited' };
const dailyLimit: ErrorRule = { means: 'dailyLimit' };
const refused = (means: ErrorCategory): ErrorRule => ({ means, retry: false });
const later = (means: ErrorCategory): ErrorRule => ({ means, retry: true });

/** Salesforce's `errorCode` and `statusCode` values (REST API Developer Guide, status codes). */
export const salesforceErrors: Record<string, ErrorRule> = {
  INVALID_SESSION_ID: authLost,
  INVALID_AUTH_HEADER: authLost,
  // Daily, or too many long calls at once: the message tells which.
  REQUEST_LIMIT_EXCEEDED: dailyLimit,
  NOT_FOUND: notFound,

  DUPLICATES_DETECTED: refused('duplicates'),
  DUPLICATE_VALUE: refused('duplicates'),
  DUPLICATE_EXTERNAL_ID: refused('duplicates'),
  MULTIPLE_CHOICES: refused('duplicates'),

  API_DISABLED_FOR_ORG: refused('permissions'),
  API_CURRENTLY_DISABLED: refused('permissions'),
  FUNCTIONALITY_NOT_ENABLED: refused('permissions'),
  FEATURENOTENABLED: refused('permissions'),
  INSUFFICIENT_ACCESS: refused('permissions'),
  INSUFFICIENT_ACCESS_OR_READONLY: refused('permissions'),
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: refused('permissions'),
  INVALID_FIELD_FOR_INSERT_UPDATE: refused('permissions'),
  INVALID_FIELD: refused('permissions'),
  INVALID_TYPE: refused('permissions'),
  INVALIDENTITY: refused('permissions'),
  STORAGE_LIMIT_EXCEEDED: refused('permissions'),

  INACTIVE_OWNER_OR_USER: refused('associations'),
  OPERATION_WITH_INACTIVE_USER_NOT_ALLOWED: refused('associations'),
  INVALID_CROSS_REFERENCE_KEY: refused('associations'),
  ENTITY_IS_DELETED: refused('associations'),
  CANNOT_UPDATE_CONVERTED_LEAD: refused('associations'),
  MALFORMED_ID: refused('associations'),
  DELETE_FAILED: refused('associations'),

  FIELD_CUSTOM_VALIDATION_EXCEPTION: refused('automation'),
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: refused('automation'),
  CANNOT_EXECUTE_FLOW_TRIGGER: refused('automation'),
  ALL_OR_NONE_OPERATION_ROLLED_BACK: later('automation'),
  PROCESSING_HALTED: later('automation'),
  UNABLE_TO_LOCK_ROW: later('automation'),
  TXN_SECURITY_METERING_ERROR: later('automation'),
  LIMIT_EXCEEDED: later('automation'),
  QUERY_TIMEOUT: later('automation'),
  INVALIDJOB: refused('automation'),
  INVALIDJOBSTATE: refused('automation'),

  REQUIRED_FIELD_MISSING: refused('values'),
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: refused('values'),
  STRING_TOO_LONG: refused('values'),
  INVALID_EMAIL_ADDRESS: refused('values'),
  JSON_PARSER_ERROR: refused('values'),
  NUMBER_OUTSIDE_VALID_RANGE: refused('values'),
  FIELD_INTEGRITY_EXCEPTION: refused('values'),
  MALFORMED_QUERY: refused('values'),
  INVALID_QUERY_FILTER_OPERATOR: refused('values'),
  INVALID_QUERY_LOCATOR: refused('values'),
  QUERY_TOO_COMPLICATED: refused('values'),
  INVALID_REPLICATION_DATE: refused('values'),
  EXCEEDED_ID_LIMIT: refused('values'),
  INVALID_INPUT: refused('values'),
  METHOD_NOT_ALLOWED: refused('values'),
  URI_TOO_LONG: refused('values'),
  UNSUPPORTED_MEDIA_TYPE: refused('values'),

  UNKNOWN_EXCEPTION: later('automation'),
  SERVER_UNAVAILABLE: later('automation'),
};

/** HubSpot's categories, sub-categories and codes of single properties; and the codes of both OAuths. */
export const hubspotErrors: Record<string, ErrorRule> = {
  INVALID_AUTHENTICATION: authLost,
  EXPIRED_AUTHENTICATION: authLost,
  RATE_LIMITS: rateLimited,
  RATE_LIMIT: rateLimited,
  OBJECT_NOT_FOUND: notFound,
  MISSING_SCOPES: refused('permissions'),
  PROPERTY_DOESNT_EXIST: refused('permissions'),
  READ_ONLY_VALUE: refused('permissions'),
  CONFLICT: refused('duplicates'),
  OBJECT_ALREADY_EXISTS: refused('duplicates'),
  'ILS.DUPLICATE_LIST_NAMES': refused('duplicates'),
  'ListError.INVALID_OBJECT_TYPE_FOR_LIST': refused('values'),
  VALIDATION_ERROR: refused('values'),
  INVALID_OPTION: refused('values'),
  INVALID_EMAIL: refused('values'),
  INVALID_LONG: refused('values'),
  INVALID_INTEGER: refused('values'),
  INVALID_DATE: refused('values'),
  INVALID_CURSOR: refused('values'),
  INVALID_PROCESSING_TYPE: refused('values'),
};

/** OAuth codes of both vendors (RFC 6749 and HubSpot's older names). */
export const oauthErrors: Record<string, ErrorRule> = {
  invalid_grant: authLost,
  BAD_REFRESH_TOKEN: authLost,
  BAD_AUTH_CODE: authLost,
  invalid_token: authLost,
  unsupported_token_type: authLost,
  access_denied: refused('permissions'),
  invalid_client: refused('permissions'),
  invalid_client_id: refused('permissions'),
  BAD_CLIENT_ID: refused('permissions'),
  BAD_CLIENT_SECRET: refused('permissions'),
  redirect_uri_mismatch: refused('permissions'),
  BAD_REDIRECT_URI: refused('permissions'),
  unsupported_grant_type: refused('values'),
  invalid_request: refused('values'),
  invalid_scope: refused('permissions'),
};

/** Whether a refusal with this code may pass by itself, so that it is worth sending again. */
export function isRetried(code: string): boolean {
  const rule = salesforceErrors[code] ?? hubspotErrors[code];
  return rule !== undefined && 'retry' in rule && rule.retry;
}

export type VendorError = { code: string; message: string; fields: string[] };

/** Puts a vendor's error into the app's words. An unknown code counts as a fault of the values. */
export function failureOf(table: Record<string, ErrorRule>, error: VendorError): CrmFailure {
  const rule = table[error.code] ?? refused('values');
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
