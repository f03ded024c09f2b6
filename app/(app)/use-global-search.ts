'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo } from 'react';
import type { CommandGroup, CommandSearchProps } from '#components/shell/command-search.tsx';
import { searchSegmentNames } from '#lib/segments/queries.ts';

/** What the search of the top bar finds: pages of the settings, and segments by name. */
export function useGlobalSearch(): CommandSearchProps {
  const t = useTranslations('shell');
  const router = useRouter();
  const pages = useMemo(() => pagesOf(t), [t]);
  const onSearch = useCallback(
    async (query: string, signal: AbortSignal): Promise<CommandGroup[]> => {
      const wanted = query.toLocaleLowerCase();
      const settings = pages.filter((page) => page.label.toLocaleLowerCase().includes(wanted));
      const segments = await searchSegmentNames(query, signal);
      return [
        { id: 'settings', title: t('searchSettingsGroup'), items: settings },
        {
          id: 'segments',
          title: t('searchSegmentsGroup'),
          items: segments.slice(0, 8).map((segment) => ({
            id: `segment-${segment.listId}`,
            label: segment.name,
            href: `/segments/${segment.listId}`,
          })),
        },
      ].filter((group) => group.items.length > 0);
    },
    [pages, t],
  );

  return {
    label: t('search'),
    loadingLabel: t('searchLoading'),
    errorText: t('searchError'),
    noResultsText: (query) => t('searchEmpty', { query }),
    countText: (count) => t('searchCount', { count }),
    initial: [{ id: 'settings', title: t('searchSettingsGroup'), items: pages }],
    onSearch,
    onGo: (href) => router.push(href),
  };
}

type Translator = ReturnType<typeof useTranslations<'shell'>>;

function pagesOf(t: Translator) {
  return [
    { id: 'apps', label: t('connectedApps'), href: '/settings/integrations/connected-apps' },
    {
      id: 'salesforce',
      label: t('salesforceContacts'),
      href: '/settings/integrations/connected-apps/salesforce/contacts',
    },
    { id: 'general', label: t('general'), href: '/settings/general' },
    { id: 'audit', label: t('auditLog'), href: '/settings/audit-log' },
    { id: 'users', label: t('usersTeams'), href: '/settings/users' },
    { id: 'segments', label: t('segments'), href: '/segments' },
    { id: 'activity', label: t('syncActivity'), href: '/sync-activity' },
  ];
}
