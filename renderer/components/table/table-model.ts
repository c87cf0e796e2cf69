import { showUnseen } from '../../lib/unseen-signs.ts';
import { whenIdle } from '../../lib/when-idle.ts';

/** What a table is made of, and the pure functions behind it. Fast enough for 10,000 rows in one frame's time. */
export interface TableColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** The cell as text: shown, filtered and copied. */
  readonly text: (row: Row) => string;
  /** What to sort by when the text would sort wrongly. Missing values go last, whatever the direction. */
  readonly sortBy?: (row: Row) => string | number | boolean | null | undefined;
  /** Numbers go to the right. */
  readonly align?: 'start' | 'end';
  readonly isMono?: boolean;
  /** Room for what is drawn beside the text: a sign, a label. */
  readonly extraPx?: number;
  /** Starting width; measured from the text when omitted. */
  readonly widthPx?: number;
  /** Must not be hidden. */
  readonly isFixed?: boolean;
}

export interface TableSort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

/** So that `cp-2` comes before `cp-10`: digits are padded, the rest is compared without case. */
function naturalKey(text: string): string {
  return text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'));
}

/** Rows in the order of the sort; equal ones keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  sort: TableSort | undefined,
): readonly Row[] {
  const column = sort && columns.find(({ id }) => id === sort.column);
  if (!column) return rows;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  const keyed = rows.map((row) => ({ row, key: sortKey(column, row) }));
  keyed.sort((a, b) => compareKeys(a.key, b.key, sign));
  return keyed.map(({ row }) => row);
}

type SortKey = string | number | undefined;

function sortKey<Row>(column: TableColumn<Row>, row: Row): SortKey {
  const value = column.sortBy ? column.sortBy(row) : column.text(row);
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
  return naturalKey(String(value));
}

function compareKeys(a: SortKey, b: SortKey, sign: number): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  if (typeof a !== typeof b) return typeof a === 'number' ? -sign : sign;
  return a === b ? 0 : a < b ? -sign : sign;
}

/** The next sort when a header is pressed: ascending, descending, then as given. */
export function nextSort(sort: TableSort | undefined, column: string): TableSort | undefined {
  if (sort?.column !== column) return { column, direction: 'ascending' };
  return sort.direction === 'ascending' ? { column, direction: 'descending' } : undefined;
}

/** What is read aloud after a header was pressed. */
export function sortWords<Row>({ title }: TableColumn<Row>, sort: TableSort | undefined): string {
  return sort ? `Sorted by ${showUnseen(title)}, ${sort.direction}.` : 'In the order in which it came.';
}

/** Finds the rows that hold every typed word; `rows` must not be changed in place. */
export interface RowFinder<Row> {
  (rows: readonly Row[], text: string): readonly Row[];
  /** Writes rows as text while nothing else is to do, so that the first key is as quick as the others. Ends it early when called. */
  warm(rows: readonly Row[]): () => void;
}

/** Rows written at once in `warm`. */
const WARM_SLICE = 200;
/** What lies beyond is written when it is searched. */
const MAX_WARM = 50_000;

/**
 * A finder that writes each row as text once and keeps it. A text that goes on from the one before searches only what that one
 * found, so that a keystroke costs less the longer the text gets.
 */
export function rowFinder<Row extends object>(columns: readonly TableColumn<Row>[]): RowFinder<Row> {
  const written = new WeakMap<Row, string>();
  const textOf = (row: Row): string => {
    const known = written.get(row);
    if (known !== undefined) return known;
    const text = columns.map((column) => column.text(row).toLowerCase()).join('\n');
    written.set(row, text);
    return text;
  };
  let last: { readonly rows: readonly Row[]; readonly text: string; readonly found: readonly Row[] } | undefined;
  const find = (rows: readonly Row[], typed: string): readonly Row[] => {
    const text = typed.toLowerCase();
    const words = text.split(/\s+/).filter(Boolean);
    if (words.length === 0) return rows;
    const among = last?.rows === rows && text.startsWith(last.text) ? last.found : rows;
    const found = among.filter((row) => {
      const all = textOf(row);
      return words.every((word) => all.includes(word));
    });
    last = { rows, text, found };
    return found;
  };
  const warm = (rows: readonly Row[]): (() => void) => {
    let next = 0;
    const end = Math.min(rows.length, MAX_WARM);
    return whenIdle(() => {
      for (const stop = Math.min(end, next + WARM_SLICE); next < stop; next += 1) textOf(rows[next] as Row);
      return next < end;
    });
  };
  return Object.assign(find, { warm });
}

/** Header and rows as tab-separated lines, ready for a spreadsheet. Tabs and line ends inside cells become spaces. */
export function tableText<Row>(rows: readonly Row[], columns: readonly TableColumn<Row>[]): string {
  const line = (cells: readonly string[]): string =>
    cells.map((cell) => showUnseen(cell.replace(/[\t\r\n]+/g, ' '))).join('\t');
  return [
    line(columns.map(({ title }) => title)),
    ...rows.map((row) => line(columns.map(({ text }) => text(row)))),
  ].join('\n');
}

export interface RowWindow {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

/** Rows drawn beyond the edges, so that a scroll of a few rows shows no gap. */
const OVERSCAN = 12;

/** Which rows to draw. Heights are equal, so this is arithmetic and needs no measuring. */
export function visibleRows(count: number, rowHeightPx: number, scrollTopPx: number, viewportPx: number): RowWindow {
  const first = Math.max(0, Math.floor(scrollTopPx / rowHeightPx) - OVERSCAN);
  const end = Math.min(count, Math.ceil((scrollTopPx + viewportPx) / rowHeightPx) + OVERSCAN);
  return { first: Math.min(first, Math.max(0, end)), end };
}

/** Rows measured for a column's width, anew at every key in a filter. */
const SAMPLE = 60;
const CHARACTER_PX = 7.6;
/** Digits that stand below each other are wider than letters are on average. */
const DIGIT_PX = 8.4;
const TITLE_CHARACTER_PX = 7.4;
const PADDING_PX = 28;
const SORT_MARK_PX = 22;
const MIN_PX = 64;
const MAX_PX = 420;

/** A width in which the longest of the first rows fits. */
export function measuredWidthPx<Row>(column: TableColumn<Row>, rows: readonly Row[]): number {
  if (column.widthPx !== undefined) return column.widthPx;
  let longest = 0;
  for (const row of rows.slice(0, SAMPLE)) longest = Math.max(longest, column.text(row).length);
  const widthPx =
    Math.max(
      longest * (column.align === 'end' ? DIGIT_PX : CHARACTER_PX),
      column.title.length * TITLE_CHARACTER_PX + SORT_MARK_PX,
    ) + PADDING_PX;
  return Math.round(Math.min(MAX_PX, Math.max(MIN_PX, widthPx + (column.extraPx ?? 0))));
}
