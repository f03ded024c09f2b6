import { clsx } from 'clsx';
import type { CSSProperties, ReactNode } from 'react';

/** One block in the shape of what comes. Sizes go in `className` (`h-5 w-40`). */
export function SkeletonBlock({ className, style }: { className?: string; style?: CSSProperties }) {
  return <div style={style} className={clsx('rounded-control bg-surface-hover', className)} />;
}

/** Wraps skeleton blocks: visible after 200 ms, one "Loading" for screen readers. */
export function Skeleton(props: { label: string; children: ReactNode; className?: string }) {
  const { label, children, className } = props;
  return (
    <div role="status" className="animate-appear">
      <span className="sr-only">{label}</span>
      <div aria-hidden className={className}>
        {children}
      </div>
    </div>
  );
}

/** The skeleton of a table: header and rows of 52 px. */
export function SkeletonTable({
  label,
  rows = 5,
  columns = 4,
}: {
  label: string;
  rows?: number;
  columns?: number;
}) {
  return (
    <Skeleton label={label} className="overflow-hidden rounded-card border border-line-card">
      <div className="h-10 border-line border-b bg-surface-table" />
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((row) => (
        <div key={row} className="flex h-13 items-center gap-8 border-line border-b px-4 last:border-b-0">
          {Array.from({ length: columns }, (_, column) => `${row}-${column}`).map((cell, column) => (
            <SkeletonBlock key={cell} className={clsx('h-4', column === 0 ? 'w-2/5' : 'flex-1')} />
          ))}
        </div>
      ))}
    </Skeleton>
  );
}
