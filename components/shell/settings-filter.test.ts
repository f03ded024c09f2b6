import { expect, test } from 'vitest';
import { filterSections } from './settings-filter.ts';

const sections = [
  {
    id: 'a',
    title: 'Account',
    items: [
      { label: 'Général', href: '/g' },
      { label: 'Audit', href: '/a' },
    ],
  },
  {
    id: 'b',
    title: 'Apps',
    items: [
      {
        label: 'Integrations',
        items: [
          { label: 'Connected', href: '/c' },
          { label: 'Keys', href: '/k' },
        ],
      },
    ],
  },
];

test('nothing typed keeps everything', () => {
  expect(filterSections(sections, '  ')).toBe(sections);
});

test('accents and case do not matter, and the section name stays', () => {
  expect(filterSections(sections, 'GENERAL')).toEqual([
    { id: 'a', title: 'Account', items: [{ label: 'Général', href: '/g' }] },
  ]);
});

test('a match inside a group keeps the group with that item alone', () => {
  expect(filterSections(sections, 'key')[0]?.items).toEqual([
    { label: 'Integrations', items: [{ label: 'Keys', href: '/k' }] },
  ]);
});

test('a match of the group itself keeps all of it', () => {
  expect(filterSections(sections, 'integ')[0]?.items[0]?.items).toHaveLength(2);
});

test('no match leaves nothing', () => {
  expect(filterSections(sections, 'xyz')).toEqual([]);
});
