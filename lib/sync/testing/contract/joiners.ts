import { beforeEach, describe, expect, it } from 'vitest';
import type { CollectStoreGround } from './collect-store.ts';

const date = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));

/** What a store for collecting tells of those who came into a segment after it was chosen. */
export function joinersContract(open: () => Promise<CollectStoreGround>): void {
  describe('joiners', () => {
    let ground: CollectStoreGround;
    beforeEach(async () => {
      ground = await open();
    });

    it('are told page by page: stays that last, began then or later, and are not of the baseline', async () => {
      const { store, scope } = ground;
      const stay = (contactId: string, at: number, isBaseline = false) => ({
        ...{ contactId, addedAt: date(at), since: date(at), isBaseline, through: null },
      });
      const came = [stay('1', 1), stay('2', 5, true), stay('3', 5), stay('4', 6), stay('5', 7)];
      await store.commit(scope, { membership: { listId: '7', reading: 1, left: [], came, met: [] } });
      const left = [{ contactId: '4', until: date(8), through: null }];
      await store.commit(scope, { membership: { listId: '7', reading: 1, left, came: [], met: [] } });
      const page = async (after: string | null) => {
        const stays = await store.joiners(scope, '7', { since: date(5), after, limit: 1 });
        return stays.map(({ contactId, since }) => [contactId, since]);
      };
      expect([await page(null), await page('3'), await page('5')]).toEqual([
        [['3', date(5)]],
        [['5', date(7)]],
        [],
      ]);
      expect(await store.joiners(scope, '8', { since: date(0), after: null, limit: 9 })).toEqual([]);
    });
  });
}
