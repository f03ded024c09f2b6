'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { settingsPaths } from '#components/connections/app-identity.ts';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import { Modal } from '#components/ui/modal.tsx';
import { RadioCards } from '#components/ui/radio-cards.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { Segment } from '#lib/segments/schemas.ts';

/** Asks before a segment is deleted; one that is in use says why it cannot be. */
export function DeleteDialog(props: {
  segment: Segment | null;
  onClose: () => void;
  onConfirm: (segment: Segment) => void;
  isBusy: boolean;
}) {
  const { segment, onClose, onConfirm, isBusy } = props;
  const t = useTranslations('segments.delete');
  const common = useTranslations('common');
  const isInUse = segment !== null && segment.uses.length > 0;
  return (
    <>
      <Modal
        isOpen={isInUse}
        onClose={onClose}
        title={t('inUseTitle')}
        closeLabel={common('close')}
        size="small"
        role="alertdialog"
        footer={
          <>
            <ButtonLink variant="primary" href={settingsPaths.salesforce}>
              {t('goToSettings')}
            </ButtonLink>
            <Button onPress={onClose}>{common('cancel')}</Button>
          </>
        }
      >
        {t('inUseText')}
      </Modal>
      <ConfirmModal
        isOpen={segment !== null && !isInUse}
        onClose={onClose}
        onConfirm={() => segment && onConfirm(segment)}
        title={t('title', { name: segment?.name ?? '' })}
        confirmLabel={t('confirm')}
        busyLabel={t('busy')}
        cancelLabel={common('cancel')}
        closeLabel={common('close')}
        isDangerous
        isBusy={isBusy}
      >
        {t('text')}
      </ConfirmModal>
    </>
  );
}

/** A new name for a segment; `error` is what HubSpot said of it. */
export function RenameDialog(props: {
  segment: Segment | null;
  onClose: () => void;
  onRename: (segment: Segment, name: string) => void;
  isBusy: boolean;
  error: string | null;
}) {
  const { segment, onClose, onRename, isBusy, error } = props;
  const t = useTranslations('segments.rename');
  const save = useTranslations('segments.save');
  const common = useTranslations('common');
  const [name, setName] = useState('');
  const [isChecked, setChecked] = useState(false);
  useEffect(() => {
    setName(segment?.name ?? '');
    setChecked(false);
  }, [segment]);
  const submit = () => {
    setChecked(true);
    if (segment && name.trim() !== '') onRename(segment, name.trim());
  };
  const missing = isChecked && name.trim() === '' ? save('nameMissing') : null;
  return (
    <Modal
      isOpen={segment !== null}
      onClose={onClose}
      title={t('title')}
      closeLabel={common('close')}
      isBusy={isBusy}
      footer={
        <>
          <Button variant="primary" onPress={submit} isBusy={isBusy} busyLabel={common('saving')}>
            {t('save')}
          </Button>
          <Button onPress={onClose} isDisabled={isBusy}>
            {common('cancel')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('label')}
        value={name}
        onChange={setName}
        maxLength={100}
        counter={`${name.length}/100`}
        autoFocus
        onKeyDown={(event) => event.key === 'Enter' && submit()}
        error={missing ?? error}
      />
    </Modal>
  );
}

/** *Create segment* begins with what it holds; only contacts sync. */
export function ObjectDialog({
  isOpen,
  onClose,
  onNext,
}: {
  isOpen: boolean;
  onClose: () => void;
  onNext: () => void;
}) {
  const t = useTranslations('segments.chooseObject');
  const common = useTranslations('common');
  return (
    <Modal
      isOpen={isOpen}
      onClose={onClose}
      title={t('title')}
      closeLabel={common('close')}
      footer={
        <>
          <Button variant="primary" onPress={onNext}>
            {t('next')}
          </Button>
          <Button onPress={onClose}>{common('cancel')}</Button>
        </>
      }
    >
      <RadioCards
        label={t('label')}
        value="contacts"
        onChange={() => undefined}
        options={[
          { id: 'contacts', label: t('contacts'), description: t('contactsText') },
          { id: 'companies', label: t('companies'), description: t('notSynced'), isDisabled: true },
          { id: 'deals', label: t('deals'), description: t('notSynced'), isDisabled: true },
        ]}
      />
    </Modal>
  );
}
