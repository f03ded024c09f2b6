import type { SalesforceField, Values } from '../ports.ts';

/** A value as Salesforce sent it, as text; compound values (addresses) as their JSON. */
export function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const numberTypes = new Set(['double', 'currency', 'percent', 'int']);

/**
 * The values of a record as its JSON wants them: Salesforce refuses numbers and booleans sent as text.
 * A text that is no number goes as it is, so that Salesforce says what is wrong with it.
 */
export function toJson(
  values: Values,
  fields: SalesforceField[],
): Record<string, string | number | boolean | null> {
  const typeOf = new Map(fields.map(({ name, type }) => [name.toLowerCase(), type]));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, jsonValue(value, typeOf.get(name.toLowerCase()))]),
  );
}

function jsonValue(value: string | null, type: string | undefined): string | number | boolean | null {
  if (type === 'boolean') return value === null || value === '' ? false : toBoolean(value);
  if (value === null || value === '') return null;
  if (type && numberTypes.has(type)) {
    const number = Number(value);
    return Number.isFinite(number) && value.trim() !== '' ? number : value;
  }
  return value;
}

function toBoolean(value: string): boolean | string {
  if (/^true$/i.test(value)) return true;
  return /^false$/i.test(value) ? false : value;
}
