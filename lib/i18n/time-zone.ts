/** Holds the reader's time zone, so that the server writes times as the browser does. */
export const timeZoneCookie = 'segbridge-time-zone';

export function isTimeZone(value: string | undefined): value is string {
  if (!value) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
