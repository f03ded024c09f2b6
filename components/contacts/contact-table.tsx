'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useActivityWords } from '#components/activity/use-activity-words.ts';
import { Avatar } from '#components/ui/avatar.tsx';
import { Table, type TableColumn, type TableSort } from '#components/ui/table.tsx';
import { Tag, type TagTone } from '#components/ui/tag.tsx';
import type { ContactRow, ContactsQuery, ContactView } from '#lib/insight/schemas.ts';
import { useWhyTimes } from './use-why-words.ts';

const tones: Record<ContactRow['state'], TagTone> = {
  ...{ syncing: 'positive', waiting: 'info', notSyncing: 'caution', emailOnly: 'violet' },
  ...{ error: 'danger', notLinked: 'caution', deleted: 'neutral' },
};
const sorts = ['name', 'email', 'since'] as const;
const events = ['deleted_in_salesforce', 'deleted_in_hubspot', 'merged', 'several_records'];

export interface ContactTableProps {
  view: ContactView;
  rows: readonly ContactRow[];
  sort?: TableSort;
  onSort: (sort: ContactsQuery['sort'], direction: TableSort['direction']) => void;
  empty: ReactNode;
  foot: ReactNode;
}

/** Contacts with how they stand; leavers and orphans with what happened to them. */
export function ContactTable({ view, rows, sort, onSort, empty, foot }: ContactTableProps) {
  const t = useTranslations('contacts');
  const format = useFormatter();
  const times = useWhyTimes();
  const happened = useHappened();
  const isAll = view === 'all';
  const isTold = view === 'left' || view === 'orphans' || view === 'errors' || view === 'outside';
  const columns: TableColumn<ContactRow>[] = [
    {
      ...{
        id: 'name',
        header: t('list.name'),
        isRowHeader: true,
        isSortable: true,
        width: isTold ? '19%' : '22%',
      },
      cell: (row) => <Name row={row} />,
    },
    {
      ...{ id: 'email', header: t('list.email'), isSortable: true, width: isTold ? '19%' : '22%' },
      widths: { tablet: 'auto' },
      hideBelow: isTold ? 'lg' : 'md',
      cell: ({ email }) => <span className="text-text-subtle">{email ?? '–'}</span>,
    },
    {
      ...{ id: 'state', header: t('list.state'), width: '12%', widths: { tablet: '140px' } },
      cell: ({ state, isException }) => (
        <span className="flex flex-wrap gap-1">
          <Tag tone={tones[state]}>{t(`tags.${state}`)}</Tag>
          {isException && <Tag>{t('tags.exception')}</Tag>}
        </span>
      ),
    },
    {
      ...{ id: 'since', header: t(view === 'left' ? 'list.leftOn' : 'list.since') },
      ...{ isSortable: !isAll, width: '12%', widths: { tablet: '156px' }, hideBelow: 'md' },
      cell: ({ since }) => <span className="tabular-nums">{since ? times.when(since) : '–'}</span>,
    },
    ...(isTold
      ? [
          {
            ...{ id: 'because', header: t(view === 'orphans' ? 'list.what' : 'list.because') },
            ...{ isWrapped: true, hideBelow: 'md' as const },
            cell: happened,
          },
        ]
      : []),
    {
      ...{ id: 'salesforce', header: t('list.salesforce'), width: '9%', hideBelow: 'lg' },
      cell: ({ object, recordId }) => (object && recordId ? <Tag>{t(`list.${object}`)}</Tag> : '–'),
    },
    {
      ...{ id: 'waiting', header: t('list.waiting'), width: '13%', align: 'end', hideBelow: 'lg' },
      cell: ({ waiting }) => (
        <span className="tabular-nums">{waiting > 0 ? format.number(waiting) : '–'}</span>
      ),
    },
  ];
  return (
    <Table
      caption={t('list.caption', { view: t(`views.${view}`) })}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      {...(sort ? { sort } : {})}
      onSort={({ column, direction }) => {
        const chosen = sorts.find((each) => each === column);
        if (chosen) onSort(chosen, direction);
      }}
      empty={empty}
      foot={foot}
    />
  );
}

function Name({ row }: { row: ContactRow }) {
  const t = useTranslations('contacts');
  const name = row.name ?? row.email ?? t('unnamed', { id: row.id });
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={name} />
      <Link href={`/contacts/${row.id}`} className="truncate font-medium">
        {name}
      </Link>
    </span>
  );
}

/** What became of a person, as a sentence. */
function useHappened() {
  const t = useTranslations('contacts');
  const times = useWhyTimes();
  const activity = useActivityWords();
  return (row: ContactRow): string => {
    const { event, because, category, code, reason } = row;
    const kind = events.find((each) => each === event?.kind);
    if (event && kind) {
      const date = event.at ? times.day(event.at) : '–';
      return t(`list.${kind}`, { date, record: event.record ?? '–', object: row.object ?? 'other' });
    }
    if (category !== null) return activity.shortError({ code, category });
    if (because) {
      return t('list.becauseOf', { label: because.label, value: because.value ?? t('blank') });
    }
    return reason ? activity.skipped(reason) : t('steps.outside');
  };
}
