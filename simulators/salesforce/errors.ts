/** One entry of the vendor's error array. Collections call the code `statusCode`, single calls `errorCode`. */
export interface ErrorEntry {
  message: string;
  code: string;
  fields?: string[];
  /** Further keys of the entry (the match list of DUPLICATES_DETECTED). */
  extra?: Record<string, unknown>;
}

/** A refusal as the vendor words it: HTTP status for single calls, entries for both forms of answer. */
export class ApiError extends Error {
  readonly status: number;
  readonly entries: ErrorEntry[];

  constructor(status: number, entries: ErrorEntry[]) {
    super(entries.map((entry) => `${entry.code}: ${entry.message}`).join('; '));
    this.status = status;
    this.entries = entries;
  }
}

export function apiError(status: number, code: string, message: string, fields?: string[]): ApiError {
  return new ApiError(status, [fields === undefined ? { message, code } : { message, code, fields }]);
}

/** A refused record; 400 when it is the only one of the call. */
export const recordError = (code: string, message: string, fields: string[] = []) =>
  apiError(400, code, message, fields);

export const notFound = (message = 'The requested resource does not exist') =>
  apiError(404, 'NOT_FOUND', message);
export const invalidSession = () => apiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
export const noAccess = (message = 'insufficient access rights on object id') =>
  apiError(403, 'INSUFFICIENT_ACCESS_OR_READONLY', message, []);
export const entityDeleted = () => apiError(404, 'ENTITY_IS_DELETED', 'entity is deleted', []);
export const malformedId = (id: string) => apiError(400, 'MALFORMED_ID', `malformed id ${id}`);
export const invalidCrossReference = (status = 400) =>
  apiError(status, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []);

/** The body of a failed single call: an array. NOT_FOUND puts the code first, as recorded. */
export function errorBody(error: ApiError): Record<string, unknown>[] {
  return error.entries.map(({ message, code, fields, extra }) => ({
    ...extra,
    ...(code === 'NOT_FOUND' ? { errorCode: code, message } : { message, errorCode: code }),
    ...(fields === undefined ? {} : { fields }),
  }));
}

/** The result of one failed record in Collections: no id, `statusCode` instead of `errorCode`. */
export function collectionFailure(error: ApiError): Record<string, unknown> {
  return {
    success: false,
    errors: error.entries.map(({ message, code, fields }) => ({
      statusCode: code,
      message,
      fields: fields ?? [],
    })),
  };
}
