'use client';

import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { wizardPaths } from '#components/connections/app-identity.ts';
import type { AppStatus } from '#components/connections/app-status.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu, type MenuAction } from '#components/ui/menu.tsx';
import type { ConnectionView } from '#lib/connections/schemas.ts';
import type { usePause } from './use-pause.ts';

export interface HeadState {
  status: AppStatus;
  connection: ConnectionView | null;
  pause: ReturnType<typeof usePause>;
  /** Salesforce's log-in opens just now. */
  isOpening: boolean;
  disabledReason: string | undefined;
  onReconnect: () => void;
}

/** *Actions* of the Salesforce pages. */
export function ActionsMenu(props: HeadState & { onDisconnect: () => void }) {
  const { status, connection, pause, disabledReason, onReconnect, onDisconnect } = props;
  const t = useTranslations('settings');
  const connections = useTranslations('connections');
  const guarded = disabledReason ? { isDisabled: true, description: disabledReason } : {};
  const wizard = wizardPaths.salesforce;
  const activity: MenuAction = { id: 'activity', label: t('viewActivity'), href: '/sync-activity' };

  const connecting: MenuAction[] = connection
    ? [
        { id: 'user', label: connections('head.otherUser'), href: wizard, ...guarded },
        {
          id: 'sandbox',
          label: connections('head.connectSandbox'),
          href: `${wizard}?sandbox=true`,
          ...guarded,
        },
      ]
    : [{ id: 'connect', label: connections('head.connect'), href: wizard, ...guarded }];
  const again: MenuAction[] =
    status === 'expired' || status === 'disconnected'
      ? [{ id: 'reconnect', label: connections('reconnect'), onAction: onReconnect, ...guarded }]
      : [];
  const pausing: MenuAction[] = connection
    ? [
        {
          id: 'pause',
          label: pause.isPaused ? connections('head.resumeItem') : t('pause'),
          onAction: () => pause.setPaused(!pause.isPaused),
          ...guarded,
        },
      ]
    : [];
  const ending: MenuAction[] =
    connection && connection.status !== 'disconnected'
      ? [
          {
            id: 'disconnect',
            label: connections('disconnect'),
            isDangerous: true,
            onAction: onDisconnect,
            ...guarded,
          },
        ]
      : [];

  return (
    <Menu
      label={t('actions')}
      items={[...again, ...connecting, ...pausing, activity, ...ending]}
      trigger={
        <Button variant="secondary" iconAfter={<ChevronDown size={14} strokeWidth={2.25} aria-hidden />}>
          {t('actions')}
        </Button>
      }
    />
  );
}
