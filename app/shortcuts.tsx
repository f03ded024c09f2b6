'use client';

import { createContext, type ReactNode, Suspense, use, useCallback, useEffect, useState } from 'react';
import { isSingleKey, useSingleKeys } from '#components/shell/single-keys.ts';
import { lazyWhenIdle } from '#components/ui/lazy-when-idle.tsx';
import { useOnceOpen } from '#components/ui/modal.tsx';

const ShortcutsDialog = lazyWhenIdle(() =>
  import('./shortcuts-dialog.tsx').then((file) => file.ShortcutsDialog),
);
const Show = createContext<() => void>(() => {});

/** Opens the list of keyboard shortcuts. */
export const useShowShortcuts = (): (() => void) => use(Show);

/** The list of keyboard shortcuts of every page; the key `?` opens it. */
export function Shortcuts({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const [hasSingleKeys] = useSingleKeys();
  const wasOpen = useOnceOpen(isOpen);
  useEffect(() => {
    if (!hasSingleKeys) return;
    const open = (event: KeyboardEvent) => {
      const isInDialog = document.querySelector('[role=dialog],[role=alertdialog]') !== null;
      if (isInDialog || !isSingleKey(event, '?')) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', open);
    return () => document.removeEventListener('keydown', open);
  }, [hasSingleKeys]);
  return (
    <Show value={useCallback(() => setOpen(true), [])}>
      {children}
      <Suspense>{wasOpen && <ShortcutsDialog isOpen={isOpen} onClose={() => setOpen(false)} />}</Suspense>
    </Show>
  );
}
