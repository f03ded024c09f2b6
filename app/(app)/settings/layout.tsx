'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { SettingsLayout } from '#components/shell/settings-layout.tsx';

export default function SettingsPagesLayout({ children }: { children: ReactNode }) {
  const t = useTranslations('shell');
  return (
    <SettingsLayout
      title={t('settings')}
      openLabel={t('settingsMenu')}
      searchLabel={t('searchSettings')}
      clearLabel={t('clear')}
      noMatchText={(query) => t('noSetting', { query })}
      currentPath={usePathname()}
      sections={[
        {
          id: 'account',
          title: t('accountManagement'),
          items: [
            {
              label: t('integrations'),
              items: [{ label: t('connectedApps'), href: '/settings/integrations/connected-apps' }],
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
