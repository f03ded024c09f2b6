'use client';

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal as AriaModal, ModalOverlay } from 'react-aria-components/Modal';
import { DialogFoot, DialogHead } from './modal-frame.tsx';

export interface SidePanelProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  closeLabel: string;
  children: ReactNode;
  footer?: ReactNode;
  /** 520 (default) or 640 px; full width below 768. */
  size?: 'medium' | 'large';
  isBusy?: boolean;
}

/** A dialog that slides in from the right, full height. */
export function SidePanel(props: SidePanelProps) {
  const { isOpen, onClose, title, closeLabel, children, footer, size = 'medium', isBusy } = props;
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={!isBusy}
      isKeyboardDismissDisabled={isBusy}
      className="fixed inset-0 z-40 overflow-hidden bg-scrim transition-opacity duration-[220ms] data-entering:opacity-0 data-exiting:opacity-0"
    >
      <AriaModal
        className={clsx(
          'fixed inset-y-0 right-0 z-41 w-full bg-surface shadow-400 transition-[translate] duration-[220ms] data-entering:translate-x-6 data-exiting:translate-x-6',
          size === 'medium' ? 'md:w-[520px]' : 'md:w-[640px]',
        )}
      >
        <Dialog className="flex h-full flex-col outline-none">
          <DialogHead title={title} closeLabel={closeLabel} onClose={onClose} isBusy={isBusy} hasRule />
          <div className="min-h-0 flex-1 overflow-auto px-6 py-5 max-md:px-4">{children}</div>
          {footer && <DialogFoot>{footer}</DialogFoot>}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  );
}
