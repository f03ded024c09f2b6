'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/**
 * The page's `main`, which scrolls inside the shell. When `path` changes it scrolls to the top and moves the
 * focus to the new page's `h1`, as soon as there is one.
 */
export function Main({ path, children }: { path: string; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const shownPath = useRef(path);
  useEffect(() => {
    const element = main.current;
    if (!element || shownPath.current === path) return;
    shownPath.current = path;
    element.scrollTop = 0;
    if (focusHeading(element)) return;
    const observer = new MutationObserver(() => {
      if (focusHeading(element)) observer.disconnect();
    });
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [path]);
  return (
    <main ref={main} id="main" tabIndex={-1} className="relative min-w-0 flex-1 overflow-auto outline-none">
      {children}
    </main>
  );
}

function focusHeading(root: HTMLElement): boolean {
  const heading = root.querySelector('h1');
  if (!heading) return false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  return true;
}
