import { expect, test } from 'vitest';
import { diffFilters } from './diff.ts';
import { branchExamples, propertyExamples, rootOf } from './examples.ts';
import type { Filter, FilterBranch } from './model.ts';

const { known, text, choice } = propertyExamples as Record<'known' | 'text' | 'choice', Filter>;

test('filters that came and went, whatever group they are in', () => {
  const diff = diffFilters(rootOf([known, text], [choice]), rootOf([choice, known]));
  expect(diff).toEqual({ added: [], removed: [{ json: text, isBranch: false }], isSame: false });
});

test('a changed filter is one that went and one that came', () => {
  const other = { ...text, property: 'zip' };
  expect(diffFilters(rootOf([text]), rootOf([other]))).toMatchObject({
    added: [{ json: other }],
    removed: [{ json: text }],
  });
});

test('a filter that is there twice came once', () => {
  expect(diffFilters(rootOf([text]), rootOf([text, text])).added).toHaveLength(1);
});

test('the order of keys means nothing, that of groups does', () => {
  const turned = Object.fromEntries(Object.entries(text).toReversed()) as Filter;
  expect(diffFilters(rootOf([text]), rootOf([turned]))).toEqual({ added: [], removed: [], isSame: true });
  expect(diffFilters(rootOf([text], [known]), rootOf([known], [text]))).toEqual({
    added: [],
    removed: [],
    isSame: false,
  });
});

test('a nested branch counts as one', () => {
  const nested = rootOf([text]);
  const group = nested.filterBranches?.[0] as FilterBranch;
  group.filterBranches = [branchExamples.company as FilterBranch];
  expect(diffFilters(rootOf([text]), nested).added).toEqual([
    { json: branchExamples.company, isBranch: true },
  ]);
});
