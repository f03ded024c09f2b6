'use client';

import { type ReactNode, Suspense } from 'react';
import { lazyWhenIdle } from '../ui/lazy-when-idle.tsx';
import { useOnceOpen } from '../ui/modal.tsx';

const DrawerFrame = lazyWhenIdle(() => import('./drawer-frame.tsx').then((file) => file.DrawerFrame));

export interface DrawerProps {
  isOpen: boolean;
  onClose: () => void;
  label: string;
  isOnShell?: boolean;
  children: ReactNode;
}

/** Navigation that slides in from the left on narrow screens, 256 px wide. */
export function Drawer(props: DrawerProps) {
  const wasOpen = useOnceOpen(props.isOpen);
  return <Suspense>{wasOpen && <DrawerFrame {...props} />}</Suspense>;
}
