'use client';

import { useEffect, useRef, useState } from 'react';

const APPEAR_AFTER_MS = 200;
const SHOWN_AT_LEAST_MS = 400;

/**
 * Whether a skeleton should stand in for content: it appears only after 200 ms of loading and, once seen,
 * stays at least 400 ms, so nothing flickers.
 */
export function useLoadingShown(isLoading: boolean): boolean {
  const [isShown, setShown] = useState(false);
  const since = useRef(0);
  useEffect(() => {
    if (isLoading === isShown) return;
    const wait = isLoading
      ? APPEAR_AFTER_MS
      : Math.max(0, since.current + SHOWN_AT_LEAST_MS - performance.now());
    const timer = setTimeout(() => {
      since.current = performance.now();
      setShown(isLoading);
    }, wait);
    return () => clearTimeout(timer);
  }, [isLoading, isShown]);
  return isShown;
}
