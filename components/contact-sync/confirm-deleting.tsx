'use client';

import { useTranslations } from 'next-intl';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';

/** Asked before HubSpot's contacts follow a deletion in Salesforce. */
export function ConfirmDeleting(props: { isOpen: boolean; onClose: () => void; onConfirm: () => void }) {
  const { isOpen, onClose, onConfirm } = props;
  const t = useTranslations('settings.deleting');
  const common = useTranslations('common');
  return (
    <ConfirmModal
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={() => {
        onClose();
        onConfirm();
      }}
      title={t('confirmTitle')}
      confirmLabel={t('confirm')}
      busyLabel={common('saving')}
      cancelLabel={common('cancel')}
      closeLabel={common('close')}
      isDangerous
    >
      {t('confirmText')}
    </ConfirmModal>
  );
}
