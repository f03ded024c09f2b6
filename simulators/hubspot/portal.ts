import type { Collection } from '#simulators/core/store.ts';
import { type Account, accounts } from './account/accounts.ts';
import { AssociationGraph } from './associations/graph.ts';
import { ListEngine } from './lists/engine.ts';
import { ObjectStore } from './objects/object-store.ts';
import { findType, type ObjectType, standardTypes } from './objects/object-types.ts';
import type { RecordEvent } from './objects/types.ts';
import type { World } from './world.ts';

/** One HubSpot account with all that it holds. */
export class Portal {
  readonly world: World;
  readonly account: Account;
  readonly id: number;
  readonly associations: AssociationGraph;
  readonly lists: ListEngine;
  readonly #stores = new Map<string, ObjectStore>();
  readonly #collections = new Map<string, unknown>();
  readonly #listeners: ((event: RecordEvent) => void)[] = [];

  constructor(world: World, account: Account) {
    this.world = world;
    this.account = account;
    this.id = account.portalId;
    for (const type of [...standardTypes, ...this.collection<ObjectType>('types').values()])
      this.addType(type);
    this.associations = new AssociationGraph(this);
    this.lists = new ListEngine(this);
    this.onRecordEvent((event) => this.lists.recordChanged(event));
  }

  /** A journaled collection of this portal. */
  collection<V>(name: string): Collection<V> {
    const known = this.#collections.get(name);
    if (known) return known as Collection<V>;
    const opened = this.world.store.collection<V>(`${this.id}/${name}`);
    this.#collections.set(name, opened);
    return opened;
  }

  get types(): ObjectType[] {
    return [...this.#stores.values()].map((store) => store.type);
  }

  /** The store of an object type, named in any of the ways the API allows. */
  objects(name: string): ObjectStore {
    const known = this.#stores.get(name) ?? this.#stores.get(findType(this.types, name).id);
    if (!known) throw new Error(`The store of ${name} is missing.`);
    return known;
  }

  hasType(id: string): boolean {
    return this.#stores.has(id);
  }

  addType(type: ObjectType) {
    this.#stores.set(type.id, new ObjectStore(this, type));
    if (type.custom) this.collection<ObjectType>('types').set(type.id, type);
  }

  removeType(id: string) {
    this.#stores.delete(id);
    this.collection<ObjectType>('types').delete(id);
  }

  /** A number that was not handed out before, from `first` upward; `count` sets aside those that follow it too. */
  nextNumber(name: string, first: number, count = 1): number {
    const counters = this.collection<number>('counters');
    const value = counters.get(name) ?? first;
    counters.set(name, value + count);
    return value;
  }

  onRecordEvent(listener: (event: RecordEvent) => void) {
    this.#listeners.push(listener);
  }

  emit(event: RecordEvent) {
    for (const listener of this.#listeners) listener(event);
  }

  owner(ownerId: string) {
    return this.account.members.find((member) => member.ownerId === ownerId);
  }

  member(userId: number) {
    return this.account.members.find((member) => member.userId === userId);
  }

  recordUrl(typeId: string, id: string): string {
    return `${this.world.url()}/contacts/${this.id}/record/${typeId}/${id}`;
  }
}

/** Builds every account from what the store holds. */
export function openPortals(world: World): Map<number, Portal> {
  return new Map(accounts.map((account) => [account.portalId, new Portal(world, account)]));
}
