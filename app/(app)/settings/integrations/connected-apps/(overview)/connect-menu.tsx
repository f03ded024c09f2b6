'use client';

import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { settingsPaths, wizardPaths } from '#components/connections/app-identity.ts';
import { type AppRow, isUsable } from '#components/connections/app-status.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu } from '#components/ui/menu.tsx';

/** *Connect an app*: the way to the wizard, or to the settings of what is connected already. */
export function ConnectMenu(props: { rows: readonly AppRow[]; disabledReason: string | undefined }) {
  const { rows, disabledReason } = props;
  const t = useTranslations('connections');
  const label = t('connect.menu');
  const button = (
    <Button
      variant="primary"
      iconAfter={<ChevronDown size={14} strokeWidth={2.25} aria-hidden />}
      {...(disabledReason ? { isDisabled: true, disabledReason } : {})}
    >
      {label}
    </Button>
  );
  if (disabledReason) return button;
  const isHubspotUsable = rows.some(({ app, status }) => app === 'hubspot' && isUsable(status));
  return (
    <Menu
      label={label}
      trigger={button}
      items={rows.map(({ app, status }) => {
        const isConnected = isUsable(status);
        const mustWait = app === 'salesforce' && !isConnected && !isHubspotUsable;
        return {
          id: app,
          label: t(app),
          href: isConnected ? settingsPaths[app] : wizardPaths[app],
          isDisabled: mustWait,
          ...(isConnected ? { description: t(`status.${status}`) } : {}),
          ...(mustWait ? { description: t('connect.hubspotFirst') } : {}),
        };
      })}
    />
  );
}
