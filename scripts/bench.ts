/**
 * `npm run bench`: figures of speed and memory; `-- simulators`, `-- segments` or `-- sync` takes one part. They inform,
 * nothing passes or fails by them.
 */
import { fileURLToPath } from 'node:url';
import { generateClient } from './launch/build.ts';

// Loaded late: the database client may have to be made first.
const parts: Record<string, () => Promise<void>> = {
  simulators: async () => (await import('./bench/simulators.ts')).benchSimulators(),
  segments: async () => (await import('./bench/segments.ts')).benchSegments(),
  pages: async () => (await import('./bench/pages.ts')).benchPages(),
  sync: async () => (await import('./bench/sync.ts')).benchSync(),
};
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !parts[name]);
if (unknown !== undefined) {
  console.error(`There is no bench of ${unknown}, only of ${Object.keys(parts).join(' and ')}.`);
  process.exit(1);
}
await generateClient(fileURLToPath(new URL('..', import.meta.url)));
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await run();
}
