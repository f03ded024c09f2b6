import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Every page of the app as its folder says: `/segments/[id]`. Without those that only lead elsewhere; an
 * optional rest (`[[...version]]`) is left out.
 */
export function pageRoutes(): string[] {
  return readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .filter((file) => !/\): never/.test(readFileSync(`app/${file}`, 'utf8')))
    .map((file) =>
      dirname(file)
        .split('/')
        .filter((part) => !/^\(.*\)$|^\[\[.*\]\]$|^\.$/.test(part))
        .map((part) => `/${part}`)
        .join(''),
    )
    .sort();
}
