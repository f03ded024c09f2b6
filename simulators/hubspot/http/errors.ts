import { randomUUID } from 'node:crypto';

/** One entry of `errors` in an error answer. */
interface ErrorDetail {
  message: string;
  code?: string;
  in?: string;
  subCategory?: string;
  context?: Record<string, string[]>;
}

export interface ErrorFields {
  category?: string;
  subCategory?: string;
  context?: Record<string, string[]>;
  errors?: ErrorDetail[];
  links?: Record<string, string>;
  /** Fields of the older answers: `policyName`, `errorType`, `requestId`, the OAuth pair. */
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** A refusal as the API words it. Thrown anywhere under a route, sent by the router. */
export class ApiError extends Error {
  readonly status: number;
  readonly fields: ErrorFields;

  constructor(status: number, message: string, fields: ErrorFields = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.fields = fields;
  }
}

/** The body of an error answer; `status` is always there, `category` not on a bare 404. */
export function errorBody(error: ApiError, correlationId: string = randomUUID()) {
  const { headers: _, extra, ...fields } = error.fields;
  return { status: 'error', message: error.message, correlationId, ...fields, ...extra };
}

/** An error inside a 207. */
export function batchError(error: ApiError, context: Record<string, string[]>) {
  const { category = 'VALIDATION_ERROR', subCategory, errors = [], links = {} } = error.fields;
  return {
    status: 'error',
    category,
    ...(subCategory ? { subCategory } : {}),
    message: error.message,
    errors,
    context: { ...error.fields.context, ...context },
    links,
  };
}

export function invalid(message: string, fields: ErrorFields = {}): ApiError {
  return new ApiError(400, message, { category: 'VALIDATION_ERROR', ...fields });
}

export function missingField(name: string): ApiError {
  return invalid(`Invalid input JSON on line 1, column 2: Some required fields were not set: [${name}]`);
}

export function notFound(message: string, fields: ErrorFields = {}): ApiError {
  return new ApiError(404, message, { category: 'OBJECT_NOT_FOUND', ...fields });
}

/** A 404 for an address or record of which nothing more is said. */
export function resourceNotFound(): ApiError {
  return new ApiError(404, 'resource not found');
}

export function recordNotFound(): ApiError {
  return notFound('Object not found.  objectId are usually numeric.');
}

const SCOPES_PAGE = 'https://developers.hubspot.com/scopes';

export function missingScopes(scopes: readonly string[]): ApiError {
  return new ApiError(
    403,
    `This app hasn't been granted all required scopes to make this call. Read more about required scopes here: ${SCOPES_PAGE}.`,
    {
      category: 'MISSING_SCOPES',
      errors: [
        {
          message: 'One or more of the following scopes are required.',
          context: { requiredGranularScopes: [...scopes] },
        },
      ],
      links: { scopes: SCOPES_PAGE },
    },
  );
}
