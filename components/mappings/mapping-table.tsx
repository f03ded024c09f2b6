'use client';

import { ArrowLeft, ArrowLeftRight, ArrowLeftToLine, ArrowRight, Ban, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { MenuAction } from '#components/ui/menu.tsx';
import { RowMenu } from '#components/ui/row-menu.tsx';
import { StatusDot } from '#components/ui/status-dot.tsx';
import { Table, type TableColumn } from '#components/ui/table.tsx';
import { Tag } from '#components/ui/tag.tsx';
import { fieldNames, type MappingRow } from './mapping-rows.ts';

export interface MappingTableProps {
  rows: readonly MappingRow[];
  onOpen: (row: MappingRow) => void;
  /** None: only looking is allowed. */
  actionsOf: (row: MappingRow) => readonly MenuAction[];
  empty: ReactNode;
  foot: ReactNode;
}

/** Which property syncs with which fields, by which rule, and how it goes. */
export function MappingTable({ rows, onOpen, actionsOf, empty, foot }: MappingTableProps) {
  const t = useTranslations('mappings');
  const columns: TableColumn<MappingRow>[] = [
    {
      id: 'property',
      header: t('property'),
      width: '27%',
      widths: { phone: '50%' },
      isRowHeader: true,
      cell: (row) => <Property row={row} onOpen={() => onOpen(row)} />,
    },
    {
      id: 'rule',
      header: t('rule'),
      width: '26%',
      widths: { tablet: '196px' },
      hideBelow: 'md',
      isWrapped: true,
      cell: (row) => <Rule row={row} />,
    },
    {
      id: 'field',
      header: t('field'),
      width: '27%',
      hideBelow: 'lg',
      isWrapped: true,
      cell: ({ mapping }) => <span className="text-small">{fieldNames(mapping)}</span>,
    },
    {
      id: 'status',
      header: t('status'),
      width: '20%',
      widths: { tablet: '144px' },
      isWrapped: true,
      cell: (row) => <Status row={row} />,
    },
    {
      id: 'actions',
      header: t('actions'),
      width: '56px',
      isActions: true,
      cell: (row) => <RowMenu label={t('rowActions', { name: row.name })} items={actionsOf(row)} />,
    },
  ];
  return (
    <Table
      caption={t('caption')}
      columns={columns}
      rows={rows}
      rowKey={({ mapping }) => mapping.id}
      isTall
      empty={empty}
      foot={foot}
    />
  );
}

function Property({ row, onOpen }: { row: MappingRow; onOpen: () => void }) {
  const t = useTranslations('mappings');
  const { mapping, name, property } = row;
  return (
    <>
      <span className="flex min-w-0 flex-wrap items-center gap-x-2">
        <Button variant="link" onPress={onOpen} className="min-w-0 max-w-full">
          <span className="truncate max-md:whitespace-normal">{name}</span>
        </Button>
        {mapping.isDefault && <Tag>{t('default')}</Tag>}
      </span>
      <span className="block truncate text-small text-text-subtle">
        {property ? t(`propertyKinds.${property.kind}`) : mapping.hubspotProperty}
      </span>
      <span className="block truncate text-small text-text-subtle lg:hidden">{fieldNames(mapping)}</span>
    </>
  );
}

function iconOf({ mapping: { rule }, direction }: MappingRow): LucideIcon {
  if (rule === 'DONT_SYNC') return Ban;
  if (direction === 'TO_SALESFORCE') return ArrowRight;
  if (direction === 'OWN' || rule === 'TWO_WAY') return ArrowLeftRight;
  return rule === 'ALWAYS_SALESFORCE' ? ArrowLeftToLine : ArrowLeft;
}

function Rule({ row }: { row: MappingRow }) {
  const { mapping, direction } = row;
  const t = useTranslations('mappings');
  const isOff = mapping.rule === 'DONT_SYNC';
  const Icon = iconOf(row);
  return (
    <span className="flex min-w-0 items-start gap-2">
      <Icon size={16} aria-hidden className="mt-0.5 shrink-0 text-text-subtle" />
      <span className="min-w-0">
        <span className="block">
          {direction === 'OWN' && !isOff ? t('direction.OWN') : t(`rules.${mapping.rule}`)}
        </span>
        {!isOff && direction !== 'OWN' && (
          <span className="block text-small text-text-subtle">{t(`direction.${direction}`)}</span>
        )}
      </span>
    </span>
  );
}

const tones = {
  syncing: 'positive',
  error: 'danger',
  off: 'hollow',
  pending: 'neutral',
  absent: 'caution',
} as const;

function Status({ row: { mapping, status } }: { row: MappingRow }) {
  const t = useTranslations('mappings');
  const label = status === 'error' ? t('errors', { count: mapping.errors }) : t(`statuses.${status}`);
  return <StatusDot tone={tones[status]} label={label} isWrapped />;
}
