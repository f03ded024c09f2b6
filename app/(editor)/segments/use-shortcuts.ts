'use client';

import { useEffect, useRef } from 'react';

type Shortcuts = { onUndo: () => void; onRedo: () => void; onReview: () => void };

/** Ctrl/Cmd Z and Shift Ctrl/Cmd Z outside of text fields; Ctrl/Cmd S everywhere. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const isText = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (key === 's') latest.current.onReview();
      else if (key === 'z' && !isText) (event.shiftKey ? latest.current.onRedo : latest.current.onUndo)();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
