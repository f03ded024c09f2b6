'use client';

import { clsx } from 'clsx';
import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Scrolls a wide table sideways inside its card; a shadow marks the edge where something is cut off. */
export function TableFrame({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLElement>(null);
  const [cut, setCut] = useState({ isWide: false, isCutRight: false });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const isWide = element.scrollWidth > element.clientWidth + 1;
      const isCutRight = isWide && element.scrollLeft + element.clientWidth < element.scrollWidth - 1;
      setCut((former) =>
        former.isWide === isWide && former.isCutRight === isCutRight ? former : { isWide, isCutRight },
      );
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  const scrollable = cut.isWide ? { tabIndex: 0, 'aria-label': label } : {};
  return (
    <div className="relative">
      <section
        ref={box}
        className="overflow-x-auto overflow-y-hidden focus-visible:-outline-offset-2"
        {...scrollable}
      >
        {children}
      </section>
      <div
        aria-hidden
        className={clsx(
          'pointer-events-none absolute inset-y-0 right-0 w-6 bg-linear-to-l from-scroll-edge to-transparent transition-opacity',
          cut.isCutRight ? 'opacity-100' : 'opacity-0',
        )}
      />
    </div>
  );
}
