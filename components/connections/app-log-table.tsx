'use client';

import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Person } from '#components/ui/avatar.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Table, type TableColumn } from '#components/ui/table.tsx';
import { useNarrow } from '#components/ui/use-narrow.ts';
import type { AuditEntryView } from '#lib/activity/schemas.ts';
import { useTimes } from '#lib/i18n/use-times.ts';
import { type AuditWords, useAuditWords } from './audit-words.ts';

export interface AppLogTableProps {
  entries: readonly AuditEntryView[];
  /** Names of segments by list id. */
  segments: Record<string, string>;
  empty: ReactNode;
  foot: ReactNode;
}

/** Who did what, newest first. On phones one column says it all. */
export function AppLogTable({ entries, segments, empty, foot }: AppLogTableProps) {
  const t = useTranslations('connections');
  const wordsOf = useAuditWords(segments);
  const isNarrow = useNarrow('md');
  const columns: TableColumn<AuditEntryView>[] = [
    {
      id: 'time',
      header: t('log.time'),
      width: '14%',
      widths: { tablet: '156px' },
      hideBelow: 'md',
      cell: ({ at }) => <When at={at} />,
    },
    {
      id: 'user',
      header: t('log.user'),
      width: '18%',
      widths: { tablet: '152px' },
      hideBelow: 'md',
      isWrapped: true,
      cell: ({ actor }) => (actor ? <Person name={actor} /> : t('segbridge')),
    },
    {
      id: 'activity',
      header: t('log.activity'),
      width: '19%',
      isRowHeader: true,
      isWrapped: true,
      cell: (entry) => <Activity entry={entry} words={wordsOf(entry)} />,
    },
    {
      id: 'app',
      header: t('log.app'),
      width: '11%',
      hideBelow: 'lg',
      cell: ({ app }) => (app ? t(app) : ''),
    },
    {
      id: 'details',
      header: t('log.details'),
      hideBelow: 'md',
      isWrapped: true,
      cell: (entry) => <Details words={wordsOf(entry)} />,
    },
  ];
  return (
    <Table
      caption={t('log.caption')}
      columns={isNarrow ? columns.filter(({ isRowHeader }) => isRowHeader) : columns}
      rows={entries}
      rowKey={({ id }) => id}
      empty={empty}
      foot={foot}
    />
  );
}

function When({ at }: { at: string }) {
  const times = useTimes();
  return (
    <span className="text-text-subtle">
      <RelativeTime text={times.ago(at)} exact={times.exact(at)} dateTime={at} />
    </span>
  );
}

function Activity({ entry, words }: { entry: AuditEntryView; words: AuditWords }) {
  const t = useTranslations('connections');
  return (
    <div className="max-md:py-1.5">
      {words.activity}
      <div className="md:hidden">
        <div className="mt-0.5 text-small text-text-subtle tabular-nums">
          {entry.actor ?? t('segbridge')} · {entry.app && `${t(entry.app)} · `}
          <When at={entry.at} />
        </div>
        <div className="mt-1">
          <Details words={words} />
        </div>
      </div>
    </div>
  );
}

function Details({ words: { from, to } }: { words: AuditWords }) {
  const t = useTranslations('connections');
  return (
    <span className="text-text-subtle tabular-nums">
      {from}
      {to !== null && (
        <>
          <ArrowRight size={14} aria-hidden className="mx-1.5 inline-block align-[-2px]" />
          <span className="sr-only"> {t('log.changedTo')} </span>
          <span className="font-medium text-text">{to}</span>
        </>
      )}
    </span>
  );
}
