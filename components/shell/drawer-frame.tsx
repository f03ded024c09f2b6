'use client';

import { clsx } from 'clsx';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import type { DrawerProps } from './drawer.tsx';

/** What a `Drawer` shows. */
export function DrawerFrame({ isOpen, onClose, label, isOnShell, children }: DrawerProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-40 bg-scrim transition-opacity duration-[220ms] data-entering:opacity-0 data-exiting:opacity-0"
    >
      <Modal
        className={clsx(
          'fixed inset-y-0 left-0 z-41 w-64 max-w-[calc(100vw-3rem)] shadow-400 transition-[translate] duration-[220ms] data-entering:-translate-x-6 data-exiting:-translate-x-6',
          isOnShell ? 'on-shell bg-shell text-shell-text' : 'bg-surface-recessed',
        )}
      >
        <Dialog aria-label={label} className="h-full overflow-auto outline-none">
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
