/** Prints figures under each other: names at the left, values at the right. */
export function printTable(title: string, rows: readonly (readonly [name: string, value: string])[]): void {
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log(`\n${title}`);
  for (const [name, value] of rows) printRow(name, value, width);
}

/** One row, for a table whose rows take long to be known. */
export function printRow(name: string, value: string, width: number): void {
  console.log(`  ${name.padEnd(width)}  ${value}`);
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
export const seconds = (value: number): string => `${value.toFixed(1)} s`;
export const milliseconds = (value: number): string =>
  `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

export type Percentiles = { p50: number; p95: number };

export function percentiles(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

export const shown = ({ p50, p95 }: Percentiles): string =>
  `p50 ${milliseconds(p50)}, p95 ${milliseconds(p95)}`;

export async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const began = performance.now();
  const value = await work();
  return { value, ms: performance.now() - began };
}
