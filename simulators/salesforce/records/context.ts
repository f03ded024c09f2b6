import type { Access } from '../metadata/access.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { SObject } from '../metadata/types.ts';
import type { QueryScope } from '../soql/resolve.ts';
import type { Org } from './org.ts';

/** What the headers of a write ask for. */
export interface WriteOptions {
  /** Run the active assignment rule (`true`, the default), none, or the one with this id. */
  autoAssign: boolean | string;
  /** Pass duplicate rules that only warn. */
  allowSave: boolean;
  includeRecordDetails: boolean;
}

/** Who writes, with which rights, through which version of the API. */
export interface WriteContext {
  org: Org;
  access: Access;
  userId: string;
  version: number;
  options: WriteOptions;
}

export const DEFAULT_OPTIONS: WriteOptions = {
  autoAssign: true,
  allowSave: false,
  includeRecordDetails: false,
};

/** Scope in which a rule's SOQL condition is evaluated: all rights, as rules run in system mode. */
export function ruleScope(ctx: WriteContext, access: Access, condition: string): QueryScope {
  const { org, userId } = ctx;
  return { org, access, userId, soql: condition, now: org.clock.now(), timeZone: 'UTC', base: '' };
}

/** Values of a write by the described names of the fields; null empties a field. */
export type Changes = Map<string, SObject[string]>;

export interface Save {
  info: ObjectInfo;
  /** The row as it was, null for a new one. */
  before: SObject | null;
  /** The row as it will be. Steps of the save may still change it. */
  row: SObject;
  changed: Set<string>;
}
