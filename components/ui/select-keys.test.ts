import { expect, test } from 'vitest';
import { nextByKey } from './select-keys.ts';

const options = [
  { id: 'lead', label: 'Lead' },
  { id: 'contact', label: 'Contact' },
  { id: 'company', label: 'Company', isDisabled: true },
  { id: 'campaign', label: 'Campaign' },
];

test('Left and Right choose the neighbour and stop at the ends', () => {
  expect(nextByKey('ArrowRight', options, 'lead')).toBe('contact');
  expect(nextByKey('ArrowRight', options, 'contact')).toBe('campaign');
  expect(nextByKey('ArrowRight', options, 'campaign')).toBe('campaign');
  expect(nextByKey('ArrowLeft', options, 'lead')).toBe('lead');
  expect(nextByKey('ArrowRight', options, null)).toBe('lead');
});

test('a letter chooses the next option that begins with it, around the end', () => {
  expect(nextByKey('C', options, 'lead')).toBe('contact');
  expect(nextByKey('c', options, 'contact')).toBe('campaign');
  expect(nextByKey('c', options, 'campaign')).toBe('contact');
  expect(nextByKey('x', options, 'lead')).toBeNull();
});

test('other keys choose nothing', () => {
  expect(['Enter', ' ', 'ArrowDown', 'Tab', '.'].map((key) => nextByKey(key, options, 'lead'))).toEqual(
    Array(5).fill(null),
  );
});
