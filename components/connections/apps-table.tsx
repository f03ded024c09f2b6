import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { AppTile } from '#components/ui/app-tile.tsx';
import type { MenuProps } from '#components/ui/menu.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { RowMenu } from '#components/ui/row-menu.tsx';
import { Table, type TableColumn } from '#components/ui/table.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import { appTiles, settingsPaths, wizardPaths } from './app-identity.ts';
import type { AppRow } from './app-status.ts';
import { StatusWord } from './status-word.tsx';

export interface AppsTableProps {
  rows: readonly AppRow[];
  /** When a sync last came to its end. */
  lastSyncAt: string | null;
  /** What the row menu of an app offers. */
  actionsOf: (row: AppRow) => MenuProps['items'];
  empty: ReactNode;
}

/** The apps, how they stand, and what can be done with them. */
export function AppsTable({ rows, lastSyncAt, actionsOf, empty }: AppsTableProps) {
  const t = useTranslations('connections');
  const connect = useTranslations('connections.connect');
  const columns: TableColumn<AppRow>[] = [
    {
      id: 'app',
      header: t('apps.app'),
      isRowHeader: true,
      width: '34%',
      cell: (row) => <AppName row={row} />,
    },
    {
      id: 'status',
      header: t('apps.status'),
      width: '18%',
      widths: { tablet: '144px' },
      cell: ({ status }) => <StatusWord status={status} />,
    },
    {
      id: 'by',
      header: t('apps.connectedBy'),
      width: '20%',
      hideBelow: 'lg',
      cell: ({ app, connection }) =>
        connection ? connection.connectedBy : <Link href={wizardPaths[app]}>{connect(app)}</Link>,
    },
    {
      id: 'sync',
      header: t('apps.lastSync'),
      widths: { tablet: '160px' },
      hideBelow: 'md',
      cell: ({ connection }) => <LastSync at={connection ? lastSyncAt : null} />,
    },
    {
      id: 'actions',
      header: t('apps.rowActions'),
      isActions: true,
      width: '58px',
      hideBelow: 'md',
      cell: (row) => <RowMenu label={t('apps.rowMenu', { app: t(row.app) })} items={actionsOf(row)} />,
    },
  ];
  return (
    <Table
      caption={t('apps.title')}
      columns={columns}
      rows={rows}
      rowKey={({ app }) => app}
      empty={empty}
      isTall
    />
  );
}

function AppName({ row }: { row: AppRow }) {
  const t = useTranslations('connections');
  const { app, connection } = row;
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <AppTile {...appTiles[app]} size="medium" />
      <span className="min-w-0">
        <Link
          href={connection ? settingsPaths[app] : wizardPaths[app]}
          className="touch-target relative block truncate"
        >
          {t(app)}
        </Link>
        {connection && (
          <span className="block truncate text-small text-text-subtle tabular-nums">
            {app === 'hubspot'
              ? t('account', { id: connection.accountId })
              : connection.sandbox
                ? t('sandbox')
                : t('production')}
          </span>
        )}
      </span>
    </span>
  );
}

function LastSync({ at }: { at: string | null }) {
  const t = useTranslations('connections');
  const times = useTimes();
  if (!at) return <Dim>{t('apps.never')}</Dim>;
  return <RelativeTime text={times.ago(at)} exact={times.exact(at)} dateTime={at} />;
}

function Dim({ children }: { children: ReactNode }) {
  return <span className="text-text-subtle">{children}</span>;
}
