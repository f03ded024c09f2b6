'use client';

import { useEffect, useState } from 'react';

/** Counts down on this browser's own clock from what the server said was left; anew for each id. */
export function useCountdown(of: { id: string; secondsLeft: number } | null): number {
  const [left, setLeft] = useState(of?.secondsLeft ?? 0);
  const id = of?.id;
  const start = of?.secondsLeft ?? 0;
  useEffect(() => {
    setLeft(start);
    if (id === undefined || start <= 0) return;
    const deadline = performance.now() + start * 1000;
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((deadline - performance.now()) / 1000));
      setLeft(seconds);
      if (seconds === 0) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [id, start]);
  return id === undefined ? 0 : left;
}
