'use client';

import { useTranslations } from 'next-intl';
import { wizardPaths } from '#components/connections/app-identity.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import type { HeadState } from './actions-menu.tsx';

/** What stands in the way of syncing, and the one thing to do about it. */
export function StateBanner(props: HeadState) {
  const { status, connection, pause, disabledReason } = props;
  const t = useTranslations('settings');
  const connections = useTranslations('connections');
  const { ago, short } = useTimes();

  if (status === 'notConnected') {
    return (
      <Banner
        tone="info"
        action={
          disabledReason ? undefined : (
            <ButtonLink variant="secondary" size="medium" href={wizardPaths.salesforce}>
              {connections('head.connect')}
            </ButtonLink>
          )
        }
      >
        {t('notConnectedBanner')}
      </Banner>
    );
  }
  if (status === 'expired' || status === 'disconnected') {
    const text =
      status === 'expired'
        ? t('expiredBanner', { when: short(connection?.expiredAt ?? '') })
        : connections('head.disconnectedBanner', { when: ago(connection?.disconnectedAt ?? '') });
    return (
      <Banner tone={status === 'expired' ? 'danger' : 'caution'} action={<Again {...props} />}>
        {text}
      </Banner>
    );
  }
  if (status !== 'paused') return null;
  return (
    <Banner
      tone="caution"
      action={
        <Button
          variant="secondary"
          size="medium"
          onPress={() => pause.setPaused(false)}
          isBusy={pause.isSaving}
          isDisabled={disabledReason !== undefined}
          {...(disabledReason ? { disabledReason } : {})}
        >
          {t('resume')}
        </Button>
      }
    >
      {t('pausedBanner')}
    </Banner>
  );
}

function Again({ isOpening, disabledReason, onReconnect }: HeadState) {
  const connections = useTranslations('connections');
  return (
    <Button
      variant="secondary"
      size="medium"
      onPress={onReconnect}
      isBusy={isOpening}
      busyLabel={connections('reconnect')}
      isDisabled={disabledReason !== undefined}
      {...(disabledReason ? { disabledReason } : {})}
    >
      {connections('reconnect')}
    </Button>
  );
}
