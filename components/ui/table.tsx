'use client';

import { clsx } from 'clsx';
import { type CSSProperties, Fragment, type ReactNode } from 'react';
import { Checkbox } from './checkbox.tsx';
import { TableFrame } from './table-frame.tsx';
import { cellClass, hideClass, TableHead } from './table-head.tsx';
import type { TableColumn, TableProps } from './table-types.ts';
import { useNarrow } from './use-narrow.ts';

export type { TableColumn, TableProps, TableSort } from './table-types.ts';

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
                style={widthsOf(column, props)}
                className={clsx('w-(--phone) md:w-(--tablet) lg:w-(--desk)', hideClass(column.hideBelow))}
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

function widthsOf<R>(column: TableColumn<R>, { columns, selection }: TableProps<R>): CSSProperties {
  const { isRowHeader, width = 'auto', widths = {} } = column;
  const isFixed = width.endsWith('px');
  // Beside boxes to tick, numbers need room too.
  const onPhone = isRowHeader ? (selection ? '45%' : '60%') : 'auto';
  const isCut = columns.some(({ hideBelow }) => hideBelow === 'lg');
  return {
    '--phone': widths.phone ?? (isFixed ? width : onPhone),
    '--tablet': widths.tablet ?? (isRowHeader && isCut ? 'auto' : width),
    '--desk': width,
  } as CSSProperties;
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
                column.isRowHeader && 'max-lg:whitespace-normal max-lg:break-words',
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
