'use client';

import { type RefObject, useEffect, useState } from 'react';

const barHeight = 48;
const panelWidth = 440;

/**
 * Where the panel begins beside the page: under the tab line, and no higher than the top bar when the page is
 * scrolled. Makes room for it where toasts appear. `anchor` is the first thing of the tab's body.
 */
export function usePanelPlace(anchor: RefObject<HTMLElement | null>, isOpen: boolean): number {
  const [top, setTop] = useState(barHeight);
  useEffect(() => {
    const element = anchor.current;
    const scroller = element?.closest('main');
    if (!isOpen || !element || !scroller) return;
    const measure = () => {
      const first = element.previousElementSibling ?? element;
      setTop(Math.max(barHeight, Math.round(first.getBoundingClientRect().top)));
    };
    measure();
    const sizes = new ResizeObserver(measure);
    for (const part of scroller.children) sizes.observe(part);
    scroller.addEventListener('scroll', measure, { passive: true });
    return () => {
      sizes.disconnect();
      scroller.removeEventListener('scroll', measure);
    };
  }, [anchor, isOpen]);
  useEffect(() => {
    if (!isOpen) return;
    document.documentElement.style.setProperty('--side-panel', `${panelWidth}px`);
    return () => {
      document.documentElement.style.removeProperty('--side-panel');
    };
  }, [isOpen]);
  return top;
}
