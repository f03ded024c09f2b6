'use client';

import { Database, Users } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useShowShortcuts } from '#app/shortcuts.tsx';
import { connectedAppsPath } from '#components/connections/app-identity.ts';
import { AppShell } from '#components/shell/app-shell.tsx';
import { Main } from '#components/shell/main.tsx';
import { signOut } from '#lib/auth/queries.ts';
import { isLocale, localeNames, locales } from '#lib/i18n/locales.ts';
import { useChooseLanguage } from './use-choose-language.ts';
import { useGlobalSearch } from './use-global-search.ts';
import { useNotices } from './use-notices.ts';

export function AppFrame(props: {
  user: { name: string; email: string };
  account: { name: string; hubId: string };
  isSimulated: boolean;
  children: ReactNode;
}) {
  const { user, account, isSimulated, children } = props;
  const t = useTranslations('shell');
  const path = usePathname();
  const locale = useLocale();
  const chooseLanguage = useChooseLanguage();
  const search = useGlobalSearch();
  const notices = useNotices();
  const showShortcuts = useShowShortcuts();

  return (
    <AppShell
      currentPath={path}
      skipLabel={t('skip')}
      home={{ href: '/segments', label: t('home') }}
      openNavigationLabel={t('openNavigation')}
      rail={{
        label: t('main'),
        expandLabel: t('expand'),
        collapseLabel: t('collapse'),
        groups: [
          {
            id: 'crm',
            label: t('crm'),
            icon: <Users size={18} aria-hidden />,
            links: [
              { href: '/contacts', label: t('contacts') },
              { href: '/segments', label: t('segments') },
            ],
          },
          {
            id: 'data',
            label: t('dataManagement'),
            icon: <Database size={18} aria-hidden />,
            links: [
              { href: '/sync-activity', label: t('syncActivity') },
              { href: connectedAppsPath, label: t('connectedApps') },
            ],
          },
        ],
      }}
      search={search}
      create={{
        label: t('create'),
        items: [
          { id: 'segment', label: t('createSegment'), href: '/segments/new?object=contact' },
          {
            id: 'list',
            label: t('createInclusionList'),
            href: '/segments/new?object=contact&for=salesforce',
          },
        ],
      }}
      help={{
        label: t('help'),
        items: [
          { id: 'resync', label: t('helpResync'), href: '/help/resync' },
          { id: 'criteria', label: t('helpCriteria'), href: '/help/criteria' },
          { id: 'triggers', label: t('helpTriggers'), href: '/help/triggers' },
        ],
      }}
      settings={{ label: t('settings'), href: '/settings', isCurrent: path.startsWith('/settings') }}
      notifications={notices}
      account={{
        label: t('accountMenu'),
        userName: user.name,
        email: user.email,
        accountName: account.name,
        accountDetail: t('account', { hubId: account.hubId }),
        ...(isSimulated ? { tag: t('simulated') } : {}),
        language: {
          label: t('language'),
          value: locale,
          options: locales.map((id) => ({ id, name: localeNames[id] })),
        },
        onLanguage: (id) => {
          if (isLocale(id)) chooseLanguage(id);
        },
        items: [
          { id: 'profile', label: t('profile'), href: '/settings/general' },
          { id: 'users', label: t('usersTeams'), href: '/settings/users' },
          { id: 'shortcuts', label: t('shortcuts.title'), onAction: showShortcuts },
        ],
        signOut: {
          label: t('signOut'),
          onAction: () => void signOut('/login').then((url) => window.location.assign(url)),
        },
      }}
    >
      {path.startsWith('/settings') ? children : <Main path={path}>{children}</Main>}
    </AppShell>
  );
}
