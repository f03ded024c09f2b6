import { expect, test } from 'vitest';
import { bestMatch, isWithin } from './paths.ts';

test('a page lies within itself and within the pages above it', () => {
  expect(isWithin('/segments', '/segments')).toBe(true);
  expect(isWithin('/segments/42', '/segments')).toBe(true);
  expect(isWithin('/segments-old', '/segments')).toBe(false);
});

test('the longest address that fits is the current one', () => {
  expect(bestMatch('/settings/apps/a/contacts', ['/settings', '/settings/apps'])).toBe('/settings/apps');
  expect(bestMatch('/elsewhere', ['/settings'])).toBeUndefined();
});
