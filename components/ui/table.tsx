'use client';

import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type CSSProperties, Fragment, type ReactNode } from 'react';
import { Checkbox } from './checkbox.tsx';
import { TableFrame } from './table-frame.tsx';
import { useNarrow } from './use-narrow.ts';

export interface TableColumn<R> {
  id: string;
  header: string;
  cell: (row: R) => ReactNode;
  /** The cell that names its row; usually the link. */
  isRowHeader?: boolean;
  isSortable?: boolean;
  align?: 'start' | 'end';
  /** CSS width, e.g. `"18%"` or `"120px"`. Below 768 px percentages give way to 60 % for the row header. */
  width?: string;
  /** Left out on narrow screens: `md` below 768, `lg` below 1100 px. */
  hideBelow?: 'md' | 'lg';
  /** For columns of buttons: the header is read but not seen, and the padding is tight. */
  isActions?: boolean;
  /** Text may take several lines instead of being cut. */
  isWrapped?: boolean;
}

export interface TableSort {
  column: string;
  direction: 'ascending' | 'descending';
}

export interface TableSelection<R> {
  selected: ReadonlySet<string>;
  onChange: (selected: ReadonlySet<string>) => void;
  allLabel: string;
  rowLabel: (row: R) => string;
  /** Shown in a 48 px bar in place of the header while something is selected. */
  bulkBar?: ReactNode;
}

export interface TableProps<R> {
  /** Name of the table for screen readers. */
  caption: string;
  columns: readonly TableColumn<R>[];
  rows: readonly R[];
  rowKey: (row: R) => string;
  sort?: TableSort;
  onSort?: (sort: TableSort) => void;
  selection?: TableSelection<R>;
  /** Content of an open row, under it over the full width; null for closed rows. */
  detail?: (row: R) => ReactNode;
  /** 64 px rows, for cells with two lines. */
  isTall?: boolean;
  /** Instead of rows when there are none. */
  empty?: ReactNode;
  /** Usually a Pagination. */
  foot?: ReactNode;
}

/** A table in its card. Sorting, selecting and paging are told to the page, which holds the state. */
export function Table<R>(props: TableProps<R>) {
  const { caption, columns, rows, selection, empty, foot } = props;
  const isSelecting = selection !== undefined && selection.selected.size > 0;
  return (
    <div className="relative overflow-hidden rounded-card border border-line-card bg-surface">
      {isSelecting && selection.bulkBar && (
        <div className="absolute top-0 right-0 left-11 z-1 flex h-12 items-center gap-4 overflow-x-auto border-line border-b bg-accent-soft px-4">
          {selection.bulkBar}
        </div>
      )}
      <TableFrame label={caption}>
        <table className="w-full table-fixed border-collapse">
          <caption className="sr-only">{caption}</caption>
          <colgroup>
            {selection && <col style={{ width: '44px' }} />}
            {columns.map((column) => (
              <col
                key={column.id}
                style={{ '--column': column.width ?? 'auto' } as CSSProperties}
                className={clsx(
                  column.width?.endsWith('px') ? 'w-(--column)' : 'md:w-(--column)',
                  column.isRowHeader && 'max-md:w-[60%]',
                  hideClass(column.hideBelow),
                )}
              />
            ))}
          </colgroup>
          <TableHead {...props} isCovered={isSelecting && selection.bulkBar !== undefined} />
          <tbody>
            {rows.map((row) => (
              <TableRow key={props.rowKey(row)} row={row} {...props} />
            ))}
          </tbody>
        </table>
      </TableFrame>
      {rows.length === 0 && empty}
      {foot && <div className="border-line border-t">{foot}</div>}
    </div>
  );
}

const hideClass = (below: 'md' | 'lg' | undefined) =>
  below === 'md' ? 'max-md:hidden' : below === 'lg' ? 'max-lg:hidden' : undefined;

const cellClass = <R,>(column: TableColumn<R>) =>
  clsx(
    hideClass(column.hideBelow),
    column.isActions ? 'pr-2.5 pl-0 text-right max-md:pr-1.5' : 'px-4 max-md:px-2 max-md:first:pl-3.5',
    column.align === 'end' ? 'text-right tabular-nums' : !column.isActions && 'text-left',
  );

function TableHead<R>(props: TableProps<R> & { isCovered: boolean }) {
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

function TableRow<R>({ row, columns, rowKey, selection, detail, isTall }: TableProps<R> & { row: R }) {
  const key = rowKey(row);
  const open = detail?.(row);
  const isSelected = selection?.selected.has(key) ?? false;
  const height = isTall ? 'h-16' : 'h-13';
  return (
    <Fragment>
      <tr
        className={clsx(
          'group/row border-line border-b last:border-b-0',
          isSelected ? 'bg-accent-soft' : 'hover:bg-surface-table',
        )}
      >
        {selection && (
          <td className={clsx(height, 'pl-4')}>
            <Checkbox
              label={selection.rowLabel(row)}
              isLabelHidden
              isSelected={isSelected}
              onChange={(on) => selection.onChange(toggled(selection.selected, key, on))}
            />
          </td>
        )}
        {columns.map((column) => {
          const Cell = column.isRowHeader ? 'th' : 'td';
          return (
            <Cell
              key={column.id}
              scope={column.isRowHeader ? 'row' : undefined}
              className={clsx(
                height,
                cellClass(column),
                'py-1.5 font-light',
                column.isWrapped ? 'whitespace-normal break-words' : 'truncate',
                column.isRowHeader && 'max-md:whitespace-normal max-md:break-words',
                column.isActions && 'overflow-visible',
              )}
            >
              {column.cell(row)}
            </Cell>
          );
        })}
      </tr>
      {open && (
        <tr className="border-line border-b bg-surface-recessed last:border-b-0">
          <DetailCell columns={columns} hasSelection={selection !== undefined}>
            {open}
          </DetailCell>
        </tr>
      )}
    </Fragment>
  );
}

/** Spans the columns that are shown: a span over hidden ones would add empty columns. */
function DetailCell<R>(props: {
  columns: readonly TableColumn<R>[];
  hasSelection: boolean;
  children: ReactNode;
}) {
  const isBelowMd = useNarrow('md');
  const isBelowLg = useNarrow('lg');
  const shown = props.columns.filter(
    (column) => !(column.hideBelow === 'md' && isBelowMd) && !(column.hideBelow === 'lg' && isBelowLg),
  );
  return (
    <td colSpan={shown.length + (props.hasSelection ? 1 : 0)} className="whitespace-normal p-4">
      {props.children}
    </td>
  );
}

function toggled(selected: ReadonlySet<string>, key: string, on: boolean): ReadonlySet<string> {
  const next = new Set(selected);
  if (on) next.add(key);
  else next.delete(key);
  return next;
}
