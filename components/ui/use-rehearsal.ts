'use client';

import { startTransition, useEffect, useState } from 'react';
import { whenIdle } from './lazy-when-idle.tsx';

const rehearsed = new Set<string>();

/**
 * True for a moment, once for each name and document, when the browser has nothing else to do: what is shown hidden
 * meanwhile has been compiled by the time when somebody waits for it.
 */
export function useRehearsal(name: string): boolean {
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    if (rehearsed.has(name)) return;
    rehearsed.add(name);
    whenIdle(() => startTransition(() => setOn(true)));
  }, [name]);
  useEffect(() => {
    // It has been rendered: a hidden copy is not kept a moment longer.
    if (isOn) setOn(false);
  }, [isOn]);
  return isOn;
}
