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

/** Set while a person has chosen a zone that this browser's own does not replace. */
const chosenCookie = 'segbridge-time-zone-chosen';

/** Whether the zone was chosen, told by the browser's cookies. */
export function isZoneChosen(cookies: string): boolean {
  return cookies.split('; ').includes(`${chosenCookie}=1`);
}

/** Remembers a chosen zone in this browser; null goes back to the browser's own. */
export function chooseTimeZone(zone: string | null, own: string): void {
  const age = zone === null ? 0 : 31_536_000;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `${chosenCookie}=1; path=/; max-age=${age}; samesite=lax`;
  rememberTimeZone(zone ?? own);
}

/** Tells the server in which zone this browser's times are to be written. */
export function rememberTimeZone(zone: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `${timeZoneCookie}=${zone}; path=/; max-age=31536000; samesite=lax`;
}
