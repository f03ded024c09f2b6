'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Avatar } from '#components/ui/avatar.tsx';
import type { MenuAction } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowMenu } from '#components/ui/row-menu.tsx';
import { Table, type TableColumn, type TableSort } from '#components/ui/table.tsx';
import type { TableSelection } from '#components/ui/table-types.ts';
import { Tag } from '#components/ui/tag.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { Segment } from '#lib/segments/schemas.ts';
import { KindTag, StateTag } from './segment-tags.tsx';

export interface SegmentTableProps {
  segments: readonly Segment[];
  /** In the view of deleted ones the time is that of the deletion, and names are no links. */
  isDeletedView: boolean;
  sort?: TableSort;
  onSort: (sort: TableSort) => void;
  /** Leave out for those who may only look. */
  selection?: TableSelection<Segment>;
  actionsOf: (segment: Segment) => readonly MenuAction[];
  empty: ReactNode;
  foot: ReactNode;
}

/** The index of segments. */
export function SegmentTable(props: SegmentTableProps) {
  const { segments, isDeletedView, sort, onSort, selection, actionsOf, empty, foot } = props;
  const t = useTranslations('segments.index');
  const columns: TableColumn<Segment>[] = [
    {
      id: 'name',
      header: t('name'),
      width: '30%',
      isRowHeader: true,
      isSortable: !isDeletedView,
      cell: ({ listId, name }) =>
        isDeletedView ? (
          <span className="font-medium">{name}</span>
        ) : (
          <Link href={`/segments/${listId}`}>{name}</Link>
        ),
    },
    {
      id: 'type',
      header: t('type'),
      width: '9%',
      widths: { tablet: '96px' },
      hideBelow: 'md',
      cell: ({ kind }) => <KindTag kind={kind} />,
    },
    {
      id: 'size',
      header: t('size'),
      width: '10%',
      widths: { tablet: '112px' },
      align: 'end',
      isSortable: !isDeletedView,
      cell: (segment) => <Size segment={segment} />,
    },
    {
      id: 'used',
      header: t('usedIn'),
      width: '18%',
      hideBelow: 'lg',
      cell: ({ uses }) => <UsedIn isUsed={uses.length > 0} />,
    },
    {
      id: 'updated',
      header: isDeletedView ? t('deletedAt') : t('updated'),
      width: '16%',
      widths: { tablet: '152px' },
      hideBelow: 'md',
      isSortable: !isDeletedView,
      cell: (segment) => <Updated segment={segment} isDeletedView={isDeletedView} />,
    },
    {
      id: 'owner',
      header: t('owner'),
      width: '17%',
      hideBelow: 'lg',
      cell: ({ createdBy }) => <Creator name={createdBy} />,
    },
    {
      id: 'actions',
      header: t('actions'),
      width: '56px',
      isActions: true,
      cell: (segment) => (
        <RowMenu label={t('rowActions', { name: segment.name })} items={actionsOf(segment)} />
      ),
    },
  ];
  return (
    <Table
      caption={t('caption')}
      columns={columns}
      rows={segments}
      rowKey={({ listId }) => listId}
      {...(sort ? { sort } : {})}
      onSort={onSort}
      {...(selection ? { selection } : {})}
      empty={empty}
      foot={foot}
    />
  );
}

function Size({ segment }: { segment: Segment }) {
  const t = useTranslations('segments.index');
  const format = useFormatter();
  if (segment.size === null) return '–';
  return (
    <>
      {format.number(segment.size)}
      {segment.state === 'processing' && (
        <span className="block text-small text-text-subtle">{t('soFar')}</span>
      )}
    </>
  );
}

function UsedIn({ isUsed }: { isUsed: boolean }) {
  const t = useTranslations('segments');
  if (!isUsed) return '–';
  return (
    <span className="inline-flex items-center gap-2">
      {t('index.salesforce')}
      <Tag tone="info">{t('tags.inclusionList')}</Tag>
    </span>
  );
}

function Updated({ segment, isDeletedView }: { segment: Segment; isDeletedView: boolean }) {
  const { ago, exact } = useTimes();
  const at = isDeletedView ? segment.deletedAt : segment.updatedAt;
  if (!isDeletedView && segment.state !== 'ready') return <StateTag state={segment.state} />;
  if (at === null) return '–';
  return (
    <span className="text-text-subtle">
      <RelativeTime text={ago(at)} exact={exact(at)} dateTime={at} />
    </span>
  );
}

function Creator({ name }: { name: string | null }) {
  if (name === null) return '–';
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar name={name} size={26} />
      <span className="truncate">{name}</span>
    </span>
  );
}
