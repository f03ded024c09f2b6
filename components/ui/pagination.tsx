'use client';

import { clsx } from 'clsx';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { FilterSelect } from './filter-select.tsx';
import { pageWindow } from './page-window.ts';

export interface PaginationProps {
  /** Name of the navigation. */
  label: string;
  /** "Showing 1–25 of 312". */
  summary: string;
  /** From 1. */
  page: number;
  pageCount: number;
  onPage: (page: number) => void;
  previousLabel: string;
  nextLabel: string;
  /** Name of a page button: "Page 3". */
  pageLabel: (page: number) => string;
  pageSize?: { label: string; value: number; options: readonly number[]; onChange: (size: number) => void };
}

/** The foot of a table: what is shown, and the way to the rest. */
export function Pagination(props: PaginationProps) {
  const { label, summary, page, pageCount, onPage, previousLabel, nextLabel, pageLabel, pageSize } = props;
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-3 gap-y-1 py-1.5 pr-2.5 pl-4 text-small text-text-subtle tabular-nums">
      <span role="status">{summary}</span>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {pageSize && (
          <FilterSelect
            label={pageSize.label}
            value={String(pageSize.value)}
            options={pageSize.options.map((size) => ({ id: String(size), label: String(size) }))}
            onChange={(size) => pageSize.onChange(Number(size))}
          />
        )}
        <nav aria-label={label} className="flex items-center gap-0.5">
          <PageButton label={previousLabel} isDisabled={page <= 1} onPress={() => onPage(page - 1)}>
            <ChevronLeft size={16} aria-hidden />
          </PageButton>
          {pageWindow(page, pageCount).map((entry) =>
            entry.page === null ? (
              <span key={entry.key} aria-hidden className="px-1">
                …
              </span>
            ) : (
              <PageButton
                key={entry.key}
                label={pageLabel(entry.page)}
                isCurrent={entry.page === page}
                onPress={() => onPage(entry.page ?? page)}
              >
                {entry.page}
              </PageButton>
            ),
          )}
          <PageButton label={nextLabel} isDisabled={page >= pageCount} onPress={() => onPage(page + 1)}>
            <ChevronRight size={16} aria-hidden />
          </PageButton>
        </nav>
      </div>
    </div>
  );
}

function PageButton(props: {
  label: string;
  children: ReactNode;
  onPress: () => void;
  isCurrent?: boolean;
  isDisabled?: boolean;
}) {
  const { label, children, onPress, isCurrent, isDisabled } = props;
  return (
    <button
      type="button"
      aria-label={label}
      aria-current={isCurrent ? 'page' : undefined}
      disabled={isDisabled}
      onClick={onPress}
      className={clsx(
        'touch-target relative grid h-8 min-w-8 place-items-center rounded-item px-1.5 text-body text-text disabled:text-text-disabled',
        isCurrent ? 'bg-surface-selected font-medium' : 'not-disabled:hover:bg-surface-hover',
      )}
    >
      {children}
    </button>
  );
}
