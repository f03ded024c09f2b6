/** Every path in backticks or a link of a Markdown file exists, so that the docs stay true. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { report, sourceFiles } from './source-files.ts';

const roots =
  /^(app|components|docs|e2e|lib|messages|prisma|scripts|simulators|worker|\.ci)\/[\w@.()[\]{}/*-]*$/;

function pathsIn(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '');
  return quoted
    .filter((path) => roots.test(path) && !/[*{}]/.test(path))
    .map((path) => path.replace(/\/$/, ''));
}

function linksIn(text: string, file: string): string[] {
  const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '');
  return links.filter((link) => !/^[a-z]+:/.test(link)).map((link) => join(dirname(file), link));
}

report(
  sourceFiles()
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return [...pathsIn(text), ...linksIn(text, file)]
        .filter((path) => !existsSync(path))
        .map((path) => `${file} names ${path}, which does not exist.`);
    }),
);
