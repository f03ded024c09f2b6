'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo } from 'react';
import { connectedAppsPath, settingsPaths } from '#components/connections/app-identity.ts';
import type { CommandGroup, CommandSearchProps } from '#components/shell/command-search.tsx';
import { searchContactNames } from '#lib/insight/queries.ts';
import { searchSegmentNames } from '#lib/segments/queries.ts';

/** What the search of the top bar finds: pages of the settings, segments and contacts; those also by e-mail or id. */
export function useGlobalSearch(): CommandSearchProps {
  const t = useTranslations('shell');
  const router = useRouter();
  const pages = useMemo(() => pagesOf(t), [t]);
  const onSearch = useCallback(
    async (query: string, signal: AbortSignal): Promise<CommandGroup[]> => {
      const wanted = query.toLocaleLowerCase();
      const settings = pages.filter((page) => page.label.toLocaleLowerCase().includes(wanted));
      const [segments, contacts] = await Promise.all([
        searchSegmentNames(query, signal),
        searchContactNames(query, signal),
      ]);
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
        {
          id: 'contacts',
          title: t('searchContactsGroup'),
          items: contacts.slice(0, 8).map(({ id, name, email }) => ({
            id: `contact-${id}`,
            label: name && email ? `${name}, ${email}` : (name ?? email ?? id),
            href: `/contacts/${id}`,
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
    { id: 'apps', label: t('connectedApps'), href: connectedAppsPath },
    {
      id: 'salesforce',
      label: t('salesforceContacts'),
      href: settingsPaths.salesforce,
    },
    { id: 'general', label: t('general'), href: '/settings/general' },
    { id: 'audit', label: t('auditLog'), href: '/settings/audit-log' },
    { id: 'users', label: t('usersTeams'), href: '/settings/users' },
    { id: 'contacts', label: t('contacts'), href: '/contacts' },
    { id: 'segments', label: t('segments'), href: '/segments' },
    { id: 'activity', label: t('syncActivity'), href: '/sync-activity' },
  ];
}
