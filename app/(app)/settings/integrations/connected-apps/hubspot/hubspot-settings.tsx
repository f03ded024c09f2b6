'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useDisconnect } from '#app/(app)/settings/shared/use-disconnect.tsx';
import { useReconnect } from '#app/(app)/settings/shared/use-reconnect.ts';
import { appTiles, connectedAppsPath, settingsPaths } from '#components/connections/app-identity.ts';
import { isUsable, statusOf } from '#components/connections/app-status.ts';
import { StatusWord } from '#components/connections/status-word.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHead } from '#components/shell/page-head.tsx';
import { AppTile } from '#components/ui/app-tile.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { DefinitionList } from '#components/ui/definition-list.tsx';
import { connectionsQuery } from '#lib/connections/queries.ts';
import type { ConnectionView } from '#lib/connections/schemas.ts';
import { useTimes } from '#lib/i18n/use-times.ts';
import { HubspotActions } from './hubspot-actions.tsx';

/** The HubSpot account that the workspace works with. */
export function HubspotSettings({ isAdmin, accountName }: { isAdmin: boolean; accountName: string }) {
  const t = useTranslations('connections');
  const common = useTranslations('common');
  const { data } = useSuspenseQuery(connectionsQuery());
  const connection = data.connections.find(({ app }) => app === 'hubspot') ?? null;
  const status = statusOf('hubspot', connection, { isPaused: false, isHeld: false });
  const { opening, openHubspot } = useReconnect();
  const disconnect = useDisconnect('hubspot');
  const disabledReason = isAdmin ? undefined : common('adminOnly');
  const reconnect = () => void openHubspot(settingsPaths.hubspot);
  const word = (
    <span className="font-medium text-text">
      <StatusWord status={status} />
    </span>
  );
  return (
    <>
      <PageHead
        back={{ href: connectedAppsPath, label: t('title') }}
        tile={<AppTile {...appTiles.hubspot} />}
        title={t('hubspot')}
        facts={[
          { id: 'status', content: word },
          ...(connection ? [{ id: 'account', content: t('account', { id: connection.accountId }) }] : []),
        ]}
        actions={
          <HubspotActions
            canDisconnect={isUsable(status) || status === 'expired'}
            disabledReason={disabledReason}
            onReconnect={reconnect}
            onDisconnect={disconnect.ask}
          />
        }
      />
      {!isUsable(status) && (
        <NotWorking
          connection={connection}
          action={
            <Button
              variant="secondary"
              size="medium"
              onPress={reconnect}
              isBusy={opening !== null}
              busyLabel={connection ? t('reconnect') : t('connect.hubspot')}
              isDisabled={disabledReason !== undefined}
              {...(disabledReason ? { disabledReason } : {})}
            >
              {connection ? t('reconnect') : t('connect.hubspot')}
            </Button>
          }
        />
      )}
      <PageBody>
        {connection && <Account connection={connection} accountName={accountName} />}
        {disabledReason && <p className="text-small text-text-subtle">{disabledReason}</p>}
      </PageBody>
      {disconnect.modal}
    </>
  );
}

function NotWorking({ connection, action }: { connection: ConnectionView | null; action: ReactNode }) {
  const t = useTranslations('connections');
  const { ago, short } = useTimes();
  if (!connection)
    return (
      <Banner tone="caution" action={action}>
        {t('hubspotPage.never')}
      </Banner>
    );
  const isExpired = connection.status === 'expired';
  return (
    <Banner tone={isExpired ? 'danger' : 'caution'} action={action}>
      {isExpired
        ? t('hubspotPage.expiredBanner', { when: short(connection.expiredAt ?? connection.connectedAt) })
        : t('hubspotPage.disconnectedBanner', {
            when: ago(connection.disconnectedAt ?? connection.connectedAt),
          })}
    </Banner>
  );
}

function Account({ connection, accountName }: { connection: ConnectionView; accountName: string }) {
  const t = useTranslations('connections');
  const { exact } = useTimes();
  const { accountId, username, connectedBy, connectedAt, expiredAt, disconnectedAt } = connection;
  return (
    <Card title={t('hubspotPage.accountTitle')} description={t('hubspotPage.accountText')}>
      <div className="mt-5 max-w-[640px]">
        <DefinitionList
          items={[
            { term: t('hubspotPage.name'), value: accountName },
            { term: t('hubspotPage.id'), value: accountId },
            { term: t('hubspotPage.user'), value: username },
            { term: t('hubspotPage.connectedBy'), value: connectedBy ?? username },
            { term: t('hubspotPage.connectedAt'), value: exact(connectedAt) },
            ...(expiredAt ? [{ term: t('hubspotPage.expiredAt'), value: exact(expiredAt) }] : []),
            ...(disconnectedAt
              ? [{ term: t('hubspotPage.disconnectedAt'), value: exact(disconnectedAt) }]
              : []),
          ]}
        />
      </div>
    </Card>
  );
}
