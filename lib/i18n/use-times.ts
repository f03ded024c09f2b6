'use client';

import { useFormatter, useNow } from 'next-intl';
import { useMemo } from 'react';

const day = 24 * 60 * 60 * 1000;

/**
 * Times in words: relative up to 24 hours, then "12 Nov, 14:02"; `exact` is for a tooltip. In the reader's
 * time zone; ticks twice a minute.
 */
export function useTimes() {
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  return useMemo(() => timesAt(format, now), [format, now]);
}

function timesAt(format: ReturnType<typeof useFormatter>, now: Date) {
  const short = (date: Date) =>
    format.dateTime(date, {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  return {
    /** "4 minutes ago", or the date. A clock that runs slow never says "in 3 seconds". */
    ago: (iso: string): string => {
      const date = new Date(Math.min(new Date(iso).getTime(), now.getTime()));
      return now.getTime() - date.getTime() < day ? format.relativeTime(date, now) : short(date);
    },
    short: (iso: string): string => short(new Date(iso)),
    exact: (iso: string): string =>
      format.dateTime(new Date(iso), { dateStyle: 'long', timeStyle: 'medium', hourCycle: 'h23' }),
  };
}
