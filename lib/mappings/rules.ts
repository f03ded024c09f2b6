import type { HubSpotProperty, SalesforceField } from '#lib/crm/ports.ts';

export { fittingKinds } from './kinds.ts';
export {
  clashOf,
  directionOf,
  directionsOf,
  type FieldChoice,
  fieldChoice,
  type OwnRule,
  ownRuleOf,
  type Pair,
  type PairProblem,
  type PropertyChoice,
  pairProblem,
  propertyChoice,
} from './pair.ts';

/** How the two values of a mapping are compared and turned into each other. */
export type ValueKind = 'text' | 'boolean' | 'number' | 'date' | 'set';

/** Both ends of a mapping as the vendors define them now. */
export type FieldPair = { property: HubSpotProperty; field: SalesforceField; timeZone: string };

/** Why a value can't be written to a side; the codes are Salesforce's own where it has one. */
export type ValueProblem =
  | 'STRING_TOO_LONG'
  | 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'
  | 'NOT_A_NUMBER'
  | 'NUMBER_OUTSIDE_VALID_RANGE'
  | 'NOT_A_DATE'
  | 'NOT_A_BOOLEAN'
  | 'NOT_AN_OPTION';
export type Converted = { ok: true; value: string | null } | { ok: false; problem: ValueProblem };

const numberTypes = new Set(['int', 'double', 'currency', 'percent', 'long']);
const dateTypes = new Set(['date', 'datetime']);

export function isMultiSelect(property: HubSpotProperty): boolean {
  return property.type === 'enumeration' && property.fieldType === 'checkbox';
}

/** The stricter of both ends decides how their values are compared. */
export function kindOf({ property, field }: FieldPair): ValueKind {
  if (isMultiSelect(property) || field.type === 'multipicklist') return 'set';
  if (property.type === 'bool' || field.type === 'boolean') return 'boolean';
  if (property.type === 'number' || numberTypes.has(field.type)) return 'number';
  if (dateTypes.has(property.type) || dateTypes.has(field.type)) return 'date';
  return 'text';
}

/**
 * A value as both sides would say it, so that two of them can be compared: trimmed, line ends alike, a set
 * sorted, a blank boolean false, a number at the narrower scale, a date as its day in the account's time
 * zone. Null is blank. A value that doesn't fit its kind is compared as text.
 */
export function normalise(pair: FieldPair, value: string | null | undefined): string | null {
  const text = textOf(value ?? '');
  const kind = kindOf(pair);
  if (kind === 'boolean') return text === '' ? 'false' : text.toLowerCase();
  if (text === '') return null;
  if (kind === 'set') return setOf(text).join(';') || null;
  if (kind === 'number') return toScale(text, scaleOf(pair)) ?? text;
  if (kind === 'date') return dayOf(text, pair.timeZone) ?? text;
  return text;
}

function textOf(value: string): string {
  const text = value.includes('\r') ? value.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : value;
  return text.trim();
}

/** Do both values say the same, as far as the narrower side can say it? */
export function isSame(pair: FieldPair, a: string | null | undefined, b: string | null | undefined): boolean {
  return a === b || normalise(pair, a) === normalise(pair, b);
}

function setOf(text: string): string[] {
  return [...new Set(text.split(';').map((part) => part.trim()))].filter((part) => part !== '').sort();
}

function scaleOf({ property, field }: FieldPair): number | null {
  if (field.type === 'int' || field.type === 'long') return 0;
  if (numberTypes.has(field.type)) return field.scale;
  return property.type === 'number' ? null : 0;
}

/** A plain decimal, rounded half away from zero; null if this is no number. A null scale keeps all digits. */
function toScale(text: string, scale: number | null): string | null {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return null;
  const number = Number(text);
  if (!Number.isFinite(number)) return null;
  if (scale === null) return String(number);
  const power = 10 ** scale;
  const rounded = (Math.sign(number) * Math.round(Math.abs(number) * power)) / power;
  return Object.is(rounded, -0) ? '0' : String(rounded);
}

/** The day a date or a moment falls on in the time zone; null if it is neither. */
export function dayOf(text: string, timeZone: string): string | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Number.isNaN(Date.parse(text)) ? null : text;
  const moment = momentOf(text);
  if (!moment) return null;
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(moment);
  return parts;
}

/** HubSpot says milliseconds or ISO; Salesforce ISO with `+0000`. */
function momentOf(text: string): Date | null {
  const value = /^-?\d{9,}$/.test(text)
    ? Number(text)
    : Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(value) ? null : new Date(value);
}

/** Noon of a day in a time zone, as ISO in UTC: the moment given to a datetime that only knows its day. */
export function noonOf(day: string, timeZone: string): string {
  const noonUtc = Date.parse(`${day}T12:00:00Z`);
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(noonUtc));
  const part = (type: string) => Number(shown.find((each) => each.type === type)?.value);
  const asUtc = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return new Date(noonUtc - (asUtc - noonUtc)).toISOString();
}

/** What a HubSpot value becomes in the Salesforce field, or why it can't. */
export function toSalesforce(pair: FieldPair, value: string | null): Converted {
  const plain = normalise(pair, value);
  if (plain === null) return { ok: true, value: null };
  const { field } = pair;
  const kind = kindOf(pair);
  if (kind === 'boolean') return booleanText(plain);
  if (kind === 'number' && numberTypes.has(field.type)) return salesforceNumber(plain, field);
  if (kind === 'date' && dateTypes.has(field.type)) return dateText(plain, field.type, pair.timeZone);
  if (field.type === 'picklist' || field.type === 'multipicklist') {
    const values = field.type === 'multipicklist' ? setOf(plain) : [plain];
    const isKnown = (value: string) =>
      field.picklistValues.some((each) => each.active && each.value === value);
    if (field.restrictedPicklist && !values.every(isKnown)) {
      return { ok: false, problem: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' };
    }
  }
  if (field.length > 0 && [...plain].length > field.length) return { ok: false, problem: 'STRING_TOO_LONG' };
  return { ok: true, value: plain };
}

function salesforceNumber(plain: string, field: SalesforceField): Converted {
  const number = Number(plain);
  if (Number.isNaN(number)) return { ok: false, problem: 'NOT_A_NUMBER' };
  const limit = field.type === 'int' ? 2_147_483_647 : 1e18;
  if (Math.abs(number) > limit) return { ok: false, problem: 'NUMBER_OUTSIDE_VALID_RANGE' };
  return { ok: true, value: plain };
}

/** What a Salesforce value becomes in the HubSpot property, or why it can't. */
export function toHubSpot(pair: FieldPair, value: string | null): Converted {
  const plain = normalise(pair, value);
  if (plain === null) return { ok: true, value: null };
  const { property } = pair;
  if (property.type === 'bool') return booleanText(plain);
  if (property.type === 'number' && Number.isNaN(Number(plain)))
    return { ok: false, problem: 'NOT_A_NUMBER' };
  if (dateTypes.has(property.type)) return dateText(plain, property.type, pair.timeZone);
  if (property.type === 'enumeration' && property.options.length > 0) {
    const values = isMultiSelect(property) ? setOf(plain) : [plain];
    const isOption = (value: string) => property.options.some((option) => option.value === value);
    if (!values.every(isOption)) return { ok: false, problem: 'NOT_AN_OPTION' };
  }
  return { ok: true, value: plain };
}

function booleanText(plain: string): Converted {
  if (['true', 'yes', '1'].includes(plain)) return { ok: true, value: 'true' };
  if (['false', 'no', '0'].includes(plain)) return { ok: true, value: 'false' };
  return { ok: false, problem: 'NOT_A_BOOLEAN' };
}

function dateText(plain: string, type: string, timeZone: string): Converted {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(plain)) return { ok: false, problem: 'NOT_A_DATE' };
  return { ok: true, value: type === 'date' ? plain : noonOf(plain, timeZone) };
}
