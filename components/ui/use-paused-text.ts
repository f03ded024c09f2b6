'use client';

import { useEffect, useEffectEvent, useState } from 'react';

/** The search begins this long after the last key. */
const pauseMs = 250;

/**
 * What stands in a search field, and the way to change it. Once the keys rest, `onPause` gets the trimmed text,
 * if it is another than the one asked for. A text that is asked for from elsewhere comes into the field.
 */
export function usePausedText(asked: string, onPause: (text: string) => void) {
  const [typed, setTyped] = useState(asked);
  const [known, setKnown] = useState(asked);
  if (known !== asked) {
    setKnown(asked);
    setTyped(asked);
  }
  const ask = useEffectEvent((text: string) => {
    setKnown(text);
    onPause(text);
  });
  useEffect(() => {
    const text = typed.trim();
    if (text === asked) return;
    const timer = setTimeout(() => ask(text), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, asked]);
  return [typed, setTyped] as const;
}
