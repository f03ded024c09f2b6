import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { loadMessages } from './load-messages.ts';
import { localeCookie, pickLocale } from './locales.ts';
import { isTimeZone, timeZoneCookie } from './time-zone.ts';

/** Which language and time zone a page is rendered in, and with which messages. */
export default getRequestConfig(async () => {
  const jar = await cookies();
  const locale = pickLocale(jar.get(localeCookie)?.value, (await headers()).get('accept-language'));
  const timeZone = jar.get(timeZoneCookie)?.value;
  return {
    locale,
    messages: await loadMessages(locale),
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    now: new Date(),
  };
});
