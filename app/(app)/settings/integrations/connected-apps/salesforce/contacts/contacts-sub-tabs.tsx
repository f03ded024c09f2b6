'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { mappingsPath, settingsPaths } from '#components/connections/app-identity.ts';
import { SubTabs } from '#components/ui/sub-tabs.tsx';

/** The two parts of the Contacts tab. */
export function ContactsSubTabs() {
  const t = useTranslations('mappings.subTabs');
  return (
    <div className="px-10 pt-5 max-md:px-4 max-md:pt-4">
      <SubTabs
        label={t('label')}
        tabs={[
          { href: settingsPaths.salesforce, label: t('rules'), shortLabel: t('rulesShort') },
          { href: mappingsPath, label: t('mappings'), shortLabel: t('mappingsShort') },
        ]}
        current={usePathname()}
      />
    </div>
  );
}
