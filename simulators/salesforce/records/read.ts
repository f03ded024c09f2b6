import type { Access } from '../metadata/access.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { FieldDef, FieldValue, SObject } from '../metadata/types.ts';
import type { Org } from './org.ts';

/** A value as JSON shows it: scalars, and the address compound as an object. */
export type ReadValue = FieldValue | Record<string, FieldValue>;
export type Reader = (row: SObject) => ReadValue;

const ADDRESS_PARTS = [
  'City',
  'Country',
  'GeocodeAccuracy',
  'Latitude',
  'Longitude',
  'PostalCode',
  'State',
  'Street',
] as const;

function addressReader(def: FieldDef): Reader {
  const prefix = def.name.replace(/Address$/, '');
  return (row) => {
    let filled = false;
    const result: Record<string, FieldValue> = {};
    for (const part of ADDRESS_PARTS) {
      const value = row[prefix + part] ?? null;
      if (value !== null) filled = true;
      result[part.charAt(0).toLowerCase() + part.slice(1)] = value;
    }
    return filled ? result : null;
  };
}

function formulaReader(org: Org, info: ObjectInfo, formula: string): Reader {
  const [relation = '', target = ''] = formula.split('.');
  const lookup = info.byRelationship.get(relation.toLowerCase());
  return (row) => {
    const id = lookup === undefined ? undefined : row[lookup.name];
    const found = typeof id === 'string' ? org.byId(id) : null;
    if (found === null) return null;
    const parent = org.schema.get(found.object);
    const def = parent.byName.get(target.toLowerCase());
    return def === undefined ? null : reader(org, parent, def)(found.row);
  };
}

const PERSON_NAME: Reader = (row) => {
  const name = [row.FirstName, row.LastName].filter((part) => part !== undefined && part !== null).join(' ');
  return name === '' ? null : name;
};

/** How to read one field of a row, computed fields included. */
export function reader(org: Org, info: ObjectInfo, def: FieldDef): Reader {
  const { name } = def;
  if (def.formula !== null) return formulaReader(org, info, def.formula);
  if (def.type === 'address') return addressReader(def);
  if (def.nameField && info.byName.has('lastname')) return PERSON_NAME;
  if (name === 'IsEmailBounced') {
    return (row) => row.EmailBouncedReason !== undefined || row.EmailBouncedDate !== undefined;
  }
  if (info.def.name === 'Task' && name === 'AccountId') return (row) => accountOfTask(org, row);
  if (def.type === 'boolean') return (row) => row[name] === true;
  return (row) => row[name] ?? null;
}

function accountOfTask(org: Org, row: SObject): FieldValue {
  const what = typeof row.WhatId === 'string' ? org.byId(row.WhatId) : null;
  if (what?.object === 'Account') return what.row.Id;
  const who = typeof row.WhoId === 'string' ? org.byId(row.WhoId) : null;
  return what?.row.AccountId ?? who?.row.AccountId ?? null;
}

/** `attributes` of a record in an answer. */
export function attributes(object: string, id: string, base: string) {
  return { type: object, url: `${base}/sobjects/${object}/${id}` };
}

/** A record with the named fields (all visible ones unless given), `attributes` first, as single reads show it. */
export function readRecord(
  org: Org,
  access: Access,
  info: ObjectInfo,
  row: SObject,
  base: string,
  defs: FieldDef[] = access.fields(info),
): Record<string, unknown> {
  const result: Record<string, unknown> = { attributes: attributes(info.def.name, row.Id, base) };
  for (const def of defs) result[def.name] = reader(org, info, def)(row);
  return result;
}
