import { expect, test } from 'vitest';
import { pageWindow } from './page-window.ts';

const shown = (current: number, count: number) =>
  pageWindow(current, count)
    .map((entry) => entry.page ?? '…')
    .join(' ');

test('a short list shows every page', () => {
  expect(shown(1, 1)).toBe('1');
  expect(shown(3, 5)).toBe('1 2 3 4 5');
});

test('an empty list still has its first page', () => {
  expect(shown(1, 0)).toBe('1');
});

test('a long list shows the ends and the neighbours of the current page', () => {
  expect(shown(1, 13)).toBe('1 2 … 13');
  expect(shown(7, 13)).toBe('1 … 6 7 8 … 13');
  expect(shown(13, 13)).toBe('1 … 12 13');
});

test('a gap of one page is filled by that page', () => {
  expect(shown(4, 13)).toBe('1 2 3 4 5 … 13');
  expect(shown(10, 13)).toBe('1 … 9 10 11 12 13');
});
