'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** Page shown before; each layout has a `Main` of its own, so this outlives them. Null on a full page load. */
let formerPath: string | null = null;

/**
 * The page's `main`, which scrolls inside the shell. When `path` changes it scrolls to the top and moves the
 * focus to the new page's `h1`, as soon as there is one.
 */
export function Main({ path, children }: { path: string; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    const isFirst = formerPath === null || formerPath === path;
    formerPath = path;
    const element = main.current;
    if (!element || isFirst) return;
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
