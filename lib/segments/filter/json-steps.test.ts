import { describe, expect, test } from 'vitest';
import { evaluateFilter } from '../evaluate/evaluate.ts';
import { type Condition, readCondition, writeCondition } from './condition.ts';
import { type EditorModel, fromEditor, toEditor } from './editor-model.ts';
import { otherExamples, propertyExamples, rootOf } from './examples.ts';
import { addJson, lettingIn, replaceJson } from './json-steps.ts';
import type { Filter } from './model.ts';

const clock = { now: new Date('2026-11-22T10:00:00Z'), timeZone: 'Europe/Berlin' };
const choice = propertyExamples.choice as Filter;
const known = propertyExamples.known as Filter;

function open(...groups: Filter[][]): { model: EditorModel; newId: () => string } {
  let last = 0;
  const newId = () => String(++last);
  const model = toEditor(rootOf(...groups), newId);
  if (!model) throw new Error('This can be edited.');
  return { model, newId };
}

test('JSON replaces one filter and leaves the others as they are', () => {
  const { model } = open([choice, otherExamples.future as Filter], [choice]);
  const itemId = model.groups[0]?.items[0]?.id ?? '';
  expect(fromEditor(replaceJson(model, itemId, known))).toEqual(
    rootOf([known, otherExamples.future as Filter], [choice]),
  );
});

test('JSON is added to one group, or to every group that has a filter', () => {
  const { model, newId } = open([choice], [], [choice]);
  const first = model.groups[0]?.id ?? '';
  expect(fromEditor(addJson(model, first, known, newId))).toEqual(rootOf([choice, known], [], [choice]));
  expect(fromEditor(addJson(model, null, known, newId))).toEqual(
    rootOf([choice, known], [], [choice, known]),
  );
});

describe('a filter that lets a value in', () => {
  const cases: [Condition['operator'], string[], string | null][] = [
    ['choiceAny', ['a'], 'b'],
    ['choiceAny', ['a'], 'b;c'],
    ['choiceAny', ['a'], null],
    ['choiceNone', ['a', 'b'], 'b'],
    ['choiceNone', ['a'], null],
    ['textEquals', ['Berlin'], 'Rome'],
    ['textContains', ['er'], 'Rome'],
    ['textNotEquals', ['berlin', 'Rome'], 'Berlin'],
  ];
  test.each(cases)('%s %j lets in %s', (operator, values, value) => {
    const condition: Condition = { property: 'p', operator, values, includeBlank: false };
    const passes = (given: Condition) => {
      const person = { values: { p: value }, lists: null };
      return evaluateFilter(writeCondition(given, clock.timeZone), person, clock);
    };
    const changed = lettingIn(condition, value);
    expect(passes(condition)).toBe('no');
    expect(changed && passes(changed)).toBe('yes');
    expect(changed && readCondition(writeCondition(changed, clock.timeZone))).toEqual(changed);
  });

  test('is not offered where one value more or less is not enough', () => {
    const of = (operator: Condition['operator'], values: string[], property: string | null = 'p') =>
      lettingIn({ property, operator, values, includeBlank: false }, 'x');
    expect(of('numberGreater', ['5'])).toBeNull();
    expect(of('known', [])).toBeNull();
    expect(of('choiceNone', ['x'])).toBeNull();
    expect(of('segmentIn', ['12'], null)).toBeNull();
    expect(lettingIn({ property: 'p', operator: 'yes', values: [], includeBlank: false }, null)).toBeNull();
  });
});
