import { describe, expect, test } from 'vitest';
import { otherExamples, propertyExamples, rootOf } from '../filter/examples.ts';
import type { Filter } from '../filter/model.ts';
import { lint } from './lint.ts';
import { factsOf, hubspot, messages, raised, sizesOf, where, withMapping } from './testing.ts';

const lead = where('lifecyclestage', 'choiceAny', ['lead']);
const path = (group: number, item: number) => ({ group, item });

describe('what keeps from saving', () => {
  test('lint 1: a property or an option is gone', () => {
    const [gone] = raised(1, [[lead, where('shoe_size', 'numberEquals', ['43'])]]);
    expect(gone).toMatchObject({
      level: 'stop',
      message: 'propertyGone',
      path: path(0, 1),
      values: { property: { text: 'shoe_size' } },
      action: { kind: 'remove', path: path(0, 1) },
    });
    const [option] = raised(1, [[where('country', 'choiceAny', ['Germany', 'Yugoslavia'])]]);
    expect(option).toMatchObject({
      message: 'optionGone',
      values: { value: { values: ['Yugoslavia'] } },
      action: { kind: 'replace', filter: { operation: { values: ['Germany'] } } },
    });
    expect(messages(raised(1, [[where('hubspot_owner_id', 'choiceAny', ['99'])]]))).toEqual(['optionGone']);
    const compared = propertyExamples.comparedText as Filter;
    expect(messages(raised(1, [[compared]]))).toEqual(['propertyGone']);
    expect(raised(1, [[lead, where('hubspot_owner_id', 'choiceAny', ['51'])]])).toEqual([]);
  });

  test('lint 2: no value, or a range upside down', () => {
    const [swap] = raised(2, [[where('num_notes', 'numberBetween', ['100', '20'])]]);
    expect(swap).toMatchObject({
      level: 'stop',
      message: 'upsideDown',
      values: { low: { value: 100 }, high: { value: 20 } },
      action: { kind: 'replace', word: 'swap', filter: { operation: { lowerBound: 20, upperBound: 100 } } },
    });
    const [days] = raised(2, [[where('closedate', 'dayBetween', ['2026-12-01', '2026-11-01'])]]);
    expect(days?.action).toMatchObject({
      filter: where('closedate', 'dayBetween', ['2026-11-01', '2026-12-01']),
    });
    expect(messages(raised(2, [[where('city', 'textEquals', [' '])]]))).toEqual(['noValue']);
    expect(raised(2, [[where('num_notes', 'numberBetween', ['20', '100']), lead]])).toEqual([]);
    expect(raised(2, [[where('closedate', 'dayBetween', ['2026-11-01', '2026-12-01'])]])).toEqual([]);
  });

  test('lint 3: a segment built on itself, also through others', () => {
    const inList = [[otherExamples.inList as Filter]];
    const through = {
      references: new Map([
        ['12', ['30']],
        ['30', ['12', '1']],
      ]),
    };
    expect(raised(3, inList, through)).toMatchObject([
      { level: 'stop', message: 'builtOnItself', path: path(0, 0), action: { kind: 'open', listId: '12' } },
    ]);
    expect(messages(raised(3, [[where(null, 'segmentNotIn', ['1'])]]))).toEqual(['itself']);
    expect(
      raised(3, inList, {
        references: new Map([
          ['12', ['30']],
          ['30', ['12']],
        ]),
      }),
    ).toEqual([]);
    expect(raised(3, inList, { ...through, listId: null })).toEqual([]);
  });

  test('lint 4: more than 250 filters', () => {
    const many = Array.from({ length: 253 }, (_, index) => where('city', 'textEquals', [`c${index}`]));
    expect(raised(4, [many])).toMatchObject([{ level: 'stop', values: { count: { value: 3 } } }]);
    expect(raised(4, [many.slice(0, 250)])).toEqual([]);
  });
});

describe('what deserves a warning', () => {
  test.each([
    [where('country', 'choiceAny', ['Germany']), where('country', 'choiceAny', ['France'])],
    [where('country', 'choiceAny', ['Germany']), where('country', 'choiceNone', ['Germany', 'France'])],
    [where('country', 'known'), where('country', 'unknown')],
    [where('interests', 'choiceAll', ['wine', 'tea']), where('interests', 'choiceNone', ['tea'])],
    [where('num_notes', 'numberGreater', ['5']), where('num_notes', 'numberLessOrEqual', ['5'])],
    [where('closedate', 'dayBefore', ['2026-11-01']), where('closedate', 'dayAfter', ['2026-11-01'])],
    [where('city', 'textEquals', ['Berlin']), where('city', 'textStarts', ['Pa'])],
    [where('hs_email_optout', 'yes'), where('hs_email_optout', 'no')],
    [where(null, 'segmentIn', ['12']), where(null, 'segmentNotIn', ['12'])],
  ])('lint 5: two filters exclude each other: %j %j', (a, b) => {
    expect(raised(5, [[a, b]])).toMatchObject([
      { level: 'warn', path: path(0, 1), action: { kind: 'show', paths: [path(0, 0), path(0, 1)] } },
    ]);
    expect(raised(5, [[a], [b]])).toEqual([]);
  });

  test('lint 5: not where somebody could match both', () => {
    const pairs = [
      [where('interests', 'choiceAny', ['wine']), where('interests', 'choiceAny', ['tea'])],
      [where('num_notes', 'numberGreaterOrEqual', ['5']), where('num_notes', 'numberLessOrEqual', ['5'])],
      [where('city', 'textContains', ['a']), where('city', 'textStarts', ['b'])],
      [where('country', 'choiceNone', ['France'], true), where('country', 'unknown')],
    ];
    for (const pair of pairs) expect(raised(5, [pair])).toEqual([]);
  });

  const counted = (change: object) => ({ sizes: sizesOf(rootOf([lead]), change) });

  test('lint 6: nobody matches', () => {
    expect(raised(6, [[lead]], counted({ total: 0 }))).toMatchObject([{ level: 'warn', message: 'nobody' }]);
    expect(raised(6, [[lead]], counted({ total: 1 }))).toEqual([]);
    expect(raised(6, [[lead]])).toEqual([]);
  });

  test('lint 7: everyone matches', () => {
    expect(raised(7, [[lead]], counted({ total: 100 }))).toMatchObject([
      { level: 'warn', message: 'everyone' },
    ]);
    expect(raised(7, [[lead]], counted({ total: 99 }))).toEqual([]);
    expect(raised(7, [[lead]], counted({ total: null }))).toEqual([]);
  });

  test('lint 8: a negative filter lets blanks in', () => {
    const open = [where('country', 'choiceNone', ['France'], true)];
    const sizes = sizesOf(rootOf(open), {}, { blank: 7 });
    expect(raised(8, [open], { sizes })).toMatchObject([
      { values: { count: { value: 7 } }, action: { kind: 'add', group: 0, filter: { property: 'country' } } },
    ]);
    expect(messages(raised(8, [open]))).toEqual(['blanksTooUncounted']);
    expect(raised(8, [open], { sizes: sizesOf(rootOf(open), {}, { blank: 0 }) })).toEqual([]);
    expect(raised(8, [[...open, where('country', 'known')]])).toEqual([]);
    expect(raised(8, [[where('country', 'choiceNone', ['France'])]])).toEqual([]);
  });

  test('lint 9: only Salesforce writes the property', () => {
    for (const rule of ['ALWAYS_SALESFORCE', 'PREFER_SALESFORCE'] as const) {
      expect(raised(9, [[lead]], withMapping('lifecyclestage', { rule, direction: 'BOTH' }))).toMatchObject([
        { level: 'warn', action: { kind: 'mapping', property: 'lifecyclestage', isMapped: true } },
      ]);
    }
    expect(raised(9, [[lead]], withMapping('lifecyclestage', { direction: 'BOTH' }))).toEqual([]);
    const email = where('email', 'known');
    expect(
      raised(9, [[email]], withMapping('email', { rule: 'PREFER_SALESFORCE', direction: 'BOTH' })),
    ).toEqual([]);
  });

  test('lint 10: members without an address', () => {
    const told = (withoutEmail: number | null) => ({ sizes: sizesOf(rootOf([lead]), { withoutEmail }) });
    expect(raised(10, [[lead]], told(4))).toMatchObject([
      {
        values: { count: { value: 4 } },
        action: { kind: 'add', group: null, filter: { property: 'email' } },
      },
    ]);
    expect(raised(10, [[lead]], told(0))).toEqual([]);
    expect(raised(10, [[lead]], told(null))).toEqual([]);
  });

  test('lint 11: in and out, where the past is known', () => {
    const churn = { count: 12, property: 'lifecyclestage' };
    expect(raised(11, [[lead]], { churn })).toMatchObject([{ level: 'warn', action: { kind: 'who' } }]);
    expect(messages(raised(11, [[lead]], { churn: { count: 1, property: null } }))).toEqual([
      'inAndOutSomehow',
    ]);
    expect(raised(11, [[lead]], { churn: { count: 0, property: null } })).toEqual([]);
    expect(raised(11, [[lead]])).toEqual([]);
  });

  test('lint 12: built on a segment that does not follow', () => {
    const told = (kind: 'active' | 'static', state: 'ready' | 'processing' | 'failed' | 'deleted') =>
      messages(
        raised(12, [[otherExamples.inList as Filter]], {
          segments: new Map([['12', { listId: '12', kind, state }]]),
        }),
      );
    expect(told('static', 'ready')).toEqual(['segmentStatic']);
    expect(told('active', 'processing')).toEqual(['segmentProcessing']);
    expect(told('active', 'failed')).toEqual(['segmentFailed']);
    expect(told('active', 'deleted')).toEqual(['segmentDeleted']);
    expect(told('active', 'ready')).toEqual([]);
    expect(messages(raised(12, [[where(null, 'segmentIn', ['404'])]]))).toEqual(['segmentDeleted']);
  });

  test('lint 13: saving would trip the circuit breaker', () => {
    const breaker = { percent: 34 };
    expect(raised(13, [[lead]], { breaker, isInclusion: true })).toMatchObject([{ level: 'warn' }]);
    expect(raised(13, [[lead]], { breaker })).toEqual([]);
  });

  test('lint 14: spaces at an end, or almost the spelling in use', () => {
    const [spaced] = raised(14, [[where('city', 'textEquals', ['Berlin ', 'Paris'])]]);
    expect(spaced).toMatchObject({
      message: 'spaceAtEnd',
      action: { word: 'correct', filter: { operation: { values: ['Berlin', 'Paris'] } } },
    });
    expect(messages(raised(14, [[where('city', 'textStarts', [' Ber'])]]))).toEqual(['spaceAtStart']);
    const munich = [where('city', 'textEquals', ['Munchen'])];
    const values = [{ value: 'Munchen', count: 0, similar: 'München' }];
    const sizes = sizesOf(rootOf(munich), {}, { values });
    expect(raised(14, [munich], { sizes })).toMatchObject([
      { message: 'didYouMean', action: { filter: { operation: { values: ['München'] } } } },
    ]);
    expect(messages(raised(14, [[where('country', 'choiceAny', ['germany'])]]))).toEqual(['didYouMean']);
    expect(raised(14, [[where('city', 'textEquals', ['Berlin']), lead]])).toEqual([]);
  });
});

test('the gravest come first, then from top to bottom', () => {
  const filters = [where('closedate', 'agoLess', ['5']), where('nothing', 'known')];
  const found = lint(rootOf([lead, lead], filters), factsOf());
  expect(found.map(({ level, path }) => [level, path.group, path.item])).toEqual([
    ['stop', 1, 1],
    ['note', 0, 1],
    ['note', 1, 0],
    ['note', 1, 0],
  ]);
});

test('filters that are no OR of ANDs are left alone', () => {
  expect(lint({ filterBranchType: 'AND', filters: [hubspot('nothing', {})] }, factsOf())).toEqual([]);
});

test('a finding keeps its key while the filter stays as it is', () => {
  const keys = (...groups: Filter[][]) => raised(1, groups).map(({ key }) => key);
  const gone = where('nothing', 'known');
  expect(keys([lead, gone])).toEqual(keys([gone]));
  expect(keys([gone])).not.toEqual(keys([where('nothing', 'unknown')]));
});
