'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useDisconnect } from '#app/(app)/settings/shared/use-disconnect.tsx';
import { settingsPaths, wizardPaths } from '#components/connections/app-identity.ts';
import { type AppRow, appStatuses } from '#components/connections/app-status.ts';
import { AppsTable } from '#components/connections/apps-table.tsx';
import { type GuardedAction, guardItems } from '#components/connections/guard-items.ts';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { PageSection } from '#components/ui/card.tsx';
import { ConnectArt } from '#components/ui/empty-art.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { FilterSelect } from '#components/ui/filter-select.tsx';
import { SearchField } from '#components/ui/search-field.tsx';
import type { ConnectionView } from '#lib/connections/schemas.ts';

type StatusFilter = AppRow['status'] | 'all';

export interface YourAppsProps {
  rows: readonly AppRow[];
  lastSyncAt: string | null;
  disabledReason: string | undefined;
  isHubspotUsable: boolean;
  onReconnect: (connection: ConnectionView) => void;
}

/** *Your apps* with search, filter and what can be done with each. */
export function YourApps(props: YourAppsProps) {
  const { rows, lastSyncAt } = props;
  const t = useTranslations('connections');
  const common = useTranslations('common');
  const [query, setQuery] = useState('');
  const [status, setStatus] = useState<StatusFilter>('all');
  const { actionsOf, modals } = useRowActions(props);

  if (rows.every(({ connection }) => connection === null)) return <NoApps {...props} />;
  const wanted = query.trim().toLocaleLowerCase();
  const shown = rows.filter(
    (row) => t(row.app).toLocaleLowerCase().includes(wanted) && (status === 'all' || row.status === status),
  );
  return (
    <PageSection
      title={t('apps.title')}
      actions={
        <>
          <SearchField
            label={t('apps.search')}
            clearLabel={common('clearSearch')}
            value={query}
            onChange={setQuery}
            className="w-55 max-md:flex-1"
          />
          <FilterSelect
            label={t('apps.filter')}
            value={status}
            onChange={setStatus}
            options={[
              { id: 'all', label: t('apps.all') },
              ...appStatuses.map((id) => ({ id, label: t(`status.${id}`) })),
            ]}
          />
        </>
      }
    >
      <AppsTable
        rows={shown}
        lastSyncAt={lastSyncAt}
        actionsOf={actionsOf}
        empty={
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-5 text-text-subtle">
            {wanted === '' ? t('apps.noStatus') : t('apps.noMatch', { query: query.trim() })}
            <Button
              variant="link"
              onPress={() => {
                setQuery('');
                setStatus('all');
              }}
            >
              {t('apps.showAll')}
            </Button>
          </div>
        }
      />
      {modals}
    </PageSection>
  );
}

/** The row menu of each app, and the modals that it opens. */
function useRowActions({ disabledReason, isHubspotUsable, onReconnect }: YourAppsProps) {
  const t = useTranslations('connections');
  const disconnects = { hubspot: useDisconnect('hubspot'), salesforce: useDisconnect('salesforce') };

  function itemsOf({ app, connection }: AppRow): GuardedAction[] {
    const open = { id: 'open', label: t('apps.open'), href: settingsPaths[app] };
    if (!connection) {
      const label = t(`connect.${app}`);
      const waits = isHubspotUsable ? {} : { isDisabled: true, description: t('connect.hubspotFirst') };
      return [{ id: 'connect', label, href: wizardPaths[app], needsAdmin: true, ...waits }, open];
    }
    const again = () => onReconnect(connection);
    const items = [open, { id: 'reconnect', label: t('reconnect'), onAction: again, needsAdmin: true }];
    if (connection.status === 'disconnected') return items;
    const { ask } = disconnects[app];
    const label = t('disconnect');
    return [...items, { id: 'disconnect', label, isDangerous: true, onAction: ask, needsAdmin: true }];
  }

  return {
    actionsOf: (row: AppRow) => guardItems(itemsOf(row), disabledReason),
    modals: (
      <>
        {disconnects.hubspot.modal}
        {disconnects.salesforce.modal}
      </>
    ),
  };
}

function NoApps({ disabledReason, isHubspotUsable }: YourAppsProps) {
  const t = useTranslations('connections');
  const reason = disabledReason ?? (isHubspotUsable ? undefined : t('connect.hubspotFirst'));
  return (
    <EmptyState
      art={<ConnectArt />}
      title={t('apps.emptyTitle')}
      actions={
        <>
          {disabledReason ? (
            <Button variant="primary" isDisabled disabledReason={disabledReason}>
              {t('connect.hubspot')}
            </Button>
          ) : (
            <ButtonLink variant="primary" href={wizardPaths.hubspot}>
              {t('connect.hubspot')}
            </ButtonLink>
          )}
          <Button variant="secondary" isDisabled {...(reason ? { disabledReason: reason } : {})}>
            {t('connect.salesforce')}
          </Button>
        </>
      }
    >
      {t('apps.emptyText')}
      <span className="block text-small">{reason}</span>
    </EmptyState>
  );
}
