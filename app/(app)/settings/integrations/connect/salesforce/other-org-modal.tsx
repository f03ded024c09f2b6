'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useReconnect } from '#app/(app)/settings/shared/use-reconnect.ts';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import { recallLogin } from './login-memory.ts';

/** Asks whether another Salesforce organisation than before is meant. */
export function OtherOrgModal({ isAsked }: { isAsked: boolean }) {
  const t = useTranslations('connections');
  const common = useTranslations('common');
  const [isOpen, setOpen] = useState(isAsked);
  const { opening, openSalesforce } = useReconnect();
  return (
    <ConfirmModal
      isOpen={isOpen}
      onClose={() => {
        setOpen(false);
        window.history.replaceState(null, '', window.location.pathname);
      }}
      onConfirm={() => openSalesforce({ ...recallLogin(), otherOrg: true })}
      title={t('otherOrg.title')}
      confirmLabel={t('otherOrg.use')}
      busyLabel={t('otherOrg.use')}
      cancelLabel={common('cancel')}
      closeLabel={common('close')}
      isBusy={opening !== null}
    >
      <p>{t('otherOrg.text')}</p>
      <p className="mt-2 text-text-subtle">{t('otherOrg.again')}</p>
    </ConfirmModal>
  );
}
