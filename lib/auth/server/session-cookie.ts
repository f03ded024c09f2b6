import { env } from '#lib/core/env.ts';

/** next-auth's cookie; over https it carries the prefix that keeps other hosts from setting it. */
export function sessionCookieName(): string {
  return env().APP_URL.startsWith('https:') ? '__Secure-next-auth.session-token' : 'next-auth.session-token';
}
