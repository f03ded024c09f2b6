import { expect, it } from 'vitest';
import { chartSteps } from './chart-scale.ts';

it.each([
  [0, [0, 1, 2, 3]],
  [3, [0, 1, 2, 3]],
  [4, [0, 2, 4, 6]],
  [742, [0, 300, 600, 900]],
  [900, [0, 300, 600, 900]],
  [901, [0, 500, 1_000, 1_500]],
  [20_000, [0, 10_000, 20_000, 30_000]],
])('holds %s in three round steps', (highest, steps) => {
  expect(chartSteps(highest)).toEqual(steps);
});
