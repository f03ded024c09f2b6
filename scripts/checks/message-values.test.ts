import { describe, expect, it } from 'vitest';
import { differenceOf, valuesOf } from './message-values.ts';

describe('values of messages', () => {
  it('are those shown and those chosen by, in branches too', () => {
    const { shown, chosenBy } = valuesOf(
      '{a} {n, plural, =0 {none} one {is {b}} other {# are}} {d, date, short}',
    );
    expect([[...shown], [...chosenBy]]).toEqual([['a', 'b', 'd'], ['n']]);
  });

  it('of a translation may be chosen by freely, not be missing or new', () => {
    const english = '{done} {n, plural, one {is} other {are}} in.';
    expect(differenceOf(english, '{done} ind.')).toBeNull();
    expect(differenceOf(english, '{n, plural, one {è} other {sono}}.')).toBe('lacks {done}');
    expect(differenceOf(english, '{done} {m, select, other {x}}')).toBe('asks for {m}, which nobody gives');
    expect(differenceOf(english, '{done} {n}')).toBe('shows {n}, by which English only chooses');
  });
});
