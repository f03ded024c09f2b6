import { invalid, missingField, recordNotFound } from '../http/errors.ts';
import { type Answer, type Call, noContent, ok } from '../http/router.ts';
import type { ObjectStore } from './object-store.ts';
import { locate, present } from './read.ts';
import type { CrmRecord } from './types.ts';
import { historyOf } from './write.ts';

const MOST_IDENTITIES = 250;

/**
 * Merges one record into another. The survivor gets a new id; both old ids go on naming it. Values of the primary
 * record win, the other fills the gaps; the other's address becomes an additional one.
 */
export async function mergeRecords(call: Call): Promise<Answer> {
  const store = call.portal.objects(call.params.objectType ?? '');
  const body = await call.json<{ primaryObjectId?: unknown; objectIdToMerge?: unknown }>();
  if (body.primaryObjectId === undefined) throw missingField('primaryObjectId');
  if (body.objectIdToMerge === undefined) throw missingField('objectIdToMerge');
  const primary = locate(store, String(body.primaryObjectId), null);
  const other = locate(store, String(body.objectIdToMerge), null);
  if (primary.id === other.id) throw invalid('Cannot merge an object with itself');
  const survivor = combine(store, primary, other);
  if ((survivor.additionalEmails?.length ?? 0) + 1 > MOST_IDENTITIES) {
    throw invalid('Cannot have more than 250 identities on a profile');
  }
  moveAssociations(store, [primary, other], survivor.id);
  for (const old of [other, primary]) store.remove(old);
  store.save(survivor);
  const { log } = store.portal.world;
  log.wrote('changed');
  log.wrote('deleted');
  announce(call, store, primary, other, survivor);
  return ok(present(store, survivor));
}

function combine(store: ObjectStore, primary: CrmRecord, other: CrmRecord): CrmRecord {
  const at = store.portal.world.clock.now();
  const properties = { ...other.properties, ...primary.properties };
  const history: NonNullable<CrmRecord['history']> = {};
  for (const name of Object.keys(properties)) {
    const entries = [...historyOf(primary, name), ...historyOf(other, name)];
    history[name] = entries.sort((a, b) => b.timestamp - a.timestamp);
  }
  const emails = [
    other.properties.email,
    ...(primary.additionalEmails ?? []),
    ...(other.additionalEmails ?? []),
  ];
  const additionalEmails = emails.filter((email): email is string => !!email && email !== properties.email);
  const merged = [primary, other].flatMap((record) => [...(record.merged ?? []), { id: record.id, at }]);
  return {
    ...{ id: store.newId(), properties, history, merged, additionalEmails },
    createdAt: Math.min(primary.createdAt, other.createdAt),
    ...{ updatedAt: at, source: primary.source },
  };
}

function moveAssociations(store: ObjectStore, from: CrmRecord[], survivorId: string) {
  const { associations } = store.portal;
  for (const [position, record] of from.entries()) {
    for (const { id: toType } of store.portal.types) {
      for (const { toId, links } of associations.of(store.type.id, record.id, toType)) {
        // The primary company of the primary record stays primary.
        const kept = position === 0 ? links : links.filter((link) => !associations.type(link)?.primary);
        const there = associations.links(store.type.id, survivorId, toType, toId);
        associations.set([store.type.id, survivorId], [toType, toId], [...there, ...kept]);
      }
    }
    associations.removeAll(store.type.id, record.id);
  }
}

function announce(call: Call, store: ObjectStore, primary: CrmRecord, other: CrmRecord, survivor: CrmRecord) {
  const typeId = store.type.id;
  const { source } = call.session;
  const moved = Object.keys(other.properties).filter((name) => primary.properties[name] === undefined).length;
  const merge = { primaryId: primary.id, mergedIds: [other.id], newId: survivor.id, moved };
  store.portal.emit({ kind: 'merge', typeId, id: survivor.id, source, merge });
}

/** Deletes a contact for good and keeps its address from coming back. */
export async function gdprDelete(call: Call): Promise<Answer> {
  const store = call.portal.objects(call.params.objectType ?? '');
  const body = await call.json<{ objectId?: unknown; idProperty?: string }>();
  if (body.objectId === undefined) throw missingField('objectId');
  const id = String(body.objectId);
  const blocked = call.portal.collection<number>('blockedEmails');
  const record = body.idProperty ? store.findBy(body.idProperty, id) : store.find(id);
  if (!record && body.idProperty !== 'email') throw recordNotFound();
  const emails = record ? [record.properties.email, ...(record.additionalEmails ?? [])] : [id.toLowerCase()];
  for (const email of emails) if (email) blocked.set(email, call.portal.world.clock.now());
  if (record) {
    call.portal.associations.removeAll(store.type.id, record.id);
    store.remove(record);
    call.portal.world.log.wrote('deleted');
    const event = { typeId: store.type.id, id: record.id, source: call.session.source };
    call.portal.emit({ kind: 'privacyDeletion', ...event });
  }
  return noContent();
}
