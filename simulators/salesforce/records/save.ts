import {
  apiError,
  entityDeleted,
  invalidCrossReference,
  malformedId,
  noAccess,
  recordError,
} from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { FieldDef, SObject } from '../metadata/types.ts';
import type { Changes, Save, WriteContext } from './context.ts';
import { systemStamp } from './dates.ts';
import { type Input, readInput } from './input.ts';
import { addMemberStatuses, runPlatformRules } from './platform.ts';
import { assignedOwner, checkDuplicates, checkLocks, checkValidation } from './rules.ts';

/** Creates a record in a transaction of its own and answers it. Throws the refusal. */
export function createRecord(ctx: WriteContext, info: ObjectInfo, input: Input): SObject {
  if (!info.def.createable) {
    const text = `entity type cannot be inserted: ${info.def.label}`;
    throw recordError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', text);
  }
  if (!ctx.access.may(info, 'create')) throw noAccess('entity is read-only');
  const hasId = Object.entries(input.values).some(([key, value]) => key.toLowerCase() === 'id' && value);
  if (hasId)
    throw recordError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
  const values = Object.fromEntries(
    Object.entries(input.values).filter(([key]) => key.toLowerCase() !== 'id'),
  );
  const changes = readInput(ctx, info, { ...input, values }, 'create');
  const row: SObject = { Id: '' };
  for (const def of info.def.fields) {
    if (def.defaultValue !== null && !def.calculated && def.type !== 'boolean')
      row[def.name] = def.defaultValue;
    if (def.type === 'boolean' && def.defaultValue === true) row[def.name] = true;
  }
  return ctx.org.transaction(() => {
    const save = store(ctx, info, null, row, changes);
    ctx.org.wrote('created');
    if (info.def.name === 'Campaign') addMemberStatuses(ctx, save.row);
    return save.row;
  });
}

/** Changes the named fields of a record. Throws the refusal; nothing is changed then. */
export function updateRecord(ctx: WriteContext, info: ObjectInfo, id: string, input: Input): SObject {
  const before = existing(ctx, info, id);
  if (!info.def.updateable || !ctx.access.may(info, 'edit')) throw noAccess();
  const values = Object.fromEntries(
    Object.entries(input.values).filter(([key]) => key.toLowerCase() !== 'id'),
  );
  const changes = readInput(ctx, info, { ...input, values }, 'update');
  return ctx.org.transaction(() => {
    const save = store(ctx, info, before, { ...before }, changes);
    ctx.org.wrote('changed');
    return save.row;
  });
}

/** The live row with this id, or the vendor's refusal. */
export function existing(ctx: WriteContext, info: ObjectInfo, id: string): SObject {
  const id18 = toId18(id);
  if (id18 === null) throw malformedId(id);
  const row = ctx.org.table(info.def.name).get(id18);
  if (row === undefined) throw invalidCrossReference();
  if (row.IsDeleted === true) throw entityDeleted();
  return row;
}

function store(
  ctx: WriteContext,
  info: ObjectInfo,
  before: SObject | null,
  row: SObject,
  changes: Changes,
): Save {
  const changed = new Set<string>();
  for (const [name, value] of changes) {
    if ((row[name] ?? null) !== (value ?? null)) changed.add(name);
    if (value === null || value === undefined) delete row[name];
    else row[name] = value;
  }
  const save: Save = { info, before, row, changed };
  if (before !== null) checkLocks(ctx, before);
  assignOwner(ctx, save, changes);
  assertRequired(ctx, save);
  assertReferences(ctx, save, changes);
  assertUnique(ctx, save, changes);
  runPlatformRules(ctx, save);
  checkValidation(ctx, save);
  checkDuplicates(ctx, save);
  if (before === null) checkLocks(ctx, row);
  stampRow(ctx, save);
  ctx.org.put(info.def.name, row);
  return save;
}

function assignOwner(ctx: WriteContext, save: Save, changes: Changes): void {
  if (save.before !== null) {
    if (!changes.has('OwnerId') || save.row.OwnerId !== undefined) return;
    throw recordError('INVALID_CROSS_REFERENCE_KEY', 'Owner ID: owner cannot be blank', ['OwnerId']);
  }
  if (!save.info.byName.has('ownerid')) return;
  save.row.OwnerId ??= ctx.userId;
  const assigned = assignedOwner(ctx, save);
  if (assigned !== null) save.row.OwnerId = assigned;
}

const isRequired = (def: FieldDef) =>
  !def.nillable && def.createable && !def.system && def.type !== 'boolean';

function assertRequired(ctx: WriteContext, { info, row }: Save): void {
  if (info.def.name === 'User') row.CommunityNickname ??= String(row.Alias ?? '');
  const missing = info.def.fields
    .filter((def) => isRequired(def) && (row[def.name] ?? null) === null)
    .filter((def) => ctx.access.visible(info, def))
    .map((def) => def.name);
  if (missing.length === 0) return;
  const text = `Required fields are missing: [${missing.join(', ')}]`;
  throw recordError('REQUIRED_FIELD_MISSING', text, missing);
}

function assertReferences(ctx: WriteContext, { info, row, before }: Save, changes: Changes): void {
  for (const def of info.def.fields) {
    const id = row[def.name];
    if (def.type !== 'reference' || typeof id !== 'string' || def.system || def.calculated) continue;
    if (before !== null && !changes.has(def.name)) continue;
    const target = ctx.org.schema.byPrefix(id);
    if (target === null || !def.referenceTo.includes(target.def.name)) {
      const text = `${def.label}: id value of incorrect type: ${id}`;
      throw recordError('FIELD_INTEGRITY_EXCEPTION', text, [def.name]);
    }
    const found = ctx.org.table(target.def.name).get(id);
    if (found === undefined || !ctx.access.may(target, 'read')) throw invalidCrossReference();
    if (found.IsDeleted === true) throw recordError('ENTITY_IS_DELETED', 'entity is deleted');
    if (found.IsConverted === true && target.def.name === 'Lead' && info.def.name !== 'CampaignMember') {
      throw recordError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
    }
    if (def.name === 'OwnerId') assertOwner(ctx, info, found, target.def.name);
  }
}

function assertOwner(ctx: WriteContext, info: ObjectInfo, owner: SObject, kind: string): void {
  if (kind === 'User') {
    if (owner.IsActive === true) return;
    const text = `operation performed with inactive user [${owner.Id.slice(0, 15)}] as owner of ${info.def.name.toLowerCase()}`;
    throw recordError('INACTIVE_OWNER_OR_USER', text);
  }
  const members = ctx.org.table('QueueSobject').rowsBy('QueueId', owner.Id);
  if (owner.Type === 'Queue' && members.some((member) => member.SobjectType === info.def.name)) return;
  const text = `Queue not associated with this SObject type: ${info.def.name}`;
  throw recordError('INVALID_OPERATION', text, ['OwnerId']);
}

function assertUnique(ctx: WriteContext, { info, row }: Save, changes: Changes): void {
  for (const name of changes.keys()) {
    const def = info.byName.get(name.toLowerCase());
    const value = row[name] ?? null;
    if (def?.unique !== true || value === null) continue;
    const other = ctx.org
      .table(info.def.name)
      .rowsBy(name, value)
      .find((each) => each.Id !== row.Id && (!def.caseSensitive || each[name] === value));
    if (other === undefined) continue;
    const text = `duplicate value found: ${name} duplicates value on record with id: ${other.Id.slice(0, 15)}`;
    throw recordError('DUPLICATE_VALUE', text);
  }
}

/** Stamps in whole seconds; every save moves SystemModstamp, also one that changes no value. */
function stampRow(ctx: WriteContext, { info, row, before }: Save): void {
  const now = systemStamp(ctx.org.clock.now());
  if (before === null) {
    row.Id = ctx.org.newId(info.def.keyPrefix);
    row.CreatedDate = now;
    row.CreatedById = ctx.userId;
  }
  row.LastModifiedDate = now;
  row.LastModifiedById = ctx.userId;
  row.SystemModstamp = now;
}

/** Refuses two records with the same id in one call. */
export const duplicateId = (id: string) =>
  apiError(400, 'DUPLICATE_VALUE', `duplicate id specified: ${id}`, []);
