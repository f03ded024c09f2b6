'use client';

import type { ReactNode } from 'react';
import { Pagination, type PaginationProps } from './pagination.tsx';
import { RetryAlert, type RetryAlertProps } from './retry-alert.tsx';
import { Skeleton, SkeletonBlock } from './skeleton.tsx';

export interface PagedListProps {
  /** The rows of the page, each an `li`; null until they are there. */
  rows: readonly ReactNode[] | null;
  /** Name of the list, if its surroundings do not name it. */
  label?: string;
  loadingLabel: string;
  emptyText: string;
  failure: RetryAlertProps | null;
  /** What must be known of the list, said under its rows. */
  notes?: ReactNode;
  pages: PaginationProps;
}

/** The rows of a page and the way to the others; or why there are none. */
export function PagedList(props: PagedListProps) {
  const { rows, label, loadingLabel, emptyText, failure, notes, pages } = props;
  if (failure) return <RetryAlert {...failure} className="mt-4" />;
  if (!rows) return <Waiting label={loadingLabel} />;
  return (
    <>
      {rows.length === 0 ? (
        <p className="py-6 text-text-subtle" role="status">
          {emptyText}
        </p>
      ) : (
        <ul aria-label={label}>{rows}</ul>
      )}
      {notes}
      {rows.length > 0 && (
        <div className="-mr-2.5 -ml-4">
          <Pagination {...pages} />
        </div>
      )}
    </>
  );
}

function Waiting({ label }: { label: string }) {
  return (
    <Skeleton label={label} className="grid gap-4 pt-4">
      {['one', 'two', 'three', 'four'].map((row) => (
        <div key={row} className="flex items-center gap-3">
          <SkeletonBlock className="size-7 rounded-full" />
          <SkeletonBlock className="h-4 flex-1" />
        </div>
      ))}
    </Skeleton>
  );
}
