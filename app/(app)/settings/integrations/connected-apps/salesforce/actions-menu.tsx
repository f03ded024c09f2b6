'use client';

import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { importPath, wizardPaths } from '#components/connections/app-identity.ts';
import { type AppStatus, isUsable } from '#components/connections/app-status.ts';
import { type GuardedAction, guardItems } from '#components/connections/guard-items.ts';
import { Button } from '#components/ui/button.tsx';
import { Menu } from '#components/ui/menu.tsx';
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

type ActionsMenuProps = HeadState & { onDisconnect: () => void };

/** *Actions* of the Salesforce pages. */
export function ActionsMenu(props: ActionsMenuProps) {
  const t = useTranslations('settings');
  const connecting = useConnecting(props);
  const ending = useEnding(props);
  const { connection, pause, disabledReason } = props;
  const label = useTranslations('connections')('head.resumeItem');
  const pausing: GuardedAction = {
    id: 'pause',
    label: pause.isPaused ? label : t('pause'),
    onAction: () => pause.setPaused(!pause.isPaused),
    needsAdmin: true,
  };
  const imports = useTranslations('imports');
  const importing: GuardedAction = { id: 'import', label: imports('menu'), href: importPath };
  const activity: GuardedAction = { id: 'activity', label: t('viewActivity'), href: '/sync-activity' };
  const items = [...connecting, ...(connection ? [pausing, importing] : []), activity, ...ending];
  return (
    <Menu
      label={t('actions')}
      items={guardItems(items, disabledReason)}
      trigger={
        <Button variant="secondary" iconAfter={<ChevronDown size={14} strokeWidth={2.25} aria-hidden />}>
          {t('actions')}
        </Button>
      }
    />
  );
}

function useConnecting({ status, connection, onReconnect }: ActionsMenuProps): GuardedAction[] {
  const t = useTranslations('connections');
  const wizard = wizardPaths.salesforce;
  if (!connection) return [{ id: 'connect', label: t('head.connect'), href: wizard, needsAdmin: true }];
  const again: GuardedAction = {
    id: 'reconnect',
    label: t('reconnect'),
    onAction: onReconnect,
    needsAdmin: true,
  };
  return [
    ...(isUsable(status) ? [] : [again]),
    { id: 'user', label: t('head.otherUser'), href: wizard, needsAdmin: true },
    { id: 'sandbox', label: t('head.connectSandbox'), href: `${wizard}?sandbox=true`, needsAdmin: true },
  ];
}

function useEnding({ connection, onDisconnect }: ActionsMenuProps): GuardedAction[] {
  const t = useTranslations('connections');
  if (!connection || connection.status === 'disconnected') return [];
  const label = t('disconnect');
  return [{ id: 'disconnect', label, isDangerous: true, onAction: onDisconnect, needsAdmin: true }];
}
