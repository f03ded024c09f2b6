'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal as AriaModal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from './icon-button.tsx';
import type { ModalProps } from './modal.tsx';

/** What a `Modal` shows. */
export function ModalFrame(props: ModalProps) {
  const { isOpen, onClose, title, closeLabel, children, footer, size = 'medium', role, isBusy } = props;
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={!isBusy && role !== 'alertdialog'}
      isKeyboardDismissDisabled={isBusy}
      className="fixed inset-0 z-40 grid place-items-center overflow-auto bg-scrim p-4 transition-opacity duration-[160ms] data-entering:opacity-0 data-exiting:opacity-0"
    >
      <AriaModal
        className={clsx(
          'z-41 max-h-full w-full overflow-hidden rounded-card bg-surface shadow-400 transition-[translate] duration-[160ms] data-entering:translate-y-1',
          size === 'medium' ? 'max-w-[560px]' : 'max-w-[480px]',
        )}
      >
        <Dialog role={role} className="flex max-h-[calc(100dvh-2rem)] flex-col outline-none">
          <DialogHead title={title} closeLabel={closeLabel} onClose={onClose} isBusy={isBusy} />
          <div className="min-h-0 flex-1 overflow-auto px-6 pb-6 max-md:px-4">{children}</div>
          {footer && <DialogFoot>{footer}</DialogFoot>}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  );
}

/** Title and close button of a dialog. */
export function DialogHead(props: {
  title: string;
  closeLabel: string;
  onClose: () => void;
  isBusy?: boolean;
  hasRule?: boolean;
}) {
  const { title, closeLabel, onClose, isBusy, hasRule } = props;
  return (
    <div
      className={clsx('flex items-start gap-3 px-6 pt-5 pb-4 max-md:px-4', hasRule && 'border-line border-b')}
    >
      <Heading slot="title" className="min-w-0 text-h2-page">
        {title}
      </Heading>
      <IconButton
        label={closeLabel}
        icon={<X size={16} aria-hidden />}
        onPress={onClose}
        isDisabled={isBusy}
        hasTooltip={false}
        className="-my-1 -mr-2 ml-auto"
      />
    </div>
  );
}

/** Buttons of a dialog, left-aligned. */
export function DialogFoot({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap gap-2 border-line border-t px-6 py-4 max-md:px-4">{children}</div>;
}
