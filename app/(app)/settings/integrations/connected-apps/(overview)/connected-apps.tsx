'use client';

import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useLastSync } from '#app/(app)/settings/shared/use-last-sync.ts';
import { useReconnect } from '#app/(app)/settings/shared/use-reconnect.ts';
import { type AppRow, appRows, causesOf, isUsable } from '#components/connections/app-status.ts';
import { NeedsAttention } from '#components/connections/needs-attention.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { connectionsQuery } from '#lib/connections/queries.ts';
import { holdsQuery } from '#lib/insight/queries.ts';
import { AppLog } from './app-log.tsx';
import { ConnectMenu } from './connect-menu.tsx';
import { YourApps } from './your-apps.tsx';

export interface ConnectedAppsProps {
  isAdmin: boolean;
  isPaused: boolean;
}

/** All that is connected: what needs doing, how the apps stand, what happened. */
export function ConnectedApps({ isAdmin, isPaused }: ConnectedAppsProps) {
  const t = useTranslations('connections');
  const common = useTranslations('common');
  const { data } = useSuspenseQuery(connectionsQuery());
  const isHeld = (useQuery(holdsQuery()).data?.holds.length ?? 0) > 0;
  const rows = appRows(data.connections, { isPaused, isHeld });
  const lastSyncAt = useLastSync(rows.every(({ status }) => isUsable(status)));
  const { opening, reconnect } = useReconnect();
  const disabledReason = isAdmin ? undefined : common('adminOnly');

  return (
    <>
      <PageHead
        title={t('title')}
        description={t('lead')}
        actions={<ConnectMenu rows={rows} disabledReason={disabledReason} />}
      />
      <PageBody isSpacious>
        <NeedsAttention
          causes={causesOf(rows)}
          onReconnect={({ app }) => {
            const connection = connectionOf(rows, app);
            if (connection) reconnect(connection);
          }}
          opening={opening}
          {...(disabledReason ? { disabledReason } : {})}
        />
        <YourApps
          rows={rows}
          lastSyncAt={lastSyncAt}
          disabledReason={disabledReason}
          onReconnect={reconnect}
          isHubspotUsable={rows.some(({ app, status }) => app === 'hubspot' && isUsable(status))}
        />
        <AppLog />
      </PageBody>
    </>
  );
}

function connectionOf(rows: readonly AppRow[], app: AppRow['app']) {
  return rows.find((row) => row.app === app)?.connection ?? null;
}
