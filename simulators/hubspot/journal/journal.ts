import { randomUUID } from 'node:crypto';
import type { Collection } from '#simulators/core/store.ts';
import type { MembershipChange } from '../lists/engine.ts';
import type { RecordEvent } from '../objects/types.ts';
import type { Portal } from '../portal.ts';
import type { World } from '../world.ts';

export interface JournalSubscription {
  id: number;
  appId: number;
  subscriptionType: string;
  objectTypeId: string;
  associatedObjectTypeIds?: string[];
  portalId?: number;
  actions: string[];
  objectIds?: number[];
  listIds?: number[];
  properties?: string[];
  createdAt: string;
  updatedAt: string;
}

export interface JournalEntry {
  offset: string;
  /** Position in the journal. */
  sequence: number;
  appId: number;
  portalId: number;
  at: number;
  events: object[];
}

const KEPT_MS = 3 * 86_400_000;
const ACTIONS: Readonly<Record<string, string>> = {
  ...{ creation: 'CREATE', propertyChange: 'UPDATE', deletion: 'DELETE', restore: 'RESTORE', merge: 'MERGE' },
};

/** The durable log that apps read at their own pace, three days deep. */
export class Journal {
  readonly world: World;
  readonly entries: Collection<JournalEntry>;
  readonly subscriptions: Collection<JournalSubscription>;

  constructor(world: World) {
    this.world = world;
    this.entries = world.store.collection('journal/entries');
    this.subscriptions = world.store.collection('journal/subscriptions');
  }

  /** An app's entries, oldest first; those past their time are dropped. */
  of(appId: number, portalId: number | undefined): JournalEntry[] {
    const oldest = this.world.clock.now() - KEPT_MS;
    for (const entry of [...this.entries.values()]) if (entry.at < oldest) this.entries.delete(entry.offset);
    const own = [...this.entries.values()].filter(
      (entry) => entry.appId === appId && (portalId === undefined || entry.portalId === portalId),
    );
    return own.sort((a, b) => a.sequence - b.sequence);
  }

  recordChanged(portal: Portal, event: RecordEvent) {
    if (this.subscriptions.size === 0) return;
    if (event.kind === 'associationChange') {
      const action = event.association?.removed ? 'ASSOCIATION_REMOVED' : 'ASSOCIATION_ADDED';
      const to = { toObjectTypeId: event.association?.toTypeId, toObjectId: Number(event.association?.toId) };
      this.#append(portal, 'ASSOCIATION', event.typeId, event.id, action, to);
    } else if (event.kind === 'privacyDeletion') {
      this.#append(portal, 'GDPR_PRIVACY_DELETION', event.typeId, event.id, 'GDPR_DELETE', {});
    } else {
      const fields = { propertyChanges: event.changes ?? {}, ...(event.merge ? { merge: event.merge } : {}) };
      this.#append(portal, 'OBJECT', event.typeId, event.id, ACTIONS[event.kind] ?? 'UPDATE', fields);
    }
  }

  membershipChanged(portal: Portal, change: MembershipChange) {
    if (this.subscriptions.size === 0) return;
    const action = change.added ? 'ADDED_TO_LIST' : 'REMOVED_FROM_LIST';
    const fields = { listId: Number(change.listId) };
    this.#append(portal, 'LIST_MEMBERSHIP', change.objectTypeId, change.recordId, action, fields);
  }

  /** Puts the present values of a record into the log. */
  snapshot(
    portal: Portal,
    appId: number,
    request: { objectTypeId: string; objectId: number; properties: string[] },
  ) {
    const store = portal.objects(request.objectTypeId);
    const record = store.find(String(request.objectId));
    const values = request.properties.map((name) => [
      name,
      record ? (store.value(record, name) ?? null) : null,
    ]);
    const event = { objectTypeId: store.type.id, objectId: request.objectId, action: 'SNAPSHOT' };
    this.#write(appId, portal.id, { ...event, properties: Object.fromEntries(values) });
  }

  #append(portal: Portal, type: string, objectTypeId: string, id: string, action: string, fields: object) {
    const objectId = Number(id);
    for (const subscription of this.subscriptions.values()) {
      if (subscription.subscriptionType !== type) continue;
      if (subscription.portalId !== undefined && subscription.portalId !== portal.id) continue;
      if (subscription.objectTypeId && subscription.objectTypeId !== objectTypeId) continue;
      if (subscription.actions.length > 0 && !subscription.actions.includes(action)) continue;
      if (subscription.objectIds?.length && !subscription.objectIds.includes(objectId)) continue;
      const { listId } = fields as { listId?: number };
      if (subscription.listIds?.length && !subscription.listIds.includes(Number(listId))) continue;
      const event = {
        subscriptionId: subscription.id,
        subscriptionType: type,
        objectTypeId,
        objectId,
        action,
      };
      this.#write(subscription.appId, portal.id, { ...event, ...fields });
    }
  }

  #write(appId: number, portalId: number, event: object) {
    const offset = randomUUID();
    const at = this.world.clock.now();
    const counters = this.world.store.collection<number>('journal/counters');
    const sequence = (counters.get('sequence') ?? 0) + 1;
    counters.set('sequence', sequence);
    const events = [{ portalId, occurredAt: at, ...event }];
    this.entries.set(offset, { offset, sequence, appId, portalId, at, events });
  }
}

/** Where the events of an entry lie; no token is needed, the address is the secret. */
export function journalFile(journal: Journal, path: string): Response | undefined {
  const offset = /^\/journal-files\/([0-9a-f-]{36})\.json$/.exec(path)?.[1];
  if (offset === undefined) return undefined;
  const entry = journal.entries.get(offset);
  if (!entry) return new Response('Not found', { status: 404 });
  const body = JSON.stringify({ offset, events: entry.events });
  return new Response(body, { headers: { 'content-type': 'application/json;charset=utf-8' } });
}
