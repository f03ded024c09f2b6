import { describe, expect, test } from 'vitest';
import { branchExamples, otherExamples, propertyExamples, rootOf } from '../filter/examples.ts';
import type { Filter, FilterBranch } from '../filter/model.ts';
import { lint } from './lint.ts';
import { factsOf, messages, raised, sizesOf, where, withMapping } from './testing.ts';

const lead = where('lifecyclestage', 'choiceAny', ['lead']);
const path = (group: number, item: number | null) => ({ group, item });

describe('what is worth knowing', () => {
  test.each([
    [where('country', 'known'), where('country', 'choiceAny', ['Germany'])],
    [where('country', 'choiceAny', ['Germany', 'France']), where('country', 'choiceAny', ['France'])],
    [where('country', 'choiceNone', ['France']), where('country', 'choiceAny', ['Germany'])],
    [where('num_notes', 'numberGreater', ['5']), where('num_notes', 'numberBetween', ['6', '9'])],
    [where('closedate', 'dayAfter', ['2026-01-01']), where('closedate', 'dayIs', ['2026-05-05'])],
    [where('city', 'textContains', ['er']), where('city', 'textEquals', ['Berlin', 'Bern'])],
    [where('interests', 'choiceAny', ['wine', 'tea']), where('interests', 'choiceAll', ['tea'])],
  ])('lint 15: a filter is implied by another: %j %j', (wide, narrow) => {
    for (const [group, at] of [[[wide, narrow], 0] as const, [[narrow, wide], 1] as const]) {
      expect(raised(15, [[...group]])).toMatchObject([
        { level: 'note', path: path(0, at), action: { kind: 'remove', path: path(0, at) } },
      ]);
    }
  });

  test('lint 15: not where it still changes something', () => {
    const pairs = [
      [where('country', 'choiceNone', ['France'], true), where('country', 'choiceNone', ['Austria'])],
      [where('num_notes', 'numberGreater', ['5']), where('num_notes', 'numberBetween', ['5', '9'])],
      [where('interests', 'choiceAll', ['wine', 'tea']), where('interests', 'choiceAll', ['tea', 'cheese'])],
      [where('city', 'textContains', ['er']), where('city', 'textEquals', ['Berlin', 'Paris'])],
      [where('country', 'known'), where('city', 'textEquals', ['Berlin'])],
    ];
    for (const pair of pairs) expect(raised(15, [pair])).toEqual([]);
  });

  test('lint 16: a group is contained in another', () => {
    const narrow = [lead, where('country', 'choiceAny', ['Germany'])];
    expect(raised(16, [[lead], narrow])).toMatchObject([
      { path: path(1, null), values: { group: { value: 2 }, other: { value: 1 } } },
    ]);
    expect(raised(16, [narrow, [lead]])).toMatchObject([{ path: path(0, null) }]);
    expect(raised(16, [narrow, narrow])).toMatchObject([{ path: path(1, null) }]);
    expect(raised(16, [narrow, [where('country', 'choiceAny', ['France'])]])).toEqual([]);
    expect(raised(16, [[lead], []])).toEqual([]);
  });

  test('lint 17: the same filter twice', () => {
    const again = where('country', 'choiceAny', ['France', 'Germany']);
    const same = where('country', 'choiceAny', ['Germany', 'France']);
    expect(raised(17, [[again, lead, same]])).toMatchObject([{ level: 'note', path: path(0, 2) }]);
    const form = otherExamples.form as Filter;
    expect(raised(17, [[form, { ...form }]])).toHaveLength(1);
    expect(raised(17, [[again], [same]])).toEqual([]);
    expect(raised(17, [[again, where('country', 'choiceNone', ['France', 'Germany'])]])).toEqual([]);
  });

  test('lint 18: a value that nobody has', () => {
    const cities = [where('city', 'textEquals', ['Berlin', 'Atlantis'])];
    const values = (count: number) => [
      { value: 'Berlin', count: 5, similar: null },
      { value: 'Atlantis', count, similar: null },
    ];
    const told = (count: number) => ({ sizes: sizesOf(rootOf(cities), {}, { values: values(count) }) });
    expect(raised(18, [cities], told(0))).toMatchObject([{ values: { value: { values: ['Atlantis'] } } }]);
    expect(raised(18, [cities], told(1))).toEqual([]);
    expect(raised(18, [cities])).toEqual([]);
    const countries = [where('country', 'choiceAny', ['Austria', 'Yugoslavia'])];
    const nobody = ['Austria', 'Yugoslavia'].map((value) => ({ value, count: 0, similar: null }));
    const sizes = sizesOf(rootOf(countries), {}, { values: nobody });
    expect(raised(18, [countries], { sizes })).toMatchObject([
      { values: { value: { property: 'country', values: ['Austria'] } } },
    ]);
  });

  test('lint 19: contacts leave by time alone', () => {
    const recent = [lead, where('createdate', 'agoLess', ['90'])];
    const told = (leavingSoon: number | null) => ({ sizes: sizesOf(rootOf(recent), { leavingSoon }) });
    expect(raised(19, [recent], told(8))).toMatchObject([
      { path: path(0, 1), values: { count: { value: 8 } }, action: { kind: 'who' } },
    ]);
    expect(messages(raised(19, [recent], told(null)))).toEqual(['leavesByTimeUncounted']);
    expect(raised(19, [recent], told(0))).toEqual([]);
    expect(raised(19, [[where('createdate', 'dayAfter', ['2026-01-01'])]])).toEqual([]);
  });

  test('lint 20: nobody leaves through what has been', () => {
    const ever = where('lifecyclestage', 'choiceEver', ['lead']);
    expect(raised(20, [[ever]])).toMatchObject([{ level: 'note', path: path(0, 0) }]);
    expect(raised(20, [[ever, where('country', 'known')]])).toEqual([]);
    expect(raised(20, [[lead]])).toEqual([]);
  });

  test('lint 21: the property is not mapped', () => {
    const other = withMapping('city', {});
    expect(raised(21, [[lead]], other)).toMatchObject([
      { action: { kind: 'mapping', property: 'lifecyclestage', isMapped: false } },
    ]);
    const off = withMapping('lifecyclestage', { rule: 'DONT_SYNC' });
    expect(raised(21, [[lead]], off)).toMatchObject([{ action: { isMapped: true } }]);
    expect(raised(21, [[lead]], withMapping('lifecyclestage', {}))).toEqual([]);
    expect(raised(21, [[where(null, 'segmentIn', ['12'])]], other)).toEqual([]);
    expect(raised(21, [[lead]], { mappings: [] })).toEqual([]);
  });

  test('lint 22: the property syncs both ways', () => {
    const both = withMapping('lifecyclestage', { direction: 'BOTH' });
    expect(raised(22, [[lead], [lead]], both)).toMatchObject([{ level: 'note', path: path(0, 0) }]);
    expect(raised(22, [[lead]], withMapping('lifecyclestage', {}))).toEqual([]);
    const owner = where('hubspot_owner_id', 'known');
    const preferred = { rule: 'PREFER_SALESFORCE', direction: 'BOTH' } as const;
    expect(raised(22, [[owner]], withMapping('hubspot_owner_id', preferred))).toHaveLength(1);
  });

  test('lint 23: only HubSpot can evaluate it', () => {
    expect(raised(23, [[lead, otherExamples.form as Filter]])).toMatchObject([{ path: path(0, 1) }]);
    expect(raised(23, [[propertyExamples.updated as Filter]])).toHaveLength(1);
    expect(raised(23, [[lead]])).toEqual([]);
  });

  test('lint 24: days follow the zone of the account', () => {
    const quarter = propertyExamples.calendar as Filter;
    expect(raised(24, [[lead, quarter]])).toMatchObject([
      { path: path(0, 1), values: { zone: { text: 'Europe/Berlin' } } },
    ]);
    expect(raised(24, [[where('createdate', 'dayIs', ['2026-11-12'])]])).toEqual([]);
  });

  test('lint 25: contacts without a company', () => {
    const found = (branch: FilterBranch, withoutObject?: { company: number }) => {
      const nested = rootOf([lead]);
      const group = nested.filterBranches?.[0] as FilterBranch;
      group.filterBranches = [branch];
      const facts = factsOf(withoutObject ? { withoutObject } : {});
      return lint(nested, facts).filter(({ id }) => id === 25);
    };
    const company = branchExamples.company as FilterBranch;
    expect(found(company, { company: 9 })).toMatchObject([
      { path: path(0, 1), values: { object: { object: 'company' }, count: { value: 9 } } },
    ]);
    expect(messages(found(company))).toEqual(['withoutObjectUncounted']);
    expect(found(company, { company: 0 })).toEqual([]);
    expect(found({ ...company, operator: 'NOT_IN_LIST' })).toEqual([]);
    expect(found(branchExamples.event as FilterBranch)).toEqual([]);
  });
});
