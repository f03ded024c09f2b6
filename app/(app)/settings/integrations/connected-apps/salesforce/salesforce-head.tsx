'use client';

import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { usePathname } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useDisconnect } from '#app/(app)/settings/shared/use-disconnect.tsx';
import { useLastSync } from '#app/(app)/settings/shared/use-last-sync.ts';
import { useReconnect } from '#app/(app)/settings/shared/use-reconnect.ts';
import {
  appTiles,
  connectedAppsPath,
  healthPath,
  settingsPaths,
} from '#components/connections/app-identity.ts';
import { type AppStatus, isUsable, statusOf } from '#components/connections/app-status.ts';
import { StatusWord } from '#components/connections/status-word.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { AppTile } from '#components/ui/app-tile.tsx';
import { PageTabs } from '#components/ui/page-tabs.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { connectionsQuery } from '#lib/connections/queries.ts';
import type { ConnectionView } from '#lib/connections/schemas.ts';
import { useTimes } from '#lib/i18n/use-times.ts';
import { healthQuery, holdsQuery } from '#lib/insight/queries.ts';
import { ActionsMenu } from './actions-menu.tsx';
import { HoldBanner } from './hold-banner.tsx';
import { StateBanner } from './state-banner.tsx';
import { usePause } from './use-pause.ts';

export interface SalesforceHeadProps {
  isAdmin: boolean;
  /** As the server saw it; the settings of the tab know it newer. */
  isPausedAtFirst: boolean;
}

/** Head of all Salesforce pages: facts, actions, tabs, and what stands in the way of syncing. */
export function SalesforceHead({ isAdmin, isPausedAtFirst }: SalesforceHeadProps) {
  const t = useTranslations('settings');
  const connections = useTranslations('connections');
  const common = useTranslations('common');
  const health = useTranslations('health');
  const format = useFormatter();
  const path = usePathname();
  const { data } = useSuspenseQuery(connectionsQuery());
  const connection = data.connections.find(({ app }) => app === 'salesforce') ?? null;
  const pause = usePause(isPausedAtFirst);
  const { opening, reconnect } = useReconnect();
  const disconnect = useDisconnect('salesforce');
  const errors = useQuery(healthQuery()).data?.errors.errors ?? 0;
  const count = { text: format.number(errors), label: health('tabErrors', { count: errors }) };
  const isHeld = (useQuery(holdsQuery()).data?.holds.length ?? 0) > 0;
  const status = statusOf('salesforce', connection, { isPaused: pause.isPaused, isHeld });
  const facts = useFacts(status, connection, useLastSync(isUsable(status)));
  const shared = {
    status,
    connection,
    pause,
    isOpening: opening !== null,
    disabledReason: isAdmin ? undefined : common('adminOnly'),
    onReconnect: () => connection && reconnect(connection),
  };
  return (
    <>
      <PageHead
        back={{ href: connectedAppsPath, label: t('back') }}
        tile={<AppTile {...appTiles.salesforce} />}
        title={connections('salesforce')}
        facts={facts}
        actions={<ActionsMenu {...shared} onDisconnect={disconnect.ask} />}
        tabs={
          <PageTabs
            label={t('tabs')}
            tabs={[
              { href: healthPath, label: health('title'), ...(errors > 0 ? { count } : {}) },
              { href: settingsPaths.salesforce, label: t('tabContacts') },
            ]}
            current={path.startsWith(settingsPaths.salesforce) ? settingsPaths.salesforce : path}
          />
        }
      />
      <StateBanner {...shared} />
      <HoldBanner />
      {disconnect.modal}
    </>
  );
}

function useFacts(status: AppStatus, connection: ConnectionView | null, lastSyncAt: string | null) {
  const t = useTranslations('settings');
  const connections = useTranslations('connections');
  const times = useTimes();
  const word = (
    <span className="font-medium text-text">
      <StatusWord status={status} />
    </span>
  );
  if (!connection) return [{ id: 'status', content: word }];
  const synced = lastSyncAt && {
    text: t('lastSync', { when: times.ago(lastSyncAt) }),
    exact: times.exact(lastSyncAt),
    dateTime: lastSyncAt,
  };
  return [
    { id: 'status', content: word },
    { id: 'user', content: <span className="wrap-anywhere">{connection.username}</span> },
    { id: 'kind', content: connection.sandbox ? connections('sandbox') : connections('production') },
    { id: 'sync', content: synced ? <RelativeTime {...synced} /> : t('neverSynced') },
  ];
}
