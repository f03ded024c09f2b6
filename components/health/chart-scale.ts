/** Three equal steps above zero whose last one holds the highest value: 0, 300, 600, 900. */
export function chartSteps(highest: number): number[] {
  const needed = Math.max(highest, 3) / 3;
  const power = 10 ** Math.floor(Math.log10(needed));
  const step = [1, 2, 3, 5, 10].map((factor) => factor * power).find((each) => each >= needed) ?? needed;
  return [0, step, 2 * step, 3 * step];
}
