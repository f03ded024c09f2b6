import type { CollectStore, Population } from '../../collect/store.ts';
import type { MemoryDatabase } from './database.ts';

export type Read = <T>(name: string, answer: () => T) => Promise<T>;

/** What the circuit breaker counts and what it has stopped. */
export function breakerPart(
  db: MemoryDatabase,
  read: Read,
): Pick<
  CollectStore,
  | 'countAlarms'
  | 'forgetReturned'
  | 'population'
  | 'lastConfirmation'
  | 'openTriggers'
  | 'countedAs'
  | 'openHold'
  | 'putHold'
  | 'endHold'
> {
  return {
    countAlarms: (_scope, since) =>
      read('countAlarms', () => {
        const groups = Map.groupBy(
          db.alarms.where(({ at }) => at > since),
          ({ kind, key }) => `${kind}:${key}`,
        );
        return [...groups.values()].flatMap((alarms) => {
          const [first] = alarms;
          return first ? [{ kind: first.kind, key: first.key, people: alarms.length }] : [];
        });
      }),
    forgetReturned: (_scope, listId, since) =>
      read('forgetReturned', () => forgetReturned(db, listId, since)),
    population: (_scope, keys) => read('population', () => populationOf(db, keys)),
    lastConfirmation: () =>
      read('lastConfirmation', () => {
        const times = db.holds.all().flatMap(({ confirmedAt }) => confirmedAt ?? []);
        return times.sort((a, b) => b.getTime() - a.getTime())[0] ?? null;
      }),
    openTriggers: (_scope, after, limit) =>
      read('openTriggers', () =>
        db.triggers
          .where(({ id }) => id > (after ?? ''))
          .sort((a, b) => (a.id < b.id ? -1 : 1))
          .slice(0, limit),
      ),
    countedAs: () =>
      read('countedAs', () => {
        const counted = db.counted.get('counted');
        if (!counted) return null;
        const { deletes, changes, blanks } = counted;
        return { deletes, changes, blanks };
      }),
    openHold: () =>
      read('openHold', () => {
        const [open] = db.holds.where(({ endedAt }) => endedAt === null);
        if (!open) return null;
        const { endedAt: _ended, confirmedAt: _confirmed, ...hold } = open;
        return hold;
      }),
    putHold: (_scope, hold) =>
      read('putHold', () => {
        if (db.holds.where(({ endedAt }) => endedAt === null).length > 0) return;
        db.holds.insert({ ...hold, id: db.newId(), endedAt: null, confirmedAt: null });
      }),
    endHold: (_scope, id, at) =>
      read('endHold', () => db.holds.change(id, (hold) => ({ ...hold, endedAt: at }))),
  };
}

function populationOf(db: MemoryDatabase, keys: string[]): Population {
  const filled = Object.fromEntries(
    keys.map((key) => {
      const [side, name = ''] = key.split(/:(.*)/);
      const rows = db.seen.where((row) => row.side === side && (row.fields[name]?.h ?? '') !== '');
      return [key, rows.length];
    }),
  );
  const linked = db.links.where(({ endedAt }) => endedAt === null).length;
  return { linked, known: db.seen.where(({ side }) => side === 'hubspot').length, filled };
}

function forgetReturned(db: MemoryDatabase, listId: string, since: Date): void {
  const stays = db.stays.where((stay) => stay.listId === listId);
  const wasIn = (person: string) =>
    stays.some(
      (stay) => stay.contactId === person && stay.since <= since && (!stay.until || stay.until > since),
    );
  const isIn = (person: string) => stays.some((stay) => stay.contactId === person && stay.until === null);
  for (const { kind, key, person, at } of db.alarms.all()) {
    const isReturned = kind === 'sides' && at > since && isIn(person) === wasIn(person);
    if (isReturned) db.alarms.delete(`${kind}:${key}:${person}`);
  }
}
