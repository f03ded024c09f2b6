'use client';

import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { Checkbox } from './checkbox.tsx';
import type { TableColumn, TableProps, TableSort } from './table-types.ts';

export const hideClass = (below: 'md' | 'lg' | undefined) =>
  below === 'md' ? 'max-md:hidden' : below === 'lg' ? 'max-lg:hidden' : undefined;

export const cellClass = <R,>(column: TableColumn<R>) =>
  clsx(
    hideClass(column.hideBelow),
    column.isActions ? 'pr-2.5 pl-0 text-right max-md:pr-1.5' : 'px-4 max-md:px-2 max-md:first:pl-3.5',
    column.align === 'end' ? 'text-right tabular-nums' : !column.isActions && 'text-left',
  );

/** Header of a Table: what to sort by, and the box that selects all. */
export function TableHead<R>(props: TableProps<R> & { isCovered: boolean }) {
  const { columns, rows, rowKey, selection, sort, onSort, isCovered } = props;
  const look = clsx(headClass, isCovered ? 'h-12 bg-accent-soft' : 'h-10 bg-surface-table');
  return (
    <thead>
      <tr>
        {selection && (
          <th scope="col" className={clsx(look, 'pl-4')}>
            <Checkbox
              label={selection.allLabel}
              isLabelHidden
              isSelected={rows.length > 0 && rows.every((row) => selection.selected.has(rowKey(row)))}
              isIndeterminate={
                rows.some((row) => selection.selected.has(rowKey(row))) &&
                !rows.every((row) => selection.selected.has(rowKey(row)))
              }
              onChange={(all) => selection.onChange(new Set(all ? rows.map(rowKey) : []))}
            />
          </th>
        )}
        {columns.map((column) => {
          const direction = sort?.column === column.id ? sort.direction : undefined;
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={column.isSortable ? (direction ?? 'none') : undefined}
              className={clsx(look, cellClass(column))}
            >
              {column.isSortable && onSort && !isCovered ? (
                <SortButton column={column} direction={direction} onSort={onSort} />
              ) : (
                <span className={clsx((column.isActions || isCovered) && 'sr-only')}>{column.header}</span>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

const headClass =
  'whitespace-nowrap border-line border-b text-th text-text-subtle overflow-hidden text-ellipsis';

function SortButton<R>(props: {
  column: TableColumn<R>;
  direction: TableSort['direction'] | undefined;
  onSort: (sort: TableSort) => void;
}) {
  const { column, direction, onSort } = props;
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      onClick={() =>
        onSort({ column: column.id, direction: direction === 'ascending' ? 'descending' : 'ascending' })
      }
      className={clsx(
        'group/sort relative inline-flex min-h-6 items-center gap-1 rounded-control hover:text-text',
        direction && 'text-text',
      )}
    >
      {column.header}
      <Arrow
        size={14}
        aria-hidden
        className={clsx(
          !direction && 'opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100',
        )}
      />
    </button>
  );
}
