'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { confirmHoldMutation } from '#lib/insight/queries.ts';
import type { Hold } from '#lib/insight/schemas.ts';

export interface ConfirmHoldProps {
  hold: Hold;
  /** An edit of the criteria made here has caused it. */
  isEdit: boolean;
  /** Of deletions in Salesforce: the contacts in HubSpot stay. */
  keepsContacts: boolean;
  onClose: () => void;
}

/** Asks whether what a poll has found may happen; where contacts are deleted, their number has to be typed. */
export function ConfirmHold({ hold, isEdit, keepsContacts, onClose }: ConfirmHoldProps) {
  const t = useTranslations('switch.hold');
  const common = useTranslations('common');
  const [typed, setTyped] = useState('');
  const { mutate, isPending } = useMutation({
    ...confirmHoldMutation(keepsContacts ? 'end-links' : 'confirm'),
    onSuccess: () => showToast({ tone: 'positive', title: t('went') }),
    onError: (failure) => showToast({ tone: 'caution', title: failure.message }),
    onSettled: onClose,
  });
  const { cause } = hold;
  if (cause === 'switch') return null;
  const count = hold.counts[0]?.people ?? 0;
  const isToType = cause === 'deletions' && !keepsContacts;
  const isTyped = !isToType || typed.replaceAll(/\D/g, '') === String(count);
  return (
    <ConfirmModal
      isOpen
      isDangerous={!keepsContacts}
      onClose={onClose}
      onConfirm={() => mutate(hold.id)}
      title={keepsContacts ? t('askLinks', { count }) : t(`ask2.${cause}`, { count })}
      confirmLabel={isEdit ? t('actEdit') : keepsContacts ? t('onlyLinks') : t(`act.${cause}`)}
      busyLabel={t('letting')}
      cancelLabel={t('keepWaiting')}
      closeLabel={common('close')}
      isBusy={isPending}
      {...(isTyped ? {} : { disabledReason: t('wrongNumber') })}
    >
      <p>{keepsContacts ? t('askLinksText') : t(`askText.${cause}`)}</p>
      {isToType && (
        <div className="mt-4">
          <TextField label={t('typeNumber', { count })} value={typed} onChange={setTyped} />
        </div>
      )}
    </ConfirmModal>
  );
}
