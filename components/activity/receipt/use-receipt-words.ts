'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useActivityWords } from '#components/activity/use-activity-words.ts';
import type { Receipt } from '#lib/insight/schemas.ts';

type NotSynced = Receipt['notSynced'][number];

/** Says a receipt in words. */
export function useReceiptWords() {
  const t = useTranslations('receipt');
  const sync = useTranslations('sync');
  const activity = useTranslations('activity');
  const words = useActivityWords();
  const format = useFormatter();
  const time = (iso: string) =>
    format.dateTime(new Date(iso), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const short = (iso: string) =>
    format.dateTime(new Date(iso), {
      ...{ day: 'numeric', month: 'short' },
      ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    });

  const title = (receipt: Receipt): string => {
    const count = receipt.total ?? receipt.processed;
    const people = { count, number: format.number(count) };
    if (receipt.person) return t('title.person', { name: receipt.person });
    switch (receipt.kind) {
      case 'RESYNC':
        return t('title.resync', people);
      case 'IMPORT':
        return t('title.import', people);
      case 'RETRY':
        return t('title.retry', people);
      case 'POLL':
        return t('title.poll', { time: time(receipt.startedAt ?? receipt.createdAt) });
    }
  };

  const status = ({ status: name, counts, stoppedBy }: Receipt): string => {
    if (name === 'DONE' && counts.failed + counts.partial > 0) return t('status.errors');
    if (name === 'STOPPED' && stoppedBy) return t('status.stoppedBy', { name: stoppedBy });
    return sync(`status.${name}`);
  };

  /** Why people were not synced: a sentence, never a code alone. */
  const reason = (row: NotSynced): string => {
    if (row.kind === 'skipped') return words.skipped(row.reason);
    const app = activity(row.to === 'hubspot' ? 'hubspot' : 'salesforce');
    const isTold = row.value !== null || Boolean(row.message);
    const about = { field: row.field ?? '', value: row.value ?? '', app };
    if (isTold || row.field === null) return words.longError(row, about);
    return `${row.field}: ${words.shortError(row)}`;
  };
  const cure = (row: NotSynced): string =>
    words.cure(row, activity(row.to === 'hubspot' ? 'hubspot' : 'salesforce'));

  return { title, status, reason, cure, time, short };
}
