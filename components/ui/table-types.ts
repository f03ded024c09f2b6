import type { ReactNode } from 'react';

export interface TableColumn<R> {
  id: string;
  header: string;
  cell: (row: R) => ReactNode;
  /** The cell that names its row; usually the link. */
  isRowHeader?: boolean;
  isSortable?: boolean;
  align?: 'start' | 'end';
  /**
   * CSS width, e.g. `"18%"` or `"120px"`. Below 768 px percentages give way to 60 % for the row header, 45 % with a
   * selection; below 1100 px the row header has what hidden columns leave.
   */
  width?: string;
  /** CSS widths below 768 px and from there to 1099 px, where they differ. */
  widths?: { phone?: string; tablet?: string };
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
