import { invalid } from '../http/errors.ts';
import type { ObjectStore } from './object-store.ts';
import type { CrmRecord, Property } from './types.ts';

export interface ValueProblem {
  isValid: false;
  message: string;
  error: string;
  name: string;
  localizedErrorMessage: string;
  portalId: number;
}

/** Values as they are kept; null clears. */
export type CleanValues = Record<string, string | null>;

const EMAIL = /^[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@.,;<>()]{2,}$/u;
const LONGEST_TEXT = 65_536;

/**
 * Checks values as the API does and brings them into the form in which they are kept.
 * Throws the 400 that lists every bad value inside its message.
 */
export function validateValues(
  store: ObjectStore,
  input: unknown,
  record: CrmRecord | undefined,
): CleanValues {
  if (input === undefined || input === null || typeof input !== 'object' || Array.isArray(input)) {
    throw invalid('Invalid input JSON on line 1, column 2: Some required fields were not set: [properties]');
  }
  const clean: CleanValues = {};
  const problems: ValueProblem[] = [];
  for (const [rawName, raw] of Object.entries(input)) {
    const name = rawName.toLowerCase();
    const outcome = validateOne(store, name, raw, record);
    if (typeof outcome === 'object' && outcome !== null) {
      const { message, error } = outcome;
      const portalId = store.portal.id;
      problems.push({ isValid: false, message, error, name, localizedErrorMessage: message, portalId });
    } else clean[name] = outcome;
  }
  if (problems.length > 0) throw badValues(problems);
  return clean;
}

export function badValues(problems: ValueProblem[]) {
  return invalid(`Property values were not valid: ${JSON.stringify(problems)}`, {
    errors: problems.map((problem) => ({
      message: problem.message,
      code: problem.error,
      context: { propertyName: [problem.name] },
    })),
  });
}

interface Refusal {
  message: string;
  error: string;
}

function validateOne(
  store: ObjectStore,
  name: string,
  raw: unknown,
  record: CrmRecord | undefined,
): string | null | Refusal {
  const property = store.property(name);
  if (!property) return { message: `Property "${name}" does not exist`, error: 'PROPERTY_DOESNT_EXIST' };
  if (property.modificationMetadata.readOnlyValue) {
    return {
      message: `"${name}" is a read only property; its value cannot be set.`,
      error: 'READ_ONLY_VALUE',
    };
  }
  if (raw === null || raw === '') return null;
  if (!['string', 'number', 'boolean'].includes(typeof raw)) {
    throw invalid(
      `Invalid input JSON on line 1, column 2: Cannot deserialize value of type \`String\` for ${name}`,
    );
  }
  const value = String(raw);
  if (name === 'email' && store.type.id === '0-1') return email(value);
  if (property.referencedObjectType === 'OWNER') return owner(store, value);
  return byType(property, value, record?.properties[name]);
}

function email(value: string): string | Refusal {
  const trimmed = value.trim().toLowerCase();
  if (EMAIL.test(trimmed)) return trimmed;
  return { message: `Email address ${value} is invalid`, error: 'INVALID_EMAIL' };
}

function owner(store: ObjectStore, value: string): string | Refusal {
  if (store.portal.owner(value)) return value;
  return { message: `${value} is not a valid owner id`, error: 'INVALID_OWNER_ID' };
}

function byType(property: Property, value: string, stored: string | undefined): string | Refusal {
  switch (property.type) {
    case 'number':
      return /^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value.trim())
        ? value.trim()
        : { message: `${value} was not a valid number.`, error: 'INVALID_LONG' };
    case 'bool':
      return oneOf(value.toLowerCase(), ['true', 'false']);
    case 'enumeration':
      return enumeration(property, value, stored);
    case 'date':
      return date(value);
    case 'datetime':
      return datetime(value);
    default:
      return value.length <= LONGEST_TEXT
        ? value
        : {
            message: `${property.name} is longer than ${LONGEST_TEXT} characters`,
            error: 'PROPERTY_VALUE_TOO_LONG',
          };
  }
}

function oneOf(value: string, allowed: readonly string[]): string | Refusal {
  if (allowed.includes(value)) return value;
  const error = 'INVALID_OPTION';
  return { message: `${value} was not one of the allowed options: [${allowed.join(', ')}]`, error };
}

/** Several values are joined by `;`; one that begins with `;` is added to what is there. */
function enumeration(property: Property, value: string, stored: string | undefined): string | Refusal {
  const allowed = property.options.map((option) => option.value);
  if (property.fieldType !== 'checkbox') return oneOf(value, allowed);
  const given = value.split(';').filter((part) => part !== '');
  const values = new Set([...(value.startsWith(';') && stored ? stored.split(';') : []), ...given]);
  for (const each of values) {
    const outcome = oneOf(each, allowed);
    if (typeof outcome === 'object') return outcome;
  }
  return [...values].join(';');
}

function date(value: string): string | Refusal {
  const refusal = (message: string) => ({ message, error: 'INVALID_DATE' });
  if (/^-?\d{5,}$/.test(value)) {
    const at = new Date(Number(value));
    if (Number.isNaN(at.getTime())) return refusal(`${value} was not a valid date.`);
    const iso = at.toISOString();
    if (iso.slice(11) === '00:00:00.000Z') return iso.slice(0, 10);
    return refusal(`${value} is at ${iso.slice(11, -1)} UTC, not midnight!`);
  }
  const match = /^(\d{4}-\d{2}-\d{2})(T00:00(:00(\.0+)?)?Z)?$/.exec(value);
  const day = match?.[1];
  if (!day || !isDay(day)) return refusal(`${value} was not a valid date.`);
  return day;
}

function datetime(value: string): string | Refusal {
  const refusal = { message: `${value} was not a valid long.`, error: 'INVALID_LONG' };
  if (/^-?\d{5,}$/.test(value)) {
    const at = new Date(Number(value));
    return Number.isNaN(at.getTime()) ? refusal : at.toISOString();
  }
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?$/.test(value))
    return refusal;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? refusal : at.toISOString();
}

function isDay(text: string): boolean {
  const at = new Date(text);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
