'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { Table, type TableColumn } from '#components/ui/table.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import { isOff } from '#lib/insight/rules.ts';
import type { Health } from '#lib/insight/schemas.ts';

type Row = Health['forecasts'][number];

/** How good the last forecasts were. */
export function ForecastsTable({ forecasts }: { forecasts: readonly Row[] }) {
  const t = useTranslations('health.forecasts');
  const format = useFormatter();
  const { short } = useTimes();
  const columns: TableColumn<Row>[] = [
    {
      id: 'run',
      header: t('run'),
      isRowHeader: true,
      cell: (row) => (
        <Link href={`/sync-activity/runs/${row.runId}`} className="font-medium">
          {t('resync', { count: row.people, number: format.number(row.people) })}
        </Link>
      ),
    },
    { id: 'date', header: t('date'), hideBelow: 'md', cell: (row) => short(row.at) },
    {
      id: 'forecast',
      header: t('forecast'),
      align: 'end',
      hideBelow: 'md',
      cell: (row) => format.number(row.forecast),
    },
    {
      id: 'actual',
      header: t('actual'),
      align: 'end',
      width: '96px',
      cell: (row) => format.number(row.actual),
    },
    {
      id: 'difference',
      header: t('difference'),
      align: 'end',
      width: '112px',
      cell: (row) => (
        <span className={isOff(row.forecast, row.actual) ? 'font-medium text-caution' : undefined}>
          {format.number(row.actual - row.forecast, { signDisplay: 'exceptZero' })}
        </span>
      ),
    },
  ];
  return (
    <Table
      caption={t('title')}
      columns={columns}
      rows={forecasts}
      rowKey={({ runId }) => runId}
      empty={<p className="px-4 py-6 text-text-subtle">{t('none')}</p>}
    />
  );
}
