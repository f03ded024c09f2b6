'use client';

import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Modal } from './modal.tsx';

export interface ConfirmModalProps {
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  /** While it runs: "Deleting…". */
  busyLabel: string;
  cancelLabel: string;
  closeLabel: string;
  isDangerous?: boolean;
  isBusy?: boolean;
  /** Keeps the confirm button from working and says why. */
  disabledReason?: string;
}

/** A question with two answers; 480 px when the answer is dangerous. */
export function ConfirmModal(props: ConfirmModalProps) {
  const { isOpen, onClose, onConfirm, title, children, confirmLabel, busyLabel, cancelLabel } = props;
  const { closeLabel, isDangerous, isBusy, disabledReason } = props;
  return (
    <Modal
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      closeLabel={closeLabel}
      size={isDangerous ? 'small' : 'medium'}
      role="alertdialog"
      isBusy={isBusy}
      footer={
        <>
          <Button
            variant={isDangerous ? 'destructive' : 'primary'}
            onPress={onConfirm}
            isBusy={isBusy}
            busyLabel={busyLabel}
            isDisabled={disabledReason !== undefined}
            disabledReason={disabledReason}
          >
            {confirmLabel}
          </Button>
          <Button variant="secondary" onPress={onClose} isDisabled={isBusy}>
            {cancelLabel}
          </Button>
        </>
      }
    >
      {children}
    </Modal>
  );
}
