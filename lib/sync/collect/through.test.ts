import { describe, expect, it } from 'vitest';
import type { PropertyHistory } from '#lib/crm/ports.ts';
import { equals } from '../testing/memory/hubspot-lists.ts';
import { pollSegment } from './poll-segment.ts';
import { minute, testCollecting } from './testing-world.ts';
import { crossing, readCriteria } from './through.ts';

const test = testCollecting();
const clock = { now: new Date('2026-03-10T12:00:00Z'), timeZone: 'UTC' };

/** Groups of OR; in each, properties that must have one of some values. */
function criteriaOf(...groups: Record<string, string[]>[]) {
  const filterBranches = groups.map((group) => ({
    ...{ filterBranchType: 'AND', filterBranches: [] },
    filters: Object.entries(group).map(([property, values]) => ({
      ...{ filterType: 'PROPERTY', property },
      operation: {
        ...{ operationType: 'MULTISTRING', operator: 'IS_EQUAL_TO', includeObjectsWithNoValueSet: false },
        values,
      },
    })),
  }));
  const criteria = readCriteria({ filterBranchType: 'OR', filters: [], filterBranches }, clock);
  if (!criteria) throw new Error('These are no criteria.');
  return criteria;
}

/** Values of a property, newest first, with the day of March on which each came. */
const held = (...values: [string | null, number][]) =>
  values.map(([value, day]) => ({ value, at: new Date(Date.UTC(2026, 2, day)), source: 'CRM_UI' }));

function through(
  criteria: ReturnType<typeof criteriaOf>,
  history: PropertyHistory,
  way: 'in' | 'out',
): unknown {
  return crossing(criteria, Object.keys(history), history, way);
}

describe('7: through which criterion and value somebody came in or went out', () => {
  const lundOrBoss = criteriaOf({ city: ['Lund'], country: ['SE'] }, { jobtitle: ['CEO'] });

  it('7: is the one that turned last, of a group that is met', () => {
    const history = {
      city: held(['Lund', 9], ['Oslo', 1]),
      country: held(['SE', 5], ['NO', 1]),
      jobtitle: held(['CTO', 10]),
    };
    expect(through(lundOrBoss, history, 'in')).toEqual({ property: 'city', value: 'Lund', group: 0 });
  });

  it('7: is what no longer holds, rather than what never did', () => {
    const history = {
      city: held(['Oslo', 8], ['Lund', 1]),
      country: held(['SE', 1]),
      jobtitle: held(['CTO', 9], ['CFO', 2]),
    };
    expect(through(lundOrBoss, history, 'out')).toEqual({ property: 'city', value: 'Oslo', group: 0 });
  });

  it('7: a value that was emptied counts as the value that it has now: none', () => {
    const history = { city: held([null, 8], ['Lund', 1]), country: held(['SE', 1]), jobtitle: [] };
    expect(through(lundOrBoss, history, 'out')).toEqual({ property: 'city', value: null, group: 0 });
  });

  it('7: is the one that changed last where none has turned', () => {
    const edited = criteriaOf({ city: ['Lund', 'Oslo'], country: ['SE'] });
    const history = { city: held(['Oslo', 3]), country: held(['SE', 2]) };
    const was = { city: held(['Oslo', 3], ['Lund', 1]), country: held(['SE', 2], ['SE', 1]) };
    expect(through(edited, was, 'in')).toEqual({ property: 'city', value: 'Oslo', group: 0 });
    expect(through(edited, history, 'in')).toEqual({ property: 'city', value: 'Oslo', group: 0 });
  });

  it('7: is not told where nothing of it can be read', () => {
    expect(readCriteria({ filterBranchType: 'UNIFIED_EVENTS', filters: [] }, clock)).toBeNull();
    expect(through(lundOrBoss, { city: [], country: [], jobtitle: [] }, 'in')).toBeNull();
  });
});

describe('7: kept with each stay', () => {
  async function poll(): Promise<void> {
    test.world.advance(2 * minute);
    expect(await pollSegment(test.deps)).toMatchObject({ ok: true });
  }
  const stays = (contactId: string) =>
    test.world.db.stays
      .where((stay) => stay.contactId === contactId)
      .map(({ isBaseline, through, leftThrough }) => ({ isBaseline, through, leftThrough }));

  it('7: of joiners and leavers, not of the baseline; whoever cannot be read is followed all the same', async () => {
    const [listId = ''] = test.world.listIds;
    const there = test.contact();
    const comes = test.contact({ city: 'Oslo' });
    test.world.db.changeSetting('inclusionListId', listId);
    await poll();
    test.world.account.update(comes, { city: 'Lund' });
    await poll();
    expect(stays(there)).toEqual([{ isBaseline: true, through: null, leftThrough: null }]);
    const cameIn = { property: 'city', value: 'Lund', group: 0 };
    expect(stays(comes)).toEqual([{ isBaseline: false, through: cameIn, leftThrough: null }]);
    test.world.account.update(there, { city: 'Malmö' });
    await poll();
    expect(stays(there)).toMatchObject([{ leftThrough: { property: 'city', value: 'Malmö', group: 0 } }]);
    test.world.faults.add({ crm: 'hubspot', kind: 'unavailable', method: 'readHistory' });
    test.world.account.update(comes, { city: null });
    await poll();
    expect(stays(comes)).toEqual([{ isBaseline: false, through: cameIn, leftThrough: null }]);
    expect(test.world.db.stays.where(({ until }) => until === null)).toEqual([]);
  });

  it('7: of whom an edit of the criteria brings in, the value that meets them', async () => {
    const [listId = ''] = test.world.listIds;
    const comes = test.contact({ city: 'Oslo' });
    test.world.db.changeSetting('inclusionListId', listId);
    await poll();
    const list = test.world.account.lists.get(listId);
    if (list) test.world.account.lists.edit(list, equals('city', 'Lund', 'Oslo'));
    await poll();
    expect(stays(comes)).toMatchObject([{ through: { property: 'city', value: 'Oslo' } }]);
  });
});
