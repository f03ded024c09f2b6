'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { connectedAppsPath } from '#components/connections/app-identity.ts';
import { SettingsLayout } from '#components/shell/settings-layout.tsx';

/** The wizards belong to Connected Apps. */
const wizards = '/settings/integrations/connect/';

export default function SettingsPagesLayout({ children }: { children: ReactNode }) {
  const t = useTranslations('shell');
  const path = usePathname();
  return (
    <SettingsLayout
      title={t('settings')}
      openLabel={t('settingsMenu')}
      searchLabel={t('searchSettings')}
      clearLabel={t('clear')}
      noMatchText={(query) => t('noSetting', { query })}
      currentPath={path.startsWith(wizards) ? connectedAppsPath : path}
      sections={[
        {
          id: 'preferences',
          title: t('yourPreferences'),
          items: [{ label: t('general'), href: '/settings/general' }],
        },
        {
          id: 'account',
          title: t('accountManagement'),
          items: [
            { label: t('auditLog'), href: '/settings/audit-log' },
            { label: t('usersTeams'), href: '/settings/users' },
            {
              label: t('integrations'),
              items: [{ label: t('connectedApps'), href: connectedAppsPath }],
            },
          ],
        },
        {
          id: 'data',
          title: t('dataManagement'),
          items: [{ label: t('segments'), href: '/segments' }],
        },
        { id: 'tools', title: t('tools'), items: [{ label: t('syncActivity'), href: '/sync-activity' }] },
      ]}
    >
      {children}
    </SettingsLayout>
  );
}
