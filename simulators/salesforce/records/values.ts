import { ApiError, apiError, type ErrorEntry } from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { FieldDef, FieldValue } from '../metadata/types.ts';
import { parseDate, parseDateTime } from './dates.ts';

const EMAIL = /^[^\s@,;<>()[\]"]+@[^\s@,;<>()[\]"]+\.[^\s@,;<>()[\]".]{2,}$/;
const TIME = /^\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z?$/;

/** Where values come from: JSON keeps its types apart, CSV and XML know text alone. */
export type Source = 'json' | 'text';

const refused = (code: string, message: string, name: string): ErrorEntry => ({
  code,
  message,
  fields: [name],
});

function jsonKind(value: unknown): string {
  if (typeof value === 'string') return 'VALUE_STRING';
  if (typeof value === 'boolean') return value ? 'VALUE_TRUE' : 'VALUE_FALSE';
  if (typeof value === 'number') return Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
  return Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT';
}

/** The parser's refusal of a value of the wrong type. `rawBody` gives the column. */
export function parserError(type: string, value: unknown, rawBody: string): ApiError {
  const shown = typeof value === 'object' ? '' : ` value ${String(value)}`;
  const at = Math.max(0, rawBody.indexOf(JSON.stringify(value) ?? '')) + 1;
  const text =
    `Cannot deserialize instance of ${type} from ${jsonKind(value)}${shown} or request may be missing ` +
    `a required field at [line:1, column:${at}]`;
  return apiError(400, 'JSON_PARSER_ERROR', text);
}

const JAVA_TYPES: Partial<Record<FieldDef['type'], string>> = {
  boolean: 'boolean',
  int: 'int',
  double: 'double',
  currency: 'currency',
  percent: 'percent',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  id: 'id',
  reference: 'reference',
  picklist: 'picklist',
  multipicklist: 'multipicklist',
  email: 'email',
  phone: 'phone',
  url: 'url',
  textarea: 'textarea',
};

/**
 * The stored form of a value for a field (null when it is empty). Wrong JSON types throw JSON_PARSER_ERROR, which
 * refuses the whole call; wrong values throw an error of that record alone.
 */
export function coerce(def: FieldDef, value: unknown, source: Source, rawBody = ''): FieldValue {
  if (value === null || value === undefined || value === '') return null;
  const mistyped = () => {
    const type = JAVA_TYPES[def.type] ?? 'string';
    if (source === 'json') return parserError(type, value, rawBody);
    const text = `'${String(value)}' is not a valid value for the type xsd:${type}`;
    return new ApiError(400, [refused('INVALID_TYPE_ON_FIELD_IN_RECORD', text, def.name)]);
  };
  switch (def.type) {
    case 'boolean':
      return toBoolean(value, mistyped);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return toNumber(def, value, mistyped);
    case 'date':
    case 'datetime':
    case 'time':
      return toTime(def, value, mistyped);
    case 'id':
    case 'reference':
      return toReference(def, value, mistyped);
    default:
      if (typeof value !== 'string') throw mistyped();
      return toText(def, value);
  }
}

function toBoolean(value: unknown, mistyped: () => ApiError): boolean {
  if (typeof value === 'boolean') return value;
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw mistyped();
}

function toNumber(def: FieldDef, value: unknown, mistyped: () => ApiError): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw mistyped();
  if (def.type === 'int' && !Number.isInteger(number)) throw mistyped();
  const digits = def.type === 'int' ? def.digits : def.precision - def.scale;
  const isPosition = def.name.endsWith('Latitude') || def.name.endsWith('Longitude');
  const limit = def.name.endsWith('Latitude') ? 90 : 180;
  if (Math.abs(Math.trunc(number)) >= 10 ** digits || (isPosition && Math.abs(number) > limit)) {
    const text = `${def.label}: value outside of valid range on numeric field: ${String(value)}`;
    throw new ApiError(400, [refused('NUMBER_OUTSIDE_VALID_RANGE', text, def.name)]);
  }
  return number;
}

function toTime(def: FieldDef, value: unknown, mistyped: () => ApiError): string {
  if (typeof value !== 'string') throw mistyped();
  const text = value.trim();
  if (def.type === 'time') {
    if (!TIME.test(text)) throw mistyped();
    return `${text.replace('Z', '').padEnd(8, ':00').padEnd(12, '.000')}Z`;
  }
  const parsed = def.type === 'date' ? parseDate(text) : parseDateTime(text);
  if (parsed === null) throw mistyped();
  return parsed;
}

function toReference(def: FieldDef, value: unknown, mistyped: () => ApiError): string {
  if (typeof value !== 'string') throw mistyped();
  const id = toId18(value.trim());
  if (id === null) throw new ApiError(400, [refused('MALFORMED_ID', `malformed id ${value}`, def.name)]);
  return id;
}

function toText(def: FieldDef, raw: string): string | null {
  const value = raw.trim();
  if (value === '') return null;
  if (value.length > def.length && def.type !== 'multipicklist') {
    const text = `${def.label}: data value too large: ${value} (max length=${def.length})`;
    throw new ApiError(400, [refused('STRING_TOO_LONG', text, def.name)]);
  }
  if (def.type === 'email' && !EMAIL.test(value)) {
    const text = `${def.label}: invalid email address: ${value}`;
    throw new ApiError(400, [refused('INVALID_EMAIL_ADDRESS', text, def.name)]);
  }
  if (def.type === 'multipicklist') return toSet(def, value);
  if (def.type === 'picklist' && def.restrictedPicklist) assertOption(def, value);
  return value;
}

function assertOption(def: FieldDef, value: string): void {
  if (def.picklistValues.some((entry) => entry.active && entry.value === value)) return;
  const text = `${def.label}: bad value for restricted picklist field: ${value}`;
  throw new ApiError(400, [refused('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', text, def.name)]);
}

/** Several options in the order of the definition, each once. */
function toSet(def: FieldDef, value: string): string | null {
  const parts = [...new Set(value.split(';').map((part) => part.trim()))].filter((part) => part !== '');
  if (def.restrictedPicklist) for (const part of parts) assertOption(def, part);
  const place = (part: string) => {
    const index = def.picklistValues.findIndex((entry) => entry.value === part);
    return index < 0 ? Number.MAX_SAFE_INTEGER : index;
  };
  parts.sort((a, b) => place(a) - place(b));
  return parts.length === 0 ? null : parts.join(';');
}
