'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Person } from '#components/ui/avatar.tsx';
import { Button } from '#components/ui/button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Table, type TableColumn } from '#components/ui/table.tsx';
import type { AuditEntryView } from '#lib/activity/schemas.ts';
import { useTimes } from '#lib/i18n/use-times.ts';
import { useHistoryWords } from './use-history-words.ts';

export interface AuditTableProps {
  entries: readonly AuditEntryView[];
  /** Names of segments by list id. */
  segments: Record<string, string>;
  onOpen: (entry: AuditEntryView) => void;
  empty: ReactNode;
  foot: ReactNode;
}

/** Who changed which setting when, from what to what. A row opens its version. */
export function AuditTable({ entries, segments, onOpen, empty, foot }: AuditTableProps) {
  const t = useTranslations('history');
  return (
    <Table
      caption={t('caption')}
      columns={useColumns(segments, onOpen)}
      rows={entries}
      rowKey={({ id }) => id}
      empty={empty}
      foot={foot}
    />
  );
}

function useColumns(
  segments: Record<string, string>,
  onOpen: (entry: AuditEntryView) => void,
): TableColumn<AuditEntryView>[] {
  const t = useTranslations('history');
  const wordsOf = useHistoryWords(segments);
  return [
    {
      id: 'time',
      header: t('time'),
      width: '14%',
      widths: { tablet: '156px' },
      hideBelow: 'md',
      isWrapped: true,
      cell: ({ at }) => <When at={at} />,
    },
    {
      id: 'who',
      header: t('who'),
      width: '17%',
      widths: { tablet: '144px' },
      hideBelow: 'md',
      isWrapped: true,
      cell: ({ actor }) => (actor ? <Person name={actor} /> : t('segbridge')),
    },
    {
      id: 'what',
      header: t('what'),
      width: '21%',
      widths: { phone: '74%' },
      isRowHeader: true,
      isWrapped: true,
      cell: (entry) => <What entry={entry} words={wordsOf(entry)} onOpen={onOpen} />,
    },
    {
      id: 'old',
      header: t('old'),
      hideBelow: 'lg',
      isWrapped: true,
      cell: (entry) => <span className="text-text-subtle">{wordsOf(entry).old ?? <None />}</span>,
    },
    {
      id: 'new',
      header: t('new'),
      widths: { tablet: '120px' },
      hideBelow: 'md',
      isWrapped: true,
      cell: (entry) => <span className="font-medium">{wordsOf(entry).made ?? <None />}</span>,
    },
    {
      id: 'version',
      header: t('version'),
      width: '88px',
      align: 'end',
      cell: ({ version }) => <span className="tabular-nums">{version ?? <None />}</span>,
    },
  ];
}

function What(props: {
  entry: AuditEntryView;
  words: ReturnType<ReturnType<typeof useHistoryWords>>;
  onOpen: (entry: AuditEntryView) => void;
}) {
  const { entry, words, onOpen } = props;
  const t = useTranslations('history');
  return (
    <div className="max-md:py-1.5">
      <Button variant="link" onPress={() => onOpen(entry)} className="whitespace-normal! text-left">
        {words.what}
      </Button>
      {words.cause && <div className="text-small text-text-subtle">{words.cause}</div>}
      <div className="mt-0.5 text-small text-text-subtle tabular-nums md:hidden">
        {entry.actor ?? t('segbridge')} · <When at={entry.at} />
      </div>
    </div>
  );
}

function When({ at }: { at: string }) {
  const times = useTimes();
  return (
    <span className="text-text-subtle tabular-nums">
      <RelativeTime text={times.ago(at)} exact={times.exact(at)} dateTime={at} />
    </span>
  );
}

/** A dash that is read as a word. */
function None() {
  const t = useTranslations('history');
  return (
    <>
      <span aria-hidden>–</span>
      <span className="sr-only">{t('none')}</span>
    </>
  );
}
