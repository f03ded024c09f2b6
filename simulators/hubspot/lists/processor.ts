import type { Timer } from '#simulators/core/clock.ts';
import type { Collection } from '#simulators/core/store.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { convertDue } from './conversion.ts';
import type { ListEngine, MembershipChange } from './engine.ts';
import { type EvaluationContext, matchesBranch } from './evaluate.ts';
import type { Branch } from './filter-types.ts';
import { type ListState, noteSize } from './list-state.ts';
import { dayStart } from './zone.ts';

/** A new or changed list is evaluated in this many steps, so that its size grows visibly. */
const STEPS = 10;

/** Keeps dynamic lists true: whole lists in the background, single records some time after a change. */
export class ListProcessor {
  readonly #engine: ListEngine;
  /** `type/id` to when it is due; journaled, so that a restart forgets nothing. */
  readonly #dirty: Collection<number>;
  readonly #runs = new Map<string, symbol>();
  #flushing: Timer | undefined;
  #dynamic: ListState[] | undefined;
  /** Ids of the lists that dynamic lists name in their filters. */
  #referenced: Set<string> | undefined;

  constructor(engine: ListEngine) {
    this.#engine = engine;
    this.#dirty = engine.portal.collection('lists/dirty');
  }

  resume() {
    for (const list of this.#engine.all()) if (list.processingStatus === 'PROCESSING') this.start(list);
    if (this.#dirty.size > 0) this.#flushLater(0);
    this.#atMidnight();
    const { clock, store } = this.#engine.portal.world;
    clock.onAdvance(() => store.batch(() => this.#reevaluate()));
  }

  listChanged() {
    this.#dynamic = undefined;
    this.#referenced = undefined;
  }

  /** Evaluates the whole population for one list; a later start of the same list ends an earlier one. */
  start(list: ListState) {
    const run = Symbol(list.listId);
    this.#runs.set(list.listId, run);
    const { clock, config } = this.#engine.portal.world;
    const store = this.#engine.portal.objects(list.objectTypeId);
    const ids = [...store.ids];
    const pause = config.current.listProcessingMs / STEPS;
    const startedAt = clock.now();
    const plan = (at: number) => clock.after(startedAt + (at + 1) * pause - clock.now(), () => step(at));
    const step = (at: number) => {
      const current = this.#engine.get(list.listId);
      if (!current || this.#runs.get(list.listId) !== run) return;
      const next = Math.ceil(((at + 1) * ids.length) / STEPS);
      const first = Math.ceil((at * ids.length) / STEPS);
      this.#engine.portal.world.store.batch(() => {
        this.#evaluate(store, ids.slice(first, next), [current]);
        if (at + 1 === STEPS) this.#finish(current);
      });
      if (at + 1 < STEPS) plan(at + 1);
    };
    plan(0);
  }

  /** Evaluates lists of contacts at once and in one pass, as the seed does. */
  complete(lists: readonly ListState[]) {
    const store = this.#engine.portal.objects('0-1');
    this.#evaluate(store, store.ids, lists);
    for (const list of lists) this.#finish(list);
  }

  recordChanged(typeId: string, id: string) {
    const delay = this.#engine.portal.world.config.current.listDelayMs;
    for (const key of [`${typeId}/${id}`, ...this.#dependents(typeId, id)]) this.#mark(key, delay);
  }

  membershipChanged(change: MembershipChange) {
    this.#referenced ??= new Set(this.#dynamicLists().flatMap((list) => referencesOf(list.filterBranch)));
    if (!this.#referenced.has(change.listId)) return;
    const delay = this.#engine.portal.world.config.current.listDelayMs;
    this.#mark(`${change.objectTypeId}/${change.recordId}`, Math.max(delay, 1));
  }

  #dynamicLists(): ListState[] {
    this.#dynamic ??= this.#engine.all().filter((list) => list.processingType === 'DYNAMIC');
    return this.#dynamic;
  }

  /** Records whose lists look at the changed one through an association. */
  #dependents(typeId: string, id: string): string[] {
    const types = new Set(
      this.#dynamicLists()
        .filter((list) => list.objectTypeId !== typeId && looksAt(list.filterBranch, typeId))
        .map((list) => list.objectTypeId),
    );
    const { associations } = this.#engine.portal;
    return [...types].flatMap((type) =>
      associations.of(typeId, id, type).map(({ toId }) => `${type}/${toId}`),
    );
  }

  #mark(key: string, delay: number) {
    const { clock } = this.#engine.portal.world;
    if (delay <= 0) {
      this.#evaluateKeys([key]);
      return;
    }
    if (!this.#dirty.has(key)) this.#dirty.set(key, clock.now() + delay);
    this.#flushLater(delay);
  }

  #flushLater(delay: number) {
    this.#flushing ??= this.#engine.portal.world.clock.after(delay, () => {
      this.#flushing = undefined;
      this.#flush();
    });
  }

  #flush() {
    const { clock, store } = this.#engine.portal.world;
    let next = Number.POSITIVE_INFINITY;
    store.batch(() => {
      const ready: string[] = [];
      for (const [key, due] of [...this.#dirty.entries()]) {
        if (due <= clock.now()) ready.push(key);
        else next = Math.min(next, due);
      }
      for (const key of ready) this.#dirty.delete(key);
      this.#evaluateKeys(ready);
    });
    if (next !== Number.POSITIVE_INFINITY) this.#flushLater(Math.max(1, next - clock.now()));
  }

  #evaluateKeys(keys: readonly string[]) {
    const touched = new Set<ListState>();
    for (const key of keys) {
      const [typeId = '', id = ''] = key.split('/');
      const lists = this.#dynamicLists().filter((list) => list.objectTypeId === typeId);
      if (lists.length === 0) continue;
      const store = this.#engine.portal.objects(typeId);
      for (const list of this.#evaluate(store, [id], lists)) touched.add(list);
    }
    for (const list of touched) this.#noteSize(list);
  }

  #context(): EvaluationContext {
    const { portal } = this.#engine;
    return {
      ...{ portal, now: portal.world.clock.now(), zone: portal.account.timeZone },
      isMember: (listId, recordId) => this.#engine.isMember(listId, recordId),
    };
  }

  #evaluate(store: ObjectStore, ids: readonly string[], lists: readonly ListState[]): Set<ListState> {
    const context = this.#context();
    const touched = new Set<ListState>();
    const targets = lists.flatMap((list) => {
      const { filterBranch: filters, listId } = list;
      const members = this.#engine.members(listId);
      return filters ? [{ list, filters, members, isFresh: members.size === 0 }] : [];
    });
    for (const id of ids) {
      const record = store.records.get(id);
      const candidate = record?.archivedAt === undefined ? record : undefined;
      for (const { list, filters, members, isFresh } of targets) {
        const belongs = candidate !== undefined && matchesBranch(context, store, candidate, filters);
        if (belongs === (!isFresh && members.has(id))) continue;
        if (belongs) this.#engine.add(list, id);
        else this.#engine.remove(list, id);
        touched.add(list);
      }
    }
    return touched;
  }

  #finish(list: ListState) {
    list.processingStatus = 'COMPLETE';
    if (list.processingType === 'SNAPSHOT') delete list.filterBranch;
    this.#runs.delete(list.listId);
    this.#noteSize(list);
  }

  #noteSize(list: ListState) {
    noteSize(list, this.#engine.portal.world.clock.now(), this.#engine.size(list.listId));
    this.#engine.save(list);
  }

  /**
   * At midnight of the account's zone due conversions are carried out and relative dates evaluated again. These follow
   * a clock that is moved within a day, too.
   */
  #atMidnight() {
    const { clock } = this.#engine.portal.world;
    const { timeZone } = this.#engine.portal.account;
    clock.after(dayStart(timeZone, clock.now(), 1) - clock.now(), () => {
      this.#engine.portal.world.store.batch(() => {
        convertDue(this.#engine);
        this.#reevaluate();
      });
      this.#atMidnight();
    });
  }

  #reevaluate() {
    for (const list of this.#dynamicLists()) {
      if (list.processingStatus !== 'COMPLETE' || !isRelative(list.filterBranch)) continue;
      const store = this.#engine.portal.objects(list.objectTypeId);
      // A record that was just changed is left to its own time.
      const ids =
        this.#dirty.size === 0
          ? store.ids
          : store.ids.filter((id) => !this.#dirty.has(`${store.type.id}/${id}`));
      if (this.#evaluate(store, ids, [list]).size > 0) this.#noteSize(list);
    }
  }
}

/** Does the answer of these filters change as time passes? */
function isRelative(branch: Branch | undefined): boolean {
  return /"(ROLLING_|CALENDAR_DATE|INDEXED|RELATIVE_|ANNIVERSARY)/.test(JSON.stringify(branch ?? {}));
}

function referencesOf(branch: Branch | undefined): string[] {
  if (!branch) return [];
  const own = branch.filters.flatMap((filter) => filter.listId ?? []);
  return [...own, ...branch.filterBranches.flatMap(referencesOf)];
}

function looksAt(branch: Branch | undefined, typeId: string): boolean {
  if (!branch) return false;
  return branch.objectTypeId === typeId || branch.filterBranches.some((each) => looksAt(each, typeId));
}
