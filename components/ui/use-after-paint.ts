'use client';

import { startTransition, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/**
 * False at first, true once what was rendered with that has been on the screen for a frame: what is not in sight
 * must not hold up what is. `hasten` does not wait, for a key that needs the rest.
 */
export function useAfterPaint(): [isAfter: boolean, hasten: () => void] {
  const [isAfter, setAfter] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        timer = setTimeout(() => startTransition(() => setAfter(true)));
      });
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return [isAfter, () => flushSync(() => setAfter(true))];
}
