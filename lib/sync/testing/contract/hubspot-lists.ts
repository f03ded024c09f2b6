import { beforeEach, describe, expect, it } from 'vitest';
import type { HubSpotPort, ListMember } from '#lib/crm/ports.ts';
import { expectValue } from '#lib/testing/crm.ts';
import { equals } from '../memory/hubspot-lists.ts';
import type { HubSpotGround } from './hubspot.ts';

const settled = 120_000;
const newList = {
  ...{ name: 'In Lund', objectTypeId: '0-1', processingType: 'DYNAMIC' },
  filterBranch: equals('city', 'Lund'),
};

/** What every `HubSpotPort` promises about segments and who is in them. */
export function hubspotListContract(open: () => Promise<HubSpotGround>): void {
  let ground: HubSpotGround;
  let port: HubSpotPort;
  let listId: string;
  let inside: string;
  let outside: string;
  beforeEach(async () => {
    ground = await open();
    port = ground.port;
    inside = await ground.create({ email: 'a@x.example', city: 'Lund' });
    outside = await ground.create({ email: 'b@x.example', city: 'Malmö' });
    listId = expectValue(await port.createList(newList)).listId;
  });
  const list = async () => expectValue(await port.list(listId));
  const members = async (order: 'id' | 'join') =>
    expectValue(await port.membersWithTimes(listId, { order, after: null })).members;
  const idsOf = (found: ListMember[]) => found.map(({ id }) => id);

  describe('segments', () => {
    it('are processing at first, then complete with those who meet the criteria', async () => {
      expect(await list()).toMatchObject({ processingStatus: 'PROCESSING', version: 1, deletedAt: null });
      await ground.advance(settled);
      expect(await list()).toMatchObject({
        processingStatus: 'COMPLETE',
        size: 1,
        processingType: 'DYNAMIC',
      });
      expect(expectValue(await port.members(listId, null))).toEqual({ ids: [inside], after: null });
      const asked = [outside, '999999999', inside];
      expect(expectValue(await port.memberships(asked))).toEqual([[], [], [listId]]);
    });

    it('let contacts in and out some time after they changed', async () => {
      await ground.advance(settled);
      const [{ at: first } = { at: new Date(0) }] = await members('join');
      await ground.update(outside, { city: 'Lund' });
      await ground.advance(settled);
      expect(idsOf(await members('join'))).toEqual([inside, outside]);
      await ground.update(inside, { city: 'Malmö' });
      await ground.advance(settled);
      expect(idsOf(await members('id'))).toEqual([outside]);
      await ground.update(inside, { city: 'lund' });
      await ground.advance(settled);
      const joined = await members('join');
      expect(idsOf(joined)).toEqual([outside, inside]);
      expect(joined[1]?.at.getTime()).toBeGreaterThan(first.getTime());
      expect(idsOf(await members('id'))).toEqual([inside, outside]);
    });

    it('leave out the archived, and take in the survivor of a merge', async () => {
      await ground.advance(settled);
      await ground.archive(inside);
      await ground.advance(settled);
      expect(idsOf(await members('id'))).toEqual([]);
      await ground.restore(inside);
      await ground.advance(settled);
      const survivor = await ground.merge(inside, outside);
      await ground.advance(settled);
      expect(idsOf(await members('id'))).toEqual([survivor]);
      expect(expectValue(await port.memberships([survivor]))).toEqual([[listId]]);
    });

    it('have a new version when their criteria are edited, and are processed anew', async () => {
      await ground.advance(settled);
      const edited = expectValue(await port.updateListFilters(listId, equals('city', 'Malmö')));
      expect(edited).toMatchObject({ version: 2, processingStatus: 'PROCESSING' });
      await ground.advance(settled);
      expect(await list()).toMatchObject({ version: 2, processingStatus: 'COMPLETE', size: 1 });
      expect(idsOf(await members('id'))).toEqual([outside]);
      const { filterBranch } = expectValue(await port.listWithFilters(listId));
      expect(filterBranch).toMatchObject({ filterBranchType: 'OR' });
    });

    it('are not found once they are deleted, and nobody is in them, until they are restored', async () => {
      await ground.advance(settled);
      expectValue(await port.deleteList(listId));
      expect(await port.list(listId)).toEqual({ ok: false, failure: { kind: 'notFound' } });
      expect(await port.members(listId, null)).toEqual({ ok: false, failure: { kind: 'notFound' } });
      expect(expectValue(await port.memberships([inside]))).toEqual([[]]);
      expectValue(await port.restoreList(listId));
      expect(await list()).toMatchObject({ deletedAt: null, processingStatus: 'PROCESSING' });
      await ground.advance(settled);
      expect(idsOf(await members('id'))).toEqual([inside]);
    });
  });
}
