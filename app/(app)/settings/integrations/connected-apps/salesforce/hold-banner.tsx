'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { settingsPaths } from '#components/connections/app-identity.ts';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { useTimes } from '#lib/i18n/use-times.ts';
import { confirmHoldMutation, holdsQuery } from '#lib/insight/queries.ts';
import type { Hold } from '#lib/insight/schemas.ts';

/** On every tab: writing has stopped and waits for a person, and the way to look at it. */
export function HoldBanner() {
  const t = useTranslations('switch.hold');
  const { short } = useTimes();
  const { data } = useQuery(holdsQuery());
  const [asked, setAsked] = useState<Hold | null>(null);
  const [hold] = data?.holds ?? [];
  if (!hold) return null;
  const { cause, changeId, since, counts } = hold;
  const count = counts[0]?.people ?? 0;
  const look = cause === 'switch' && changeId !== null && (
    <ButtonLink variant="secondary" size="medium" href={`${settingsPaths.salesforce}?change=${changeId}`}>
      {t('look')}
    </ButtonLink>
  );
  const confirm = cause !== 'switch' && data?.canConfirm && (
    <Button variant="secondary" size="medium" onPress={() => setAsked(hold)}>
      {t(`act.${cause}`)}
    </Button>
  );
  return (
    <Banner tone="danger" role="alert" action={look || confirm || undefined}>
      {cause === 'switch' ? t('banner', { count }) : t(`bannerOther.${cause}`, { count, when: short(since) })}
      {asked && <ConfirmHold hold={asked} onClose={() => setAsked(null)} />}
    </Banner>
  );
}

/** Asks whether what a poll has found may happen; for deletions their number has to be typed. */
function ConfirmHold({ hold, onClose }: { hold: Hold; onClose: () => void }) {
  const t = useTranslations('switch.hold');
  const common = useTranslations('common');
  const [typed, setTyped] = useState('');
  const { mutate, isPending } = useMutation({
    ...confirmHoldMutation(),
    onSuccess: () => showToast({ tone: 'positive', title: t('went') }),
    onError: (failure) => showToast({ tone: 'caution', title: failure.message }),
    onSettled: onClose,
  });
  const { cause } = hold;
  if (cause === 'switch') return null;
  const count = hold.counts[0]?.people ?? 0;
  const isToType = cause === 'deletions';
  const isTyped = !isToType || typed.replaceAll(/\D/g, '') === String(count);
  return (
    <ConfirmModal
      isOpen
      isDangerous
      onClose={onClose}
      onConfirm={() => mutate(hold.id)}
      title={t(`ask2.${cause}`, { count })}
      confirmLabel={t(`act.${cause}`)}
      busyLabel={t('letting')}
      cancelLabel={common('cancel')}
      closeLabel={common('close')}
      isBusy={isPending}
      {...(isTyped ? {} : { disabledReason: t('wrongNumber') })}
    >
      <p>{t(`askText.${cause}`)}</p>
      {isToType && (
        <div className="mt-4">
          <TextField label={t('typeNumber', { count })} value={typed} onChange={setTyped} />
        </div>
      )}
    </ConfirmModal>
  );
}
