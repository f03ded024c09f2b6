'use client';

import { createContext, use, useEffect } from 'react';

/** Tells the toast around it whether something in it is still to come. */
export const ToastWaiting = createContext<(isWaiting: boolean) => void>(() => {});

/** For what stands in a toast: its 8 s begin when nothing in it is waited for any more. */
export function useToastWaiting(isWaiting: boolean): void {
  const tell = use(ToastWaiting);
  useEffect(() => tell(isWaiting), [tell, isWaiting]);
}
