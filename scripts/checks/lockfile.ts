/**
 * Some newest versions name optional platform packages that the registry lacks: `npm install` drops them
 * silently, `npm ci` then stops. So every optional dependency named in the lockfile must have its own entry.
 */
import { readFileSync } from 'node:fs';
import { report } from './source-files.ts';

type Entry = { optionalDependencies?: Record<string, string>; resolved?: string };
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Entry> };
const paths = Object.keys(lock.packages);
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;

const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
  Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !paths.some((other) => other.endsWith(`node_modules/${name}`)))
    .map((name) => `${path} wants ${name}, which has no entry in package-lock.json.`),
);
const loose = ['dependencies', 'devDependencies', 'overrides'].flatMap((group) =>
  Object.entries(manifest[group] ?? {})
    .filter(([, version]) => !/^\d/.test(version))
    .map(([name, version]) => `${group}: ${name} is "${version}", not an exact version.`),
);
report([...missing, ...loose]);
