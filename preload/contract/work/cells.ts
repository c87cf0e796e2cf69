/** A cell value: main decides units and order, the page formats. */
export type CellValue = string | number | boolean | null;

/**
 * What a number of a column means: `bytes` in bytes, `duration` in milliseconds, `time` as epoch milliseconds, `percent`
 * as a share of 1, `id` a number that names something, such as a process, and is never grouped. A whole number of more than 53 bits comes as its digits, a string, in any kind.
 */
export type ColumnKind = 'text' | 'number' | 'id' | 'bytes' | 'duration' | 'time' | 'percent' | 'state';

/** A column of a result; cells stand in the order of the columns. */
export interface RunColumn {
  readonly id: string;
  /** Header as talosctl prints it; units in the header. */
  readonly title: string;
  readonly kind: ColumnKind;
  /** Unit of the numbers where neither title nor kind says it, such as `MiB`. To be shown in the header. */
  readonly unit?: string;
  /** Not in talosctl's table: hidden until the user chooses it. */
  readonly isExtra?: boolean;
}
