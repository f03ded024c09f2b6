import { ApiError, apiError, type ErrorEntry, recordError } from '../errors.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { FieldDef } from '../metadata/types.ts';
import type { Changes, WriteContext } from './context.ts';
import { coerce, parserError, type Source } from './values.ts';

export interface Input {
  values: Record<string, unknown>;
  source: Source;
  /** The request's text, for the column in parser errors. */
  rawBody?: string;
}

const noSuchColumn = (info: ObjectInfo, name: string) =>
  apiError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${info.def.name}`);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads the values of a write: names without regard to case, types checked, references by external id resolved. */
export function readInput(
  ctx: WriteContext,
  info: ObjectInfo,
  input: Input,
  operation: 'create' | 'update',
): Changes {
  const changes: Changes = new Map();
  const locked: string[] = [];
  const entries: ErrorEntry[] = [];
  for (const [key, value] of Object.entries(input.values)) {
    if (key.toLowerCase() === 'attributes') continue;
    const relation = info.byRelationship.get(key.toLowerCase());
    const isRelation = relation !== undefined && ctx.access.visible(info, relation);
    const def = isRelation ? relation : ctx.access.field(info, key);
    if (def === null) throw noSuchColumn(info, key);
    if (!mayWrite(ctx, info, def, operation)) {
      locked.push(def.name);
      continue;
    }
    try {
      if (isRelation) changes.set(def.name, byExternalId(ctx, def, value, input));
      else changes.set(def.name, coerce(def, value, input.source, input.rawBody));
    } catch (error) {
      if (!(error instanceof ApiError) || error.entries[0]?.code === 'JSON_PARSER_ERROR') throw error;
      entries.push(...error.entries);
    }
  }
  if (locked.length > 0) throw notWritable(locked);
  if (entries.length > 0) throw new ApiError(400, entries);
  return changes;
}

function mayWrite(
  ctx: WriteContext,
  info: ObjectInfo,
  def: FieldDef,
  operation: 'create' | 'update',
): boolean {
  return operation === 'create' ? ctx.access.createable(info, def) : ctx.access.updateable(info, def);
}

function notWritable(names: string[]): ApiError {
  const text =
    `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field ` +
    'and verify that it is read/write for your profile or permission set.';
  return recordError('INVALID_FIELD_FOR_INSERT_UPDATE', text, names);
}

/** `"Account": {"Ext__c": "9"}` → the id of that account. */
function byExternalId(ctx: WriteContext, lookup: FieldDef, value: unknown, input: Input): string | null {
  if (value === null) return null;
  if (!isObject(value)) throw parserError('reference', value, input.rawBody ?? '');
  const given = value.attributes;
  const named = isObject(given) && typeof given.type === 'string' ? given.type : lookup.referenceTo.at(-1);
  const target = ctx.access.object(named ?? '');
  const keys = Object.entries(value).filter(([key]) => key.toLowerCase() !== 'attributes');
  const [key, wanted] = keys[0] ?? [];
  if (target === null || key === undefined) {
    throw recordError('INVALID_FIELD', `No external ID given for ${lookup.name}`, [lookup.name]);
  }
  const def = ctx.access.field(target, key);
  if (def === null) throw noSuchColumn(target, key);
  if (!def.idLookup && !def.externalId) {
    const text = `Field name provided, ${def.name} is not an External ID or indexed field for ${target.def.name}`;
    throw recordError('INVALID_FIELD', text, [lookup.name]);
  }
  const stored = coerce(def, wanted, input.source, input.rawBody);
  const rows = ctx.org.table(target.def.name).rowsBy(def.name, stored);
  const [only] = rows;
  if (only === undefined) {
    const text = `Foreign key external ID: ${String(wanted).toLowerCase()} not found for field ${def.name} in entity ${target.def.name}`;
    throw recordError('INVALID_FIELD', text);
  }
  if (rows.length > 1) {
    const text = `Foreign key external ID: ${String(wanted)} is not unique for field ${def.name} in entity ${target.def.name}`;
    throw recordError('INVALID_FIELD', text);
  }
  return only.Id;
}
