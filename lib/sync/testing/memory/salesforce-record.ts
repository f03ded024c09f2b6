import type { CrmFailure, ErrorCategory } from '#lib/crm/failure.ts';
import type {
  RecordStamp,
  SalesforceField,
  SalesforceObject,
  SalesforceRecord,
  Values,
} from '#lib/crm/ports.ts';

export type StoredRecord = {
  id: string;
  object: SalesforceObject;
  /** Only what is set, as a query answers it. */
  values: Readonly<Record<string, string>>;
  createdAt: number;
  lastModifiedAt: number;
  lastModifiedById: string;
  systemModstamp: number;
  deletedAt: number | null;
  /** A person has taken it out of the bin. */
  isRestored: boolean;
  mergedInto: string | null;
  /** The Contact that a Lead became. */
  convertedTo: string | null;
};

export type Fields = ReadonlyMap<string, SalesforceField>;

export function refused(
  category: ErrorCategory,
  code: string,
  fields: string[] = [],
): { ok: false; failure: CrmFailure } {
  return { ok: false, failure: { kind: 'rejected', category, code, fields, message: `${code} ${fields}` } };
}

export function asRecord(record: StoredRecord, names: readonly string[], fields: Fields): SalesforceRecord {
  const visible = names.filter((name) => fields.has(name));
  return {
    id: record.id,
    object: record.object,
    values: Object.fromEntries(visible.map((name) => [name, fieldValue(record, name)])),
    lastModifiedAt: new Date(record.lastModifiedAt),
    lastModifiedById: record.lastModifiedById,
    systemModstamp: new Date(record.systemModstamp),
    isConverted: record.convertedTo !== null,
  };
}

function fieldValue(record: StoredRecord, name: string): string | null {
  if (name === 'CreatedDate') return new Date(record.createdAt).toISOString();
  if (name === 'ConvertedContactId') return record.convertedTo;
  return record.values[name] ?? null;
}

export function asStamp(record: StoredRecord): RecordStamp {
  return {
    id: record.id,
    systemModstamp: new Date(record.systemModstamp),
    lastModifiedAt: new Date(record.lastModifiedAt),
    lastModifiedById: record.lastModifiedById,
    isDeleted: record.deletedAt !== null,
    mergedInto: record.mergedInto,
  };
}

/** Values as Salesforce keeps them, or why it refuses them. */
export function cleanFields(
  values: Values,
  fields: Fields,
  may: 'createable' | 'updateable',
): { ok: true; value: Values } | { ok: false; failure: CrmFailure } {
  const clean: Values = {};
  for (const [name, raw] of Object.entries(values)) {
    const field = fields.get(name);
    if (!field) return refused('permissions', 'INVALID_FIELD', []);
    if (!field[may]) return refused('permissions', 'INVALID_FIELD_FOR_INSERT_UPDATE', [name]);
    const code = problemOf(field, raw);
    if (code) return refused('values', code, [name]);
    clean[name] = stored(field, raw);
  }
  return { ok: true, value: clean };
}

const numbers = new Set(['double', 'currency', 'int']);
const email = /^[^\s@,;<>()[\]"]+@[^\s@,;<>()[\]"]+\.[^\s@,;<>()[\]".]{2,}$/;

function problemOf(field: SalesforceField, raw: string | null): string | null {
  const text = raw?.trim() ?? '';
  if (text === '') return null;
  if (numbers.has(field.type)) return Number.isFinite(Number(text)) ? null : 'JSON_PARSER_ERROR';
  if (field.type === 'email' && !email.test(text)) return 'INVALID_EMAIL_ADDRESS';
  if (field.type === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(text)) return 'JSON_PARSER_ERROR';
  const isListed = field.picklistValues.some(({ value }) => value === text);
  if (field.restrictedPicklist && !isListed) return 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST';
  if (field.length > 0 && [...text].length > field.length) return 'STRING_TOO_LONG';
  return null;
}

/** Trimmed; decimals cut to the field's scale; a boolean is never blank. */
function stored(field: SalesforceField, raw: string | null): string | null {
  const text = raw?.trim() ?? '';
  if (field.type === 'boolean') return text.toLowerCase() === 'true' ? 'true' : 'false';
  if (text === '') return null;
  if (!numbers.has(field.type)) return text;
  const power = 10 ** field.scale;
  const rounded = (Math.sign(Number(text)) * Math.round(Math.abs(Number(text)) * power)) / power;
  return String(Object.is(rounded, -0) ? 0 : rounded);
}
