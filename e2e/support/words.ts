import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from 'next-intl';

export type Words = (key: string, values?: Record<string, string | number>) => string;

/** The texts of the interface in one language, as the pages say them. */
export function words(locale: string): Words {
  const folder = join('messages', locale);
  const messages: Record<string, Record<string, string>> = {};
  for (const file of readdirSync(folder)) {
    messages[file.replace('.json', '')] = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  }
  const translator = createTranslator({
    locale,
    messages,
    timeZone: 'Europe/Berlin',
    onError: (error) => {
      throw error;
    },
  }) as Words;
  return (key, values) => translator(key, values);
}
