/** Only `lib/core/env.ts`, config files and `scripts/` read the environment; simulators and tests have their own entry. */
import { readFileSync } from 'node:fs';
import { report, sourceFiles } from './source-files.ts';

const allowed = /^(lib\/core\/env\.ts|scripts\/|simulators\/|lib\/testing\/|e2e\/|[^/]+\.config\.(ts|js))/;
report(
  sourceFiles()
    .filter((path) => /\.tsx?$/.test(path) && !allowed.test(path) && !/\.test\.tsx?$/.test(path))
    .filter((path) => readFileSync(path, 'utf8').includes('process.env'))
    .map((path) => `${path} reads process.env; use env() of lib/core/env.ts.`),
);
