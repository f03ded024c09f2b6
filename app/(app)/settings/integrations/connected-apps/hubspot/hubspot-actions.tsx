'use client';

import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Menu, type MenuAction } from '#components/ui/menu.tsx';

/** *Actions* of the HubSpot page. */
export function HubspotActions(props: {
  canDisconnect: boolean;
  disabledReason: string | undefined;
  onReconnect: () => void;
  onDisconnect: () => void;
}) {
  const { canDisconnect, disabledReason, onReconnect, onDisconnect } = props;
  const t = useTranslations('connections');
  const guarded = disabledReason ? { isDisabled: true, description: disabledReason } : {};
  const items: MenuAction[] = [{ id: 'reconnect', label: t('reconnect'), onAction: onReconnect, ...guarded }];
  if (canDisconnect) {
    items.push({
      id: 'disconnect',
      label: t('disconnect'),
      isDangerous: true,
      onAction: onDisconnect,
      ...guarded,
    });
  }
  return (
    <Menu
      label={t('hubspotPage.actions')}
      items={items}
      trigger={
        <Button variant="secondary" iconAfter={<ChevronDown size={14} strokeWidth={2.25} aria-hidden />}>
          {t('hubspotPage.actions')}
        </Button>
      }
    />
  );
}
