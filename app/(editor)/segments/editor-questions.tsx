'use client';

import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import { Modal } from '#components/ui/modal.tsx';

export type Asking = 'leave' | 'clear' | null;

/** What the editor asks before something is lost. */
export function EditorQuestions(props: {
  asking: Asking;
  onClose: () => void;
  onKeep: () => void;
  onDiscard: () => void;
  onClear: () => void;
}) {
  const { asking, onClose, onKeep, onDiscard, onClear } = props;
  const t = useTranslations('segments.editor');
  const common = useTranslations('common');
  return (
    <>
      <Modal
        isOpen={asking === 'leave'}
        onClose={onClose}
        title={t('leaveTitle')}
        closeLabel={common('close')}
        role="alertdialog"
        footer={
          <>
            <Button variant="primary" onPress={onKeep}>
              {t('keepDraft')}
            </Button>
            <Button variant="secondary" onPress={onDiscard}>
              {t('discard')}
            </Button>
            <Button variant="tertiary" onPress={onClose}>
              {t('stay')}
            </Button>
          </>
        }
      >
        {t('leaveText')}
      </Modal>
      <ConfirmModal
        isOpen={asking === 'clear'}
        onClose={onClose}
        onConfirm={onClear}
        title={t('clearTitle')}
        confirmLabel={t('clearAll')}
        busyLabel={t('clearAll')}
        cancelLabel={common('cancel')}
        closeLabel={common('close')}
        isDangerous
      >
        {t('clearText')}
      </ConfirmModal>
    </>
  );
}
