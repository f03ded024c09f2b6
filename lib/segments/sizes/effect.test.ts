import { describe, expect, test } from 'vitest';
import { otherExamples, rootOf } from '../filter/examples.ts';
import type { Filter } from '../filter/model.ts';
import { where } from '../lint/testing.ts';
import { breakerPercent, compileMove, effectSearches } from './effect.ts';

const clock = { now: new Date('2026-11-22T10:00:00Z'), timeZone: 'Europe/Berlin' };
const known = (name: string) => ({
  type: name === 'city' ? ('text' as const) : ('choice' as const),
  isPhone: false,
});
const lead = where('lifecyclestage', 'choiceAny', ['lead']);
const customer = where('lifecyclestage', 'choiceAny', ['customer']);
const berlin = where('city', 'textEquals', ['Berlin']);

describe('who starts and who stops', () => {
  const move = compileMove(rootOf([lead]), rootOf([customer], [berlin]), clock);
  const person = (lifecyclestage: string, city: string | null = null) =>
    move({ values: { lifecyclestage, city }, lists: null });

  test.each([
    ['lead', null, 'stop'],
    ['customer', null, 'start'],
    ['lead', 'Berlin', null],
    ['other', null, null],
  ] as const)('%s in %s: %s', (stage, city, expected) => expect(person(stage, city)).toBe(expected));

  test('what only HubSpot knows leaves it open', () => {
    const form = compileMove(rootOf([lead]), rootOf([otherExamples.form as Filter]), clock);
    expect(form({ values: { lifecyclestage: 'lead' }, lists: null })).toBe('unknown');
  });
});

test('the intersection is said group by group', () => {
  const said = effectSearches(rootOf([lead]), rootOf([customer], [lead, berlin]), known, clock);
  expect(said?.both).toHaveLength(2);
  expect(said?.both[1]).toHaveLength(2);
  expect(
    effectSearches(rootOf([lead]), rootOf([where('city', 'textContains', ['x'])]), known, clock),
  ).toBeNull();
  const three = [[lead], [customer], [berlin]];
  expect(effectSearches(rootOf(...three), rootOf(...three), known, clock)).toBeNull();
});

test.each([
  [101, 100, 20, null],
  [101, 400, 20, 25],
  [100, 400, 20, null],
  [250, 2_000, 20, null],
  [401, 2_000, 20, 20],
  [300, 2_000, 10, 15],
])('%i stop of %i linked at %i %%: %s', (stop, linked, share, expected) => {
  expect(breakerPercent(stop, linked, share)).toBe(expected);
});
