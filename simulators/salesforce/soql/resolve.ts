import type { Access } from '../metadata/access.ts';
import { field } from '../metadata/build.ts';
import { isGroupable } from '../metadata/describe.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { FieldDef, FieldValue, SObject } from '../metadata/types.ts';
import { stampToMs, zoneOffset } from '../records/dates.ts';
import type { Org } from '../records/org.ts';
import { type ReadValue, reader } from '../records/read.ts';
import type { Target } from './ast.ts';
import { fieldRefused, noSuchColumn, noSuchRelation } from './errors.ts';

/** Everything a query needs besides its text. */
export interface QueryScope {
  org: Org;
  access: Access;
  /** Who asks. */
  userId: string;
  soql: string;
  now: number;
  timeZone: string;
  /** `/services/data/v66.0`, for the addresses in `attributes`. */
  base: string;
}

export interface Step {
  /** Spelling of the relationship as described. */
  name: string;
  lookup: FieldDef;
}

/** A field reached over lookups, with the way to read it. */
export interface Resolved {
  steps: Step[];
  /** The object at the end of the path; null behind a lookup that may point to several objects. */
  info: ObjectInfo | null;
  def: FieldDef;
  read: (row: SObject) => ReadValue;
}

/** Fields that every target of a polymorphic lookup shares. */
const NAME_FIELDS: FieldDef[] = [
  field('Id', 'id'),
  field('Name', 'string'),
  field('FirstName', 'string'),
  field('LastName', 'string'),
  field('Email', 'email'),
  field('Phone', 'phone'),
  field('Title', 'string'),
  field('Alias', 'string'),
  field('Username', 'string'),
  field('IsActive', 'boolean'),
  field('ProfileId', 'reference'),
  field('UserRoleId', 'reference'),
  field('Type', 'picklist'),
];

export function parentOf(scope: QueryScope, row: SObject, lookup: FieldDef): SObject | null {
  const id = row[lookup.name];
  if (typeof id !== 'string') return null;
  return scope.org.byId(id)?.row ?? null;
}

function polymorphicReader(scope: QueryScope, def: FieldDef): (row: SObject) => ReadValue {
  return (row) => {
    const object = scope.org.schema.byPrefix(row.Id);
    if (object === null) return null;
    if (def.name === 'Type' && object.def.name !== 'Group') return object.def.name;
    if (def.name === 'Type') return row.Type === 'Queue' ? 'Queue' : 'Group';
    const own = object.byName.get(def.name.toLowerCase());
    return own === undefined ? null : reader(scope.org, object, own)(row);
  };
}

/** Follows a path from an object. Unknown or hidden names are refused in the vendor's words. */
export function resolvePath(scope: QueryScope, start: ObjectInfo, target: Target): Resolved {
  let info: ObjectInfo | null = start;
  const steps: Step[] = [];
  for (const part of target.path.slice(0, -1)) {
    const lookup: FieldDef | undefined = info?.byRelationship.get(part.toLowerCase());
    if (info === null || lookup === undefined || !scope.access.visible(info, lookup)) {
      throw noSuchRelation(scope.soql, part, target.written);
    }
    steps.push({ name: lookup.relationshipName ?? part, lookup });
    const only: string = lookup.referenceTo[0] ?? '';
    info = lookup.referenceTo.length === 1 ? scope.access.object(only) : null;
    if (info === null && lookup.referenceTo.length === 1) {
      throw noSuchRelation(scope.soql, part, target.written);
    }
  }
  const name = target.path.at(-1) ?? '';
  const def =
    info === null
      ? NAME_FIELDS.find((each) => each.name.toLowerCase() === name.toLowerCase())
      : scope.access.field(info, name);
  if (def === null || def === undefined) {
    throw noSuchColumn(scope.soql, info?.def.name ?? 'Name', name, target.written);
  }
  const last = info === null ? polymorphicReader(scope, def) : reader(scope.org, info, def);
  return { steps, info, def, read: along(scope, steps, last) };
}

function along(
  scope: QueryScope,
  steps: Step[],
  last: (row: SObject) => ReadValue,
): (row: SObject) => ReadValue {
  if (steps.length === 0) return last;
  return (row) => {
    let current: SObject | null = row;
    for (const step of steps) {
      if (current === null) return null;
      current = parentOf(scope, current, step.lookup);
    }
    return current === null ? null : last(current);
  };
}

/** Parts of a date by function name; week days count from Sunday = 1. */
const DATE_PARTS: Record<string, (date: Date) => number> = {
  CALENDAR_YEAR: (date) => date.getUTCFullYear(),
  CALENDAR_QUARTER: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  CALENDAR_MONTH: (date) => date.getUTCMonth() + 1,
  FISCAL_YEAR: (date) => date.getUTCFullYear(),
  FISCAL_QUARTER: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  FISCAL_MONTH: (date) => date.getUTCMonth() + 1,
  DAY_IN_MONTH: (date) => date.getUTCDate(),
  DAY_IN_WEEK: (date) => date.getUTCDay() + 1,
  DAY_IN_YEAR: (date) =>
    Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1,
  HOUR_IN_DAY: (date) => date.getUTCHours(),
  WEEK_IN_MONTH: (date) => Math.floor((date.getUTCDate() - 1) / 7) + 1,
  WEEK_IN_YEAR: (date) =>
    Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / (7 * 86_400_000)) + 1,
};

function localDate(value: FieldValue, type: string, timeZone: string): Date | null {
  if (typeof value !== 'string') return null;
  const ms = type === 'date' ? Date.parse(`${value}T00:00:00Z`) : stampToMs(value);
  return new Date(type === 'date' ? ms : ms + zoneOffset(ms, timeZone));
}

/** A target in WHERE, GROUP BY or SELECT: a plain path or a function of one. */
export function resolveTarget(scope: QueryScope, info: ObjectInfo, target: Target): Resolved {
  const plain = resolvePath(scope, info, target);
  if (target.fn === null || target.fn === 'FORMAT' || target.fn === 'CONVERTCURRENCY') return plain;
  if (target.fn === 'CONVERTTIMEZONE') return plain;
  if (target.fn === 'TOLABEL') {
    const labels = new Map(plain.def.picklistValues.map((entry) => [entry.value, entry.label]));
    const read = (row: SObject) => {
      const value = plain.read(row);
      return typeof value === 'string' ? (labels.get(value) ?? value) : value;
    };
    return { ...plain, read };
  }
  const { type } = plain.def;
  const isDate = type === 'date' || type === 'datetime';
  if (!isDate)
    throw fieldRefused(
      scope.soql,
      target.written,
      `field ${target.written} does not support function ${target.fn}`,
    );
  if (target.fn === 'DAY_ONLY') {
    const read = (row: SObject) =>
      localDate(plain.read(row) as FieldValue, type, scope.timeZone)
        ?.toISOString()
        .slice(0, 10) ?? null;
    return { ...plain, def: field(plain.def.name, 'date'), read };
  }
  const part = DATE_PARTS[target.fn];
  if (part === undefined) throw fieldRefused(scope.soql, target.written, `unknown function ${target.fn}`);
  const read = (row: SObject) => {
    const date = localDate(plain.read(row) as FieldValue, type, scope.timeZone);
    return date === null ? null : part(date);
  };
  return { ...plain, def: field(plain.def.name, 'int'), read };
}

/** Refuses what describe marks as not groupable. */
export function assertGroupable(scope: QueryScope, resolved: Resolved, target: Target): void {
  if (target.fn !== null || isGroupable(resolved.def)) return;
  throw fieldRefused(
    scope.soql,
    target.written,
    `field '${resolved.def.name}' can not be grouped in a query call`,
  );
}
