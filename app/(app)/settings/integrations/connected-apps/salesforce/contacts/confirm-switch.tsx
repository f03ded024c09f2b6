'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { ConfirmModal } from '#components/ui/confirm-modal.tsx';
import { showToast } from '#components/ui/toast.tsx';
import { letSwitchMutation } from '#lib/insight/queries.ts';
import type { SwitchPreview } from '#lib/insight/schemas.ts';

/** Asks a person whether so many may change sides, once they have looked at who stops. */
export function ConfirmSwitch(props: {
  preview: SwitchPreview;
  hasLooked: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const { preview, hasLooked, onClose, onDone } = props;
  const t = useTranslations('switch.hold');
  const common = useTranslations('common');
  const [isSure, setSure] = useState(false);
  const { mutate, isPending } = useMutation({
    ...letSwitchMutation('confirm'),
    onSuccess: onDone,
    onError: (failure) => {
      showToast({ tone: 'caution', title: failure.message });
      onClose();
    },
  });
  const { stop = 0, linkedStops = 0, linkedMoves = 0 } = preview.count.counts ?? {};
  const isStopping = stop > 0;
  const mustLook = isStopping && !hasLooked;
  const missing = mustLook ? t('lookFirst') : isStopping && !isSure ? t('tickFirst') : undefined;
  return (
    <ConfirmModal
      isOpen
      isDangerous
      onClose={onClose}
      onConfirm={() => mutate(preview.changeId)}
      title={isStopping ? t('question', { count: stop }) : t('questionMoves', { count: linkedMoves })}
      confirmLabel={isStopping ? t('let') : t('letMove')}
      busyLabel={t('letting')}
      cancelLabel={common('cancel')}
      closeLabel={common('close')}
      isBusy={isPending}
      {...(missing ? { disabledReason: missing } : {})}
    >
      {isStopping && <p>{t('questionText', { linked: linkedStops })}</p>}
      {isStopping && (
        <div className="mt-4">
          <Checkbox
            label={t('looked')}
            isSelected={isSure}
            onChange={setSure}
            isDisabled={mustLook}
            {...(mustLook ? { description: t('lookFirst') } : {})}
          />
        </div>
      )}
    </ConfirmModal>
  );
}
