import type { Snippet } from 'svelte';
import type { TableColumn, TableSort } from './table-model.ts';

/** What the table needs of a selection; state/selection.svelte.ts has it. */
export interface RowSelection {
  readonly keys: ReadonlySet<string>;
  has(key: string): boolean;
  toggle(key: string): void;
  extendTo(key: string, order: readonly string[]): void;
  set(keys: Iterable<string>): void;
  clear(): void;
}

/** How a table is arranged. What the table changes is kept by whoever made it; state/tables/table-looks.ts is one. */
export interface Arranged {
  sort: TableSort | undefined;
  /** Ids of columns that are not shown. */
  hidden: ReadonlySet<string>;
  /** Widths in px, by column, that the user drew. */
  widths: ReadonlyMap<string, number>;
}

/** What a table is given; the comments say what leaving a part out means. */
export interface TableProps<Row> {
  label: string;
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  rowHeightPx: number;
  selection?: RowSelection;
  /** Every table has them, so that none forgets how it was arranged. */
  looks: Arranged;
  /** What the widths are measured from: all rows, where `rows` are those found by a filter. Keys then move no column. */
  measured?: readonly Row[];
  /** Draws a cell; its text when omitted. */
  cell?: Snippet<[Row, TableColumn<Row>]>;
  /** Said across all cells after the first instead of them; undefined draws the cells. */
  note?: Snippet<[Row]>;
  hasNote?: (row: Row) => boolean;
  /** Marks a cell that differs. */
  isTinted?: (row: Row, column: TableColumn<Row>) => boolean;
  /** The row whose details are open. */
  openKey?: string | undefined;
  onopen?: (row: Row) => void;
  /** A row was right-clicked, or the menu key was pressed on it; the place is in CSS pixels of the window. */
  onmenu?: (row: Row, at: { readonly x: number; readonly y: number }) => void;
  /** The rows that are drawn now, each time they are others: those in sight and some beyond its edges. */
  onview?: (rows: readonly Row[]) => void;
  isStale?: boolean;
  /** Rows that may no longer be so, where others are. */
  isRowStale?: (row: Row) => boolean;
  /** The table is as high as its rows, up to what its container allows. */
  fits?: boolean;
  /** Puts the focus into the table once. */
  takesFocus?: boolean;
}
