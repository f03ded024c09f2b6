'use client';

import { type ReactNode, Suspense, useState } from 'react';
import { lazyWhenIdle } from './lazy-when-idle.tsx';

const ModalFrame = lazyWhenIdle(() => import('./modal-frame.tsx').then((file) => file.ModalFrame));

export interface ModalProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  closeLabel: string;
  children: ReactNode;
  /** Buttons, primary first. */
  footer?: ReactNode;
  /** 560 (default) or 480 px wide, for dangerous questions. */
  size?: 'medium' | 'small';
  /** `alertdialog` for a question that interrupts. */
  role?: 'dialog' | 'alertdialog';
  /** Nothing closes it but its buttons, while work runs. */
  isBusy?: boolean;
}

/** A dialog in the middle. Focus stays inside and returns to what opened it. */
export function Modal(props: ModalProps) {
  const wasOpen = useOnceOpen(props.isOpen);
  return <Suspense>{wasOpen && <ModalFrame {...props} />}</Suspense>;
}

/** Whether something has ever been open: from then on it also closes in its own way. */
export function useOnceOpen(isOpen: boolean): boolean {
  const [wasOpen, setWasOpen] = useState(isOpen);
  if (isOpen && !wasOpen) setWasOpen(true);
  return wasOpen || isOpen;
}
