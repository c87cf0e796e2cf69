import type { CellValue, RunColumn } from '../../../preload/contract/index.ts';
import type { RunRow } from './run-rows.ts';

export interface Comparison {
  /** Nodes whose whole answer equals that of most nodes. */
  readonly equal: number;
  readonly differ: number;
  /** The value most nodes have, per column; undefined where no value is more common than all others. */
  readonly majority: readonly (CellValue | undefined)[];
}

/** Which columns can be compared: words and states. Two nodes never have the same memory in use, and that says nothing. */
export function comparedColumns(columns: readonly RunColumn[]): readonly number[] {
  return columns.flatMap(({ kind }, index) => (kind === 'text' || kind === 'state' ? [index] : []));
}

/**
 * What most nodes answered, and how many answered something else. Undefined when there is nothing to compare: fewer than
 * two answers, answers of several lines, or no columns that can be compared.
 */
export function compareRows(rows: readonly RunRow[], columns: readonly number[]): Comparison | undefined {
  const answered = rows.filter((row) => row.cells.length > 0);
  if (columns.length === 0 || answered.length < 2 || answered.some((row) => row.run.rows.length !== 1))
    return undefined;
  const width = Math.max(...answered.map((row) => row.cells.length));
  const majority = Array.from({ length: width }, (_, column) =>
    columns.includes(column) ? mostCommon(answered.map((row) => row.cells[column] ?? null)) : undefined,
  );
  const counts = [...countBy(answered, (row) => answerKey(row, columns)).values()];
  const equal = Math.max(...counts);
  return { equal, differ: answered.length - equal, majority };
}

/** Does this cell differ from what most nodes have? */
export function differs(comparison: Comparison | undefined, cells: readonly CellValue[], column: number): boolean {
  const usual = comparison?.majority[column];
  return usual !== undefined && cells.length > 0 && (cells[column] ?? null) !== usual;
}

/** Equal answers as one row that names how many nodes it speaks for; the largest group first, failures before all. */
export function groupEqual(rows: readonly RunRow[], columns: readonly number[]): readonly RunRow[] {
  const groups = new Map<string, RunRow[]>();
  const apart: RunRow[] = [];
  for (const row of rows) {
    if (row.cells.length === 0 || row.run.rows.length !== 1) apart.push(row);
    else {
      const key = answerKey(row, columns);
      const group = groups.get(key);
      if (group) group.push(row);
      else groups.set(key, [row]);
    }
  }
  const grouped = [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .flatMap(([first, ...rest]) => {
      if (!first) return [];
      const nodes = [first, ...rest].flatMap((row) => row.nodes);
      if (rest.length === 0) return [first];
      const cells = first.cells.map((cell, column) => (columns.includes(column) ? cell : null));
      return [{ ...first, nodes, name: `${nodes.length} nodes`, cells }];
    });
  return [
    ...apart.filter((row) => row.run.state === 'failed'),
    ...grouped,
    ...apart.filter((row) => row.run.state !== 'failed'),
  ];
}

function answerKey(row: RunRow, columns: readonly number[]): string {
  return JSON.stringify(columns.map((column) => row.cells[column] ?? null));
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

/** The most common value; undefined when two are equally common, since then neither is the usual one. */
function mostCommon(values: readonly CellValue[]): CellValue | undefined {
  const counts = new Map<CellValue, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  return first && first[1] !== second?.[1] ? first[0] : undefined;
}
