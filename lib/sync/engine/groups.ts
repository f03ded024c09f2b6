import type { Result } from '#lib/core/result.ts';
import type { RunCursor } from '../schemas.ts';
import type { Trouble } from '../trouble.ts';
import { claimKeys } from './claims.ts';
import { isObstructed, obstacleOf } from './obstacle.ts';
import type { Later, Wanted } from './person.ts';
import { prepareScan } from './scan/prepare-scan.ts';
import { type Deps, keepUp, type Session } from './session.ts';
import { syncPeople } from './sync-people.ts';

/** A resync works on so many groups at once: while one waits for a Bulk job or the store, the other goes on. */
const groupsAtOnce = 2;

export type PassEnd =
  /** Every member was looked at; the cursor says whether some are left for later. */
  | { kind: 'done'; cursor: RunCursor }
  | { kind: 'stopped' }
  /** The process is asked to end. */
  | { kind: 'left'; cursor: RunCursor }
  | { kind: 'trouble'; trouble: Trouble; cursor: RunCursor };

export type Command = 'go' | 'stop' | 'leave';

/** The next people of a run after a cursor; `after` null: the last ones. */
export type PeopleSource = (
  session: Session,
  after: string | null,
) => Promise<Result<{ people: Wanted[]; after: string | null }, Trouble>>;

type How = { command: () => Promise<Command>; source: PeopleSource };
/** Why no group is begun any more. `again`: one was stopped, and what has stopped it is to be looked at. */
type Halt = { kind: 'again' | 'stopped' | 'left' } | { kind: 'trouble'; trouble: Trouble };
type Group = { session: Session; people: Wanted[]; after: string | null; version: number; isDone: boolean };

/**
 * The groups of one pass, which are begun one after the other and may end in any order: the cursor moves on once all
 * before it have ended. Each works with a session and claims of its own, as two workers would: nobody is in two of
 * them. A group that ends badly lets the others come to their end.
 */
export class Groups {
  readonly #session: Session;
  readonly #how: How;
  #cursor: RunCursor;
  /** Where the next group begins. */
  #next: string | null;
  #isLast = false;
  /** Begun, and not yet behind the cursor. */
  #open: Group[] = [];
  #halt: Halt | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(session: Session, cursor: RunCursor, how: How) {
    this.#session = session;
    this.#how = how;
    this.#cursor = cursor;
    this.#next = cursor.after;
  }

  async workThrough(): Promise<PassEnd | { kind: 'again'; cursor: RunCursor }> {
    const { run, beside } = this.#session;
    // Of an import the records that share an address are best told apart one after the other.
    const count = run.kind === 'RESYNC' && beside ? groupsAtOnce : 1;
    const lanes = Array.from({ length: count }, (_, at) => this.#work(at === 0));
    const failed = (await Promise.allSettled(lanes)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    return { ...(this.#halt ?? { kind: 'done' }), cursor: this.#cursor };
  }

  async #work(isFirst: boolean): Promise<void> {
    let deps: Deps | undefined;
    const kept = isFirst ? [claimKeys.run(this.#session.run.id)] : [];
    try {
      for (;;) {
        const group = await this.#inTurn(() => this.#begin());
        if (!group) return;
        if (!isFirst) deps ??= this.#session.beside?.();
        Object.assign(group.session, deps);
        await this.#sync(group, kept);
      }
    } catch (error) {
      this.#stop({ kind: 'again' });
      throw error;
    } finally {
      await deps?.claims.end();
    }
  }

  /** Reading members, and moving the cursor, is done by one group at a time. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** The next group; null if there is none, or none is to be begun any more. */
  async #begin(): Promise<Group | null> {
    if (this.#halt || this.#isLast) return null;
    const session = this.#session;
    const wanted = await this.#how.command();
    if (wanted !== 'go') return this.#stop({ kind: wanted === 'stop' ? 'stopped' : 'left' });
    const { version, values } = await session.store.settings();
    const obstacle = await obstacleOf(session, values);
    if (obstacle) return this.#stop({ kind: 'trouble', trouble: obstacle });
    const upToDate = await keepUp(session, version);
    if (!upToDate.ok) return this.#stop({ kind: 'trouble', trouble: upToDate.failure });
    const [prepared, next] = await Promise.all([prepareScan(session), this.#how.source(session, this.#next)]);
    if (!prepared.ok) return this.#stop({ kind: 'trouble', trouble: prepared.failure });
    if (!next.ok) return this.#stop({ kind: 'trouble', trouble: next.failure });
    const { people, after } = next.value;
    this.#next = after;
    this.#isLast = after === null;
    const own = { ...session, criteria: new Map(session.criteria) };
    const group = { session: own, people, after, version, isDone: false };
    this.#open.push(group);
    return group;
  }

  async #sync(group: Group, kept: string[]): Promise<void> {
    const { session, people } = group;
    const stops = async () => (await this.#how.command()) !== 'go' || (await isObstructed(session));
    const done = people.length > 0 ? await syncPeople(session, people, stops) : null;
    await session.claims.keepOnly(kept);
    if (done && !done.ok) this.#stop({ kind: 'trouble', trouble: done.failure });
    else await this.#inTurn(() => this.#end(group, done?.value ?? { later: [], stopped: false }));
  }

  async #end(group: Group, { later, stopped }: { later: Later[]; stopped: boolean }): Promise<void> {
    const { run, store } = this.#session;
    this.#learnOf(group.session);
    this.#cursor = { ...this.#cursor, later: await this.#laterOf(later), troubles: 0 };
    if (stopped) this.#stop({ kind: 'again' });
    group.isDone = !stopped;
    for (let [first] = this.#open; first?.isDone; [first] = this.#open) {
      this.#open.shift();
      if (first.after === null) return;
      this.#cursor = { ...this.#cursor, after: first.after };
      const change = { cursor: this.#cursor, settingsVersion: first.version, reason: null };
      await store.transaction((tx) => tx.changeRun(run.id, change));
    }
  }

  /** What a group found out is known to the next one. */
  #learnOf({ scan, bulkMsPerRow }: Session): void {
    const session = this.#session;
    session.troubles = 0;
    session.bulkMsPerRow = bulkMsPerRow ?? session.bulkMsPerRow;
    if (scan === null || scan?.id === session.scan?.id) session.scan = scan;
  }

  /** No group is begun any more. What has stopped one says less than what is found out by looking. */
  #stop(halt: Halt): null {
    if (!this.#halt || this.#halt.kind === 'again') this.#halt = halt;
    return null;
  }

  /** Those left for later wait for the first of them whose time comes. */
  async #laterOf(left: Later[]): Promise<RunCursor['later']> {
    const { later } = this.#cursor;
    const soonest = [...left].sort((a, b) => a.waitMs - b.waitMs)[0];
    if (!soonest) return later;
    const at = new Date((await this.#session.store.now()).getTime() + soonest.waitMs).toISOString();
    return later && later.at < at ? later : { reason: soonest.reason, at };
  }
}
