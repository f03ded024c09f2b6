'use client';

import { useCallback, useSyncExternalStore } from 'react';

const queries = { md: '(width < 48rem)', lg: '(width < 68.75rem)', xl: '(width < 75rem)' } as const;

/** Whether the window is narrower than a breakpoint; no on the server. */
export function useNarrow(below: keyof typeof queries): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(queries[below]);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [below],
  );
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(queries[below]).matches,
    () => false,
  );
}
