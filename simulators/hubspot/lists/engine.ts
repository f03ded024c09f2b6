import type { Collection } from '#simulators/core/store.ts';
import { compareIds } from '../objects/object-store.ts';
import type { RecordEvent } from '../objects/types.ts';
import type { Portal } from '../portal.ts';
import type { ListState } from './list-state.ts';
import { ListProcessor } from './processor.ts';

export interface Member {
  id: string;
  /** When it was added (last). */
  at: number;
}

export interface MembershipChange {
  listId: string;
  objectTypeId: string;
  recordId: string;
  added: boolean;
}

/** The lists of a portal and who is in them. */
export class ListEngine {
  readonly portal: Portal;
  readonly processor: ListProcessor;
  readonly #lists: Collection<ListState>;
  readonly #members = new Map<string, Collection<number>>();
  /** Members by id and by time of joining, rebuilt when asked for after a change. */
  readonly #sorted = new Map<string, { byId?: Member[]; byTime?: Member[] }>();
  readonly #listeners: ((change: MembershipChange) => void)[] = [];

  constructor(portal: Portal) {
    this.portal = portal;
    this.#lists = portal.collection('lists');
    this.processor = new ListProcessor(this);
  }

  /** Takes up what a restart interrupted. */
  resume() {
    this.processor.resume();
  }

  all(): ListState[] {
    return [...this.#lists.values()].filter((list) => list.deletedAt === undefined);
  }

  get(listId: string): ListState | undefined {
    const list = this.#lists.get(listId);
    return list?.deletedAt === undefined ? list : undefined;
  }

  getDeleted(listId: string): ListState | undefined {
    const list = this.#lists.get(listId);
    return list?.deletedAt === undefined ? undefined : list;
  }

  /** Names are unique in the portal, without regard to case. */
  byName(name: string): ListState | undefined {
    const wanted = name.trim().toLowerCase();
    return this.all().find((list) => list.name.trim().toLowerCase() === wanted);
  }

  save(list: ListState) {
    this.#lists.set(list.listId, list);
    this.processor.listChanged();
  }

  members(listId: string): Collection<number> {
    const known = this.#members.get(listId);
    if (known) return known;
    const opened = this.portal.collection<number>(`members/${listId}`);
    this.#members.set(listId, opened);
    return opened;
  }

  size(listId: string): number {
    return this.members(listId).size;
  }

  isMember(listId: string, recordId: string): boolean {
    return this.members(listId).has(recordId);
  }

  /** Adds a record; false when it was in already. */
  add(list: ListState, recordId: string): boolean {
    const members = this.members(list.listId);
    if (members.has(recordId)) return false;
    const now = this.portal.world.clock.now();
    members.set(recordId, now);
    list.lastAddedAt = now;
    this.#changed(list, recordId, true);
    return true;
  }

  remove(list: ListState, recordId: string): boolean {
    const members = this.members(list.listId);
    const since = members.get(recordId);
    if (since === undefined) return false;
    members.delete(recordId);
    const first = this.portal.collection<number>(`former/${list.listId}`);
    if (!first.has(recordId)) first.set(recordId, since);
    list.lastRemovedAt = this.portal.world.clock.now();
    this.#changed(list, recordId, false);
    return true;
  }

  firstAddedAt(listId: string, recordId: string): number {
    const first = this.portal.collection<number>(`former/${listId}`).get(recordId);
    return first ?? this.members(listId).get(recordId) ?? 0;
  }

  /** Members ordered by record id, or by when they joined. */
  ordered(listId: string, order: 'id' | 'time'): readonly Member[] {
    const cached = this.#sorted.get(listId) ?? {};
    this.#sorted.set(listId, cached);
    const known = order === 'id' ? cached.byId : cached.byTime;
    if (known) return known;
    const list = [...this.members(listId).entries()].map(([id, at]) => ({ id, at }));
    list.sort((a, b) => (order === 'time' && a.at !== b.at ? a.at - b.at : compareIds(a.id, b.id)));
    if (order === 'id') cached.byId = list;
    else cached.byTime = list;
    return list;
  }

  /** The lists a record is in. */
  listsOf(objectTypeId: string, recordId: string): ListState[] {
    return this.all().filter(
      (list) => list.objectTypeId === objectTypeId && this.isMember(list.listId, recordId),
    );
  }

  onMembershipChange(listener: (change: MembershipChange) => void) {
    this.#listeners.push(listener);
  }

  recordChanged(event: RecordEvent) {
    const gone = event.merge ? [event.merge.primaryId, ...event.merge.mergedIds] : [];
    if (event.kind === 'deletion' || event.kind === 'privacyDeletion') gone.push(event.id);
    for (const recordId of gone) {
      for (const list of this.listsOf(event.typeId, recordId)) {
        this.remove(list, recordId);
        // A merged record keeps its place in static lists under its new id.
        if (event.merge && list.processingType !== 'DYNAMIC') this.add(list, event.merge.newId);
      }
    }
    if (event.kind !== 'deletion' && event.kind !== 'privacyDeletion') {
      this.processor.recordChanged(event.typeId, event.id);
    }
  }

  #changed(list: ListState, recordId: string, added: boolean) {
    this.#sorted.delete(list.listId);
    const change = { listId: list.listId, objectTypeId: list.objectTypeId, recordId, added };
    this.processor.membershipChanged(change);
    for (const listener of this.#listeners) listener(change);
  }
}
