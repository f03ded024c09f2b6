'use client';

import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function read(key: string): boolean {
  try {
    return localStorage.getItem(key) === 'true';
  } catch {
    // Storage can be forbidden by the browser; then nothing is remembered.
    return false;
  }
}

/** A yes-or-no choice that this browser remembers; no until chosen otherwise. */
export function useRemembered(key: string): [boolean, (value: boolean) => void] {
  const subscribe = useCallback((listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, []);
  const value = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => false,
  );
  const remember = useCallback(
    (next: boolean) => {
      try {
        localStorage.setItem(key, String(next));
      } catch {
        // As above: the choice then lasts no longer than this page.
      }
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [value, remember];
}
