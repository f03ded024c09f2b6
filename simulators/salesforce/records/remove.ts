import { entityDeleted, noAccess, recordError } from '../errors.ts';
import type { ObjectInfo } from '../metadata/schema.ts';
import type { SObject } from '../metadata/types.ts';
import type { WriteContext } from './context.ts';
import { systemStamp } from './dates.ts';
import type { Org } from './org.ts';
import { checkLocks } from './rules.ts';
import { existing } from './save.ts';

/** Deleted records and when, kept longer than the bin so that it can be asked what was deleted. */
export interface DeletedEntry {
  id: string;
  deletedDate: string;
}

export const deletedLog = (org: Org, object: string) =>
  org.store.collection<DeletedEntry>(`deleted:${object}`);

/** Puts a record and what hangs on it into the bin. Throws the refusal. */
export function deleteRecord(ctx: WriteContext, info: ObjectInfo, id: string): void {
  const row = existing(ctx, info, id);
  if (!info.def.deletable) {
    throw recordError('DELETE_FAILED', `entity type does not support delete: ${info.def.name}`);
  }
  if (!ctx.access.may(info, 'delete')) throw noAccess();
  ctx.org.transaction(() => {
    checkLocks(ctx, row);
    bury(ctx, info, row, {});
    ctx.org.wrote('deleted');
  });
}

/** Marks a row as deleted, with its cascade; `extra` are further values (the winner of a merge). */
export function bury(ctx: WriteContext, info: ObjectInfo, row: SObject, extra: Partial<SObject>): void {
  const { org } = ctx;
  const now = systemStamp(org.clock.now());
  for (const child of info.children) {
    const rows = org.table(child.child).rowsBy(child.field.name, row.Id);
    const childInfo = org.schema.get(child.child);
    for (const each of rows) {
      if (child.field.cascadeDelete) bury(ctx, childInfo, each, {});
      else if (child.field.nillable && child.field.updateable && !childInfo.def.setup)
        detach(ctx, childInfo, each, child.field.name);
    }
  }
  if (!info.byName.has('isdeleted')) {
    org.remove(info.def.name, row.Id);
  } else {
    org.put(info.def.name, {
      ...row,
      ...extra,
      Id: row.Id,
      IsDeleted: true,
      LastModifiedDate: now,
      LastModifiedById: ctx.userId,
      SystemModstamp: now,
    });
  }
  const log = deletedLog(org, info.def.name);
  const entry = { id: row.Id, deletedDate: now };
  org.revertible(
    () => log.set(row.Id, entry),
    () => void log.delete(row.Id),
  );
}

function detach(ctx: WriteContext, info: ObjectInfo, row: SObject, field: string): void {
  const next: SObject = { ...row, SystemModstamp: systemStamp(ctx.org.clock.now()) };
  delete next[field];
  ctx.org.put(info.def.name, next);
}

/** Takes a record out of the bin. */
export function undeleteRecord(ctx: WriteContext, info: ObjectInfo, id: string): void {
  const row = ctx.org.table(info.def.name).get(id);
  if (row === undefined) throw recordError('UNDELETE_FAILED', 'Entity is not in the recycle bin');
  if (row.IsDeleted !== true) throw recordError('UNDELETE_FAILED', 'Entity is not in the recycle bin');
  if (typeof row.MasterRecordId === 'string') throw entityDeleted();
  if (!ctx.access.may(info, 'delete')) throw noAccess();
  ctx.org.transaction(() => {
    const now = systemStamp(ctx.org.clock.now());
    const next: SObject = {
      ...row,
      SystemModstamp: now,
      LastModifiedDate: now,
      LastModifiedById: ctx.userId,
    };
    delete next.IsDeleted;
    ctx.org.put(info.def.name, next);
    const log = deletedLog(ctx.org, info.def.name);
    const entry = log.get(row.Id);
    ctx.org.revertible(
      () => void log.delete(row.Id),
      () => entry !== undefined && log.set(row.Id, entry),
    );
    ctx.org.wrote('changed');
  });
}
