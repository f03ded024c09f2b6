import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Person } from '../evaluate/evaluate.ts';
import { otherExamples, rootOf } from '../filter/examples.ts';
import type { Filter, FilterBranch } from '../filter/model.ts';
import { where } from '../lint/testing.ts';
import { createCounter, sizesOf } from './count.ts';
import type { Sizes } from './schemas.ts';
import { naiveSizes } from './testing.ts';

const clock = { now: new Date('2026-11-22T10:00:00Z'), timeZone: 'Europe/Berlin' };

function count(branch: FilterBranch, people: readonly Person[]): Sizes {
  const counter = createCounter(branch, clock);
  if (!counter) throw new Error('These filters cannot be counted.');
  for (const person of people) counter.add(person);
  return sizesOf(counter, people.length);
}

const stages = ['lead', 'customer', 'opportunity'];
const countries = ['Germany', 'France'];
const person = fc
  .record({
    lifecyclestage: fc.constantFrom(...stages, null),
    country: fc.constantFrom(...countries, null),
    num_notes: fc.constantFrom('1', '5', '9', null),
    email: fc.constantFrom('a@example.com', null),
    lists: fc.subarray(['12', '13']),
  })
  .map(({ lists, ...values }): Person => ({ values, lists: new Set(lists) }));
const filter = fc.oneof(
  fc.subarray(stages, { minLength: 1 }).map((values) => where('lifecyclestage', 'choiceAny', values)),
  fc.subarray(countries, { minLength: 1 }).map((values) => where('country', 'choiceNone', values, true)),
  fc.constantFrom('1', '5').map((value) => where('num_notes', 'numberGreater', [value])),
  fc.constantFrom('12', '13').map((id) => where(null, 'segmentIn', [id])),
);

test('one pass tells the same as asking anew for each number', () => {
  const seed = Date.now() % 2 ** 31;
  console.log(`sizes: seed ${seed}`);
  const groups = fc.array(fc.array(filter, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(groups, fc.array(person, { maxLength: 30 }), (filters, people) => {
      expect(count(rootOf(...filters), people)).toMatchObject(naiveSizes(filters, people, clock));
    }),
    { numRuns: 400, seed },
  );
});

const of = (values: Record<string, string | null>, ...lists: string[]): Person => ({
  values: { email: 'a@example.com', ...values },
  lists: new Set(lists),
});
const lead = where('lifecyclestage', 'choiceAny', ['lead']);
const germany = where('country', 'choiceAny', ['Germany']);

test('whom segments leave out is told apart and misses no filter', () => {
  const out = where(null, 'segmentNotIn', ['12']);
  const people = [
    of({ lifecyclestage: 'lead', country: 'Germany' }, '12'),
    of({ lifecyclestage: 'lead', country: 'Germany' }),
    of({ lifecyclestage: 'lead', country: 'France' }),
    of({ lifecyclestage: 'lead', country: 'France' }, '12'),
  ];
  const sizes = count(rootOf([lead, germany, out]), people);
  expect(sizes).toMatchObject({ total: 1, leftOut: 1, misses: 1 });
  expect(sizes.groups[0]?.filters.map(({ missOnly }) => missOnly)).toEqual([0, 1, 0]);
});

test('with one filter in the group nobody misses only this', () => {
  const sizes = count(rootOf([lead]), [of({ lifecyclestage: 'customer' })]);
  expect(sizes).toMatchObject({ misses: 0, groups: [{ filters: [{ match: 0, missOnly: 0 }] }] });
});

test('what only HubSpot can evaluate leaves open exactly the numbers that hang on it', () => {
  const people = [
    of({ lifecyclestage: 'lead', country: 'France' }),
    of({ lifecyclestage: 'customer', country: null }),
  ];
  const sizes = count(rootOf([lead, otherExamples.form as Filter], [germany]), people);
  expect(sizes).toMatchObject({
    total: null,
    misses: null,
    groups: [
      {
        size: null,
        isOnlyHubSpot: true,
        filters: [
          { match: 1, isOnlyHubSpot: false },
          { match: null, isOnlyHubSpot: true },
        ],
      },
      { size: 0, isOnlyHubSpot: false },
    ],
  });
  // Nobody is left open where the other filter decides.
  expect(count(rootOf([lead, otherExamples.form as Filter]), people.slice(1)).total).toBe(0);
});

test('blanks that a negative filter lets in', () => {
  const open = where('country', 'choiceNone', ['France'], true);
  const people = [
    of({ lifecyclestage: 'lead', country: null }),
    of({ lifecyclestage: 'customer', country: null }),
    of({ lifecyclestage: 'lead', country: 'Germany' }),
  ];
  const [group] = count(rootOf([lead, open]), people).groups;
  expect(group?.filters.map(({ blank }) => blank)).toEqual([null, 1]);
});

test('each value is counted, and a spelling in use is found for one that nobody has', () => {
  const cities = where('city', 'textEquals', ['berlin', 'Munchen', 'Atlantis']);
  const people = [
    of({ city: 'Berlin' }),
    of({ city: 'München' }),
    of({ city: 'Atlanta' }),
    of({ city: null }),
  ];
  expect(count(rootOf([cities]), people).groups[0]?.filters[0]?.values).toEqual([
    { value: 'berlin', count: 1, similar: null },
    { value: 'Munchen', count: 0, similar: 'München' },
    { value: 'Atlantis', count: 0, similar: null },
  ]);
});

test('who leaves by time alone within seven days', () => {
  const recent = where('createdate', 'agoLess', ['90']);
  const people = [
    of({ createdate: '2026-08-26T10:00:00Z' }),
    of({ createdate: '2026-11-01T10:00:00Z' }),
    of({ createdate: '2026-01-01T10:00:00Z' }),
  ];
  expect(count(rootOf([recent]), people)).toMatchObject({ total: 2, leavingSoon: 1 });
});

test('a count can be kept and gone on with', () => {
  const branch = rootOf([lead, germany]);
  const people = [
    of({ lifecyclestage: 'lead', country: 'Germany' }),
    of({ lifecyclestage: 'lead', country: 'France' }),
  ];
  const first = createCounter(branch, clock);
  first?.add(people[0] as Person);
  const kept = JSON.parse(JSON.stringify(first?.state));
  const second = createCounter(branch, clock, kept);
  second?.add(people[1] as Person);
  expect(second && sizesOf(second, 2)).toEqual(count(branch, people));
  // A state of other filters begins anew.
  expect(createCounter(rootOf([lead]), clock, kept)?.state.total.yes).toBe(0);
});
