import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AbstractIntlMessages } from 'next-intl';
import { isProduction } from '#lib/core/env.ts';
import type { Locale } from './locales.ts';

const cache = new Map<Locale, AbstractIntlMessages>();

/** All messages of a language: one file per namespace under `messages/{locale}`, read once per process. */
export async function loadMessages(locale: Locale): Promise<AbstractIntlMessages> {
  const known = cache.get(locale);
  if (known && isProduction()) return known;
  const folder = join(process.cwd(), 'messages', locale);
  const messages: AbstractIntlMessages = {};
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.json')) continue;
    messages[file.slice(0, -'.json'.length)] = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  }
  cache.set(locale, messages);
  return messages;
}
