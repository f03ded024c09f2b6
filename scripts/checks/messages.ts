/**
 * Messages: the same keys in all languages, the same values inside each, every key used, every used key
 * there, every failure code with its sentence.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureStatus } from '../../lib/core/failures.ts';
import { locales } from '../../lib/i18n/locales.ts';
import { differenceOf } from './message-values.ts';
import { report, sourceFiles } from './source-files.ts';

type Tree = { [key: string]: string | Tree };
const problems: string[] = [];

function flatten(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}

function load(locale: string): Map<string, string> {
  const folder = join('messages', locale);
  const entries = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) =>
      flatten(JSON.parse(readFileSync(join(folder, file), 'utf8')), `${file.slice(0, -5)}.`),
    );
  return new Map(entries);
}

const english = load('en');
for (const locale of locales.filter((name) => name !== 'en')) {
  const other = load(locale);
  for (const [key, text] of english) {
    const translated = other.get(key);
    if (translated === undefined) problems.push(`${locale} lacks ${key}.`);
    else if (translated.trim() === '') problems.push(`${locale} has an empty ${key}.`);
    else {
      const difference = differenceOf(text, translated);
      if (difference) problems.push(`${locale} ${key} ${difference}.`);
    }
  }
  for (const key of other.keys())
    if (!english.has(key)) problems.push(`${locale} has ${key}, which English lacks.`);
}

for (const code of Object.keys(failureStatus)) {
  if (!english.has(`errors.${code}`)) problems.push(`errors.${code} is missing.`);
}

type Use = { file: string; namespaces: string[]; literals: Set<string>; prefixes: string[] };
const uses: Use[] = sourceFiles()
  .filter((path) => /^(app|components|lib|worker)\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map((file) => {
    const text = readFileSync(file, 'utf8');
    const namespaces = [...text.matchAll(/(?:useTranslations|getTranslations)\(\s*['"]([\w.]+)['"]/g)].map(
      (m) => m[1] ?? '',
    );
    const literals = new Set([...text.matchAll(/['"`]([\w.]+)['"`]/g)].map((match) => match[1] ?? ''));
    const prefixes = [...text.matchAll(/`([\w.]*)\$\{[^}]*\}[\w.]*`/g)].map((match) => match[1] ?? '');
    return { file, namespaces, literals, prefixes };
  });

for (const key of english.keys()) {
  if (key.startsWith('errors.')) {
    if (!(key.slice('errors.'.length) in failureStatus)) problems.push(`${key} belongs to no failure code.`);
    continue;
  }
  const used = uses.some(({ namespaces, literals, prefixes }) =>
    [...namespaces, ''].some((namespace) => {
      if (namespace !== '' && !key.startsWith(`${namespace}.`)) return false;
      const rest = namespace === '' ? key : key.slice(namespace.length + 1);
      if (literals.has(rest)) return true;
      return namespace !== '' && prefixes.some((prefix) => prefix !== '' && rest.startsWith(prefix));
    }),
  );
  if (!used && !isPassedOn(key)) problems.push(`${key} is used nowhere.`);
}

/** A key may be a value in a table (`{ lead: 'creating.createLead' }`) of a file without a namespace. */
function isPassedOn(key: string): boolean {
  const [namespace = ''] = key.split('.');
  const rest = key.slice(namespace.length + 1);
  const last = rest.split('.').at(-1) ?? '';
  return uses.some(
    ({ namespaces, literals }) =>
      namespaces.some((name) => name === namespace || name.startsWith(`${namespace}.`)) &&
      (literals.has(rest) || literals.has(last)),
  );
}

// A literal key after `t(` must exist in a namespace that this file binds to `t`.
for (const { file } of uses.filter((use) => use.namespaces.length > 0)) {
  const text = readFileSync(file, 'utf8');
  const bound = new Map<string, Set<string>>();
  const bindings = text.matchAll(
    /const (\w+) = (?:useTranslations|\(?await getTranslations)\(\s*(?:['"]([\w.]+)['"])?\s*\)/g,
  );
  for (const [, variable = '', namespace = ''] of bindings) {
    bound.set(variable, (bound.get(variable) ?? new Set()).add(namespace));
  }
  for (const [variable, namespaces] of bound) {
    const calls = text.matchAll(
      new RegExp(`\\b${variable}(?:\\.rich|\\.markup)?\\(\\s*['"]([\\w.]+)['"]`, 'g'),
    );
    for (const [, key = ''] of calls) {
      const isThere = [...namespaces].some((name) => english.has(name === '' ? key : `${name}.${key}`));
      if (!isThere)
        problems.push(`${file} uses ${key} of ${[...namespaces].join(' or ')}, which is missing.`);
    }
  }
}

// The browser tests name their texts with the whole key: `t('segments.index.search')`.
for (const file of sourceFiles().filter((path) => /^e2e\/.*\.ts$/.test(path))) {
  for (const [, key = ''] of readFileSync(file, 'utf8').matchAll(/\bt\(\s*'([\w.]+)'/g)) {
    if (!english.has(key)) problems.push(`${file} uses ${key}, which is missing.`);
  }
}

report(problems);
