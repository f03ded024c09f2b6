'use client';

import { useRouter } from 'next/navigation';
import { useTimeZone } from 'next-intl';
import { useEffect } from 'react';
import { isZoneChosen, rememberTimeZone } from '#lib/i18n/time-zone.ts';

/** Tells the server the reader's time zone, at the first visit and after a journey, unless they chose one. */
export function RememberTimeZone(): null {
  const known = useTimeZone();
  const router = useRouter();
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (timeZone === known || isZoneChosen(document.cookie)) return;
    rememberTimeZone(timeZone);
    router.refresh();
  }, [known, router]);
  return null;
}
