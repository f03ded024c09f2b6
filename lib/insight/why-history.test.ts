import { describe, expect, it } from 'vitest';
import { foldHistory, isConflictShown } from './why-history.ts';
import type { HistoryEntry, WhyConflict } from './why-schemas.ts';

const now = new Date('2026-11-22T12:00:00.000Z');
const conflict: WhyConflict = {
  ...{ id: 'c', at: '2026-11-20T12:00:00.000Z', label: 'Job title', property: 'jobtitle', field: 'Title' },
  ...{ hubspotValue: 'a', salesforceValue: 'b', isHidden: false, hubspotAt: null, salesforceAt: null },
  ...{ winner: 'hubspot', isDismissed: false },
};

describe('a conflict', () => {
  it('stands above Why for 7 days, then in the history', () => {
    expect(isConflictShown(conflict, now)).toBe(true);
    expect(isConflictShown({ ...conflict, at: '2026-11-15T12:00:01.000Z' }, now)).toBe(true);
    expect(isConflictShown({ ...conflict, at: '2026-11-15T12:00:00.000Z' }, now)).toBe(false);
  });

  it('that was put away is history', () => {
    expect(isConflictShown({ ...conflict, isDismissed: true }, now)).toBe(false);
  });
});

const nothing = { outcome: null, run: null, about: null, criterion: null, conflict: null, more: null };

function skip(id: string, at: string, reason: string): HistoryEntry {
  const outcome = {
    ...{ reason, category: null, code: null, message: null, changes: [], trigger: 'changed' },
    ...{ warnings: [], object: null },
  };
  return { ...nothing, id, at, tag: 'SKIPPED', outcome };
}

describe('the history', () => {
  it('is newest first, and folds equal skips in a row', () => {
    const folded = foldHistory([
      skip('1', '2026-11-01T00:00:00.000Z', 'not_in_segment'),
      { ...nothing, id: 'joined', at: '2026-11-03T00:00:00.000Z', tag: 'JOINED' },
      skip('2', '2026-11-02T00:00:00.000Z', 'not_in_segment'),
      skip('3', '2026-11-04T00:00:00.000Z', 'no_email'),
    ]);
    expect(folded.map(({ id, more }) => [id, more])).toEqual([
      ['3', null],
      ['joined', null],
      ['2', { count: 1, since: '2026-11-01T00:00:00.000Z' }],
    ]);
  });
});
