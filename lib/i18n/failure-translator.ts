import { createTranslator } from 'next-intl';
import type { FailureCode } from '#lib/core/failures.ts';
import type { Translate } from '#lib/core/problem-json.ts';
import { loadMessages } from './load-messages.ts';
import { isLocale, type Locale, localeCookie, pickLocale } from './locales.ts';

/** The language of a request: the cookie of the account menu, else the browser's wish. */
export function localeOf(request: Request): Locale {
  const cookies = request.headers.get('cookie') ?? '';
  const chosen = new RegExp(`(?:^|;\\s*)${localeCookie}=([^;]+)`).exec(cookies)?.[1];
  return pickLocale(isLocale(chosen) ? chosen : undefined, request.headers.get('accept-language'));
}

/** Says a failure in the reader's language. */
export async function failureTranslator(request: Request): Promise<Translate> {
  const locale = localeOf(request);
  const { errors } = (await loadMessages(locale)) as { errors: Record<string, string> };
  const translator = createTranslator({ locale, messages: errors });
  return (code: FailureCode, values = {}) => translator(code, values);
}
