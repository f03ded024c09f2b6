'use client';

import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type GuardedAction, guardItems } from '#components/connections/guard-items.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu } from '#components/ui/menu.tsx';

/** *Actions* of the HubSpot page. */
export function HubspotActions(props: {
  canDisconnect: boolean;
  disabledReason: string | undefined;
  onReconnect: () => void;
  onDisconnect: () => void;
}) {
  const { canDisconnect, disabledReason, onReconnect, onDisconnect } = props;
  const t = useTranslations('connections');
  const items: GuardedAction[] = [
    { id: 'reconnect', label: t('reconnect'), onAction: onReconnect, needsAdmin: true },
  ];
  if (canDisconnect) {
    items.push({
      id: 'disconnect',
      label: t('disconnect'),
      isDangerous: true,
      onAction: onDisconnect,
      needsAdmin: true,
    });
  }
  return (
    <Menu
      label={t('hubspotPage.actions')}
      items={guardItems(items, disabledReason)}
      trigger={
        <Button variant="secondary" iconAfter={<ChevronDown size={14} strokeWidth={2.25} aria-hidden />}>
          {t('hubspotPage.actions')}
        </Button>
      }
    />
  );
}
