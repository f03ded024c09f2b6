import { mappedNames } from '../../collect/mapped-names.ts';
import type { Collected, CollectStore, KnownLink, MembershipChange } from '../../collect/store.ts';
import type { Link, RecordObject } from '../../store.ts';
import { breakerPart, type Read } from './collect-breaker.ts';
import type { MemoryDatabase } from './database.ts';
import type { Passage } from './passage.ts';
import { addTriggers } from './triggers.ts';

/** `CollectStore` over a database in memory, as one worker sees it. There is one scope alone. */
export function memoryCollectStore(db: MemoryDatabase, passage: Passage): CollectStore {
  const read: Read = async (name, answer) => {
    await passage.pass(`collect.${name}`);
    return answer();
  };
  return {
    ...settingsPart(db, read),
    ...changesPart(db, read),
    ...membershipPart(db, read),
    ...breakerPart(db, read),
    async commit(_scope, collected) {
      await passage.pass('collect.commit');
      db.journal.begin();
      try {
        store(db, collected, passage);
        passage.step('collect.committed');
        db.journal.commit();
      } catch (error) {
        db.journal.rollBack();
        throw error;
      }
    },
  };
}

function settingsPart(
  db: MemoryDatabase,
  read: Read,
): Pick<CollectStore, 'settings' | 'mapped' | 'connection'> {
  return {
    settings: () =>
      read('settings', () => {
        const { salesforceChanges, salesforceDeletes, breakerShare } = db.settings().values;
        const { listId: inclusionListId, alsoListId } = db.gate(db.clock.now());
        return { inclusionListId, alsoListId, salesforceChanges, salesforceDeletes, breakerShare };
      }),
    mapped: () => read('mapped', () => mappedNames(db.mappings)),
    connection: () =>
      read('connection', () => {
        const { connectedAt, integrationUserId, timeZone } = db;
        return { connectedAt, integrationUserId, timeZone };
      }),
  };
}

export const neverChecked = { checkedAt: null, coveredUntil: {}, startedAt: null, linksAfter: null };

const byNewest = (a: Link, b: Link) => b.createdAt.getTime() - a.createdAt.getTime();
const knownLink = ({ contactId, recordId, object, endedAt, endCause }: Link): KnownLink => ({
  ...{ contactId, recordId, object, endedAt, endCause },
});

function changesPart(
  db: MemoryDatabase,
  read: Read,
): Pick<
  CollectStore,
  | 'cursor'
  | 'knownPairs'
  | 'seen'
  | 'linksOfContacts'
  | 'linksOfRecords'
  | 'creationsUnderWay'
  | 'linksAfter'
  | 'unread'
  | 'countUnread'
  | 'dailyCheck'
> {
  const links = (meets: (link: Link) => boolean) => db.links.where(meets).sort(byNewest).map(knownLink);
  return {
    cursor: (_scope, source) => read('cursor', () => db.cursors.get(source)?.cursor ?? null),
    knownPairs: (_scope, source, pairs) =>
      read('knownPairs', () => {
        const isKnown = ({ id, at }: (typeof pairs)[number]) =>
          db.pairs.get(`${source}:${id}`)?.at.getTime() === at.getTime();
        return new Set(pairs.filter(isKnown).map(({ id }) => id));
      }),
    seen: (_scope, side, ids) =>
      read('seen', () => {
        const rows = ids.flatMap((id) => db.seen.get(`${side}:${id}`) ?? []);
        return new Map(rows.map(({ id, fields, modifiedAt }) => [id, { id, fields, modifiedAt }]));
      }),
    linksOfContacts: (_scope, ids) =>
      read('linksOfContacts', () => links(({ contactId }) => ids.includes(contactId))),
    linksOfRecords: (_scope, ids) =>
      read('linksOfRecords', () => links(({ recordId }) => ids.includes(recordId))),
    creationsUnderWay: (_scope, addresses) =>
      read('creationsUnderWay', () => {
        const open = db.intents.where(
          ({ state, address }) => state === 'OPEN' && addresses.includes(address),
        );
        return new Set(open.map(({ address }) => address));
      }),
    linksAfter: (_scope, contactId, limit) =>
      read('linksAfter', () =>
        links((link) => link.endedAt === null && link.contactId > (contactId ?? ''))
          .sort((a, b) => (a.contactId < b.contactId ? -1 : 1))
          .slice(0, limit),
      ),
    unread: (_scope, recordIds, since) =>
      read('unread', () => new Set(recordIds.filter((id) => !isRead(db, id, since)))),
    countUnread: (_scope, object, since) =>
      read('countUnread', () => db.links.where((link) => isUnread(db, link, object, since)).length),
    dailyCheck: () =>
      read('dailyCheck', () => {
        const { checkedAt, coveredUntil, startedAt, linksAfter } = db.checks.get('check') ?? neverChecked;
        return { checkedAt, coveredUntil, startedAt, linksAfter };
      }),
  };
}

const isRead = (db: MemoryDatabase, recordId: string, since: Date) => {
  const row = db.seen.get(`salesforce:${recordId}`);
  return row !== undefined && row.at >= since;
};
const isUnread = (db: MemoryDatabase, link: Link, object: RecordObject, since: Date) =>
  link.endedAt === null && link.object === object && !isRead(db, link.recordId, since);

function membershipPart(
  db: MemoryDatabase,
  read: Read,
): Pick<CollectStore, 'watches' | 'stays' | 'countStays' | 'joiners' | 'unmet'> {
  const lasting = (listId: string) => db.stays.where((stay) => stay.listId === listId && stay.until === null);
  return {
    watches: () => read('watches', () => db.watches.all()),
    stays: (_scope, listId, ids) =>
      read('stays', () =>
        lasting(listId)
          .filter(({ contactId }) => ids.includes(contactId))
          .map(({ contactId, addedAt, since }) => ({ contactId, addedAt, since })),
      ),
    countStays: (_scope, listId) => read('countStays', () => lasting(listId).length),
    joiners: (_scope, listId, page) =>
      read('joiners', () =>
        lasting(listId)
          .filter(({ isBaseline, since }) => !isBaseline && since >= page.since)
          .filter(({ contactId }) => contactId > (page.after ?? ''))
          .map(({ contactId, addedAt, since }) => ({ contactId, addedAt, since }))
          .sort((a, b) => (a.contactId < b.contactId ? -1 : 1))
          .slice(0, page.limit),
      ),
    unmet: (_scope, listId, reading, limit) =>
      read('unmet', () =>
        lasting(listId)
          .filter((stay) => stay.reading < reading)
          .map(({ contactId }) => contactId)
          .sort()
          .slice(0, limit),
      ),
  };
}

function store(db: MemoryDatabase, collected: Collected, passage: Passage): void {
  const at = db.clock.now();
  for (const { side, rows } of collected.seen ?? []) {
    for (const row of rows) {
      const modifiedAt = row.modifiedAt ?? db.seen.get(`${side}:${row.id}`)?.modifiedAt ?? null;
      db.seen.set({ ...row, side, modifiedAt, at });
    }
  }
  passage.step('collect.seen');
  addTriggers(db, collected.triggers ?? [], at);
  passage.step('collect.triggers');
  if (collected.membership) storeMembership(db, collected.membership);
  if (collected.watch) db.watches.set(collected.watch);
  for (const alarm of collected.alarms ?? []) db.alarms.set(alarm);
  passage.step('collect.membership');
  const { pairs, cursor, check, countedAs } = collected;
  for (const pair of pairs?.known ?? []) if (pairs) db.pairs.set({ ...pair, source: pairs.source });
  for (const pair of db.pairs.where(({ source }) => source === pairs?.source)) {
    if (pairs?.forgetBefore && pair.at < pairs.forgetBefore) db.pairs.delete(`${pair.source}:${pair.id}`);
  }
  if (cursor) db.cursors.set(cursor);
  if (check) db.checks.set({ ...check, id: 'check' });
  if (countedAs) db.counted.set({ ...countedAs, id: 'counted' });
}

function storeMembership(db: MemoryDatabase, { listId, reading, left, came, met }: MembershipChange): void {
  const lasting = (contactId: string) =>
    db.stays.where(
      (stay) => stay.listId === listId && stay.contactId === contactId && stay.until === null,
    )[0];
  for (const { contactId, until, through } of left) {
    const stay = lasting(contactId);
    if (stay) db.stays.set({ ...stay, until, leftThrough: through });
  }
  for (const stay of came) {
    if (lasting(stay.contactId)) throw new Error(`${stay.contactId} is in ${listId} already.`);
    db.stays.insert({ ...stay, id: db.newId(), listId, reading, until: null, leftThrough: null });
  }
  for (const contactId of met) {
    const stay = lasting(contactId);
    if (stay) db.stays.set({ ...stay, reading });
  }
}
