'use client';

import type { KeyboardEvent as ReactKeyboardEvent } from 'react';
import { useRemembered } from './use-remembered.ts';

/**
 * Whether single letters are shortcuts, and how to choose it for this browser: who speaks to the computer, or presses
 * keys by accident, turns them off (WCAG 2.1.4).
 */
export function useSingleKeys(): [isOn: boolean, choose: (isOn: boolean) => void] {
  const [isOff, setOff] = useRemembered('single-keys-off');
  return [!isOff, (isOn) => setOff(!isOn)];
}

/** Is it this letter alone, where nobody is typing? */
export function isSingleKey(event: KeyboardEvent | ReactKeyboardEvent, key: string): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const { target } = event;
  const isTyping =
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLElement && target.isContentEditable);
  return !isTyping && event.key.toLowerCase() === key;
}
