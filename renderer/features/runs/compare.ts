import type { CellValue } from '../../../preload/contract/index.ts';
import type { RunRow } from './run-rows.ts';

export interface Comparison {
  /** Nodes whose whole answer equals that of most nodes. */
  readonly equal: number;
  readonly differ: number;
  /** The value most nodes have, per column; undefined where no value is more common than all others. */
  readonly majority: readonly (CellValue | undefined)[];
}

/**
 * What most nodes answered, and how many answered something else. Undefined when there is nothing to compare: fewer than
 * two answers, or answers of several lines.
 */
export function compareRows(rows: readonly RunRow[]): Comparison | undefined {
  const answered = rows.filter((row) => row.cells.length > 0);
  if (answered.length < 2 || answered.some((row) => row.run.rows.length !== 1)) return undefined;
  const width = Math.max(...answered.map((row) => row.cells.length));
  const majority = Array.from({ length: width }, (_, column) =>
    mostCommon(answered.map((row) => row.cells[column] ?? null)),
  );
  const counts = [...countBy(answered, answerKey).values()];
  const equal = Math.max(...counts);
  return { equal, differ: answered.length - equal, majority };
}

/** Does this cell differ from what most nodes have? */
export function differs(comparison: Comparison | undefined, cells: readonly CellValue[], column: number): boolean {
  const usual = comparison?.majority[column];
  return usual !== undefined && cells.length > 0 && (cells[column] ?? null) !== usual;
}

/** Equal answers as one row that names how many nodes it speaks for; the largest group first, failures before all. */
export function groupEqual(rows: readonly RunRow[]): readonly RunRow[] {
  const groups = new Map<string, RunRow[]>();
  const apart: RunRow[] = [];
  for (const row of rows) {
    if (row.cells.length === 0 || row.run.rows.length !== 1) apart.push(row);
    else groups.set(answerKey(row), [...(groups.get(answerKey(row)) ?? []), row]);
  }
  const grouped = [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .flatMap(([first, ...rest]) => {
      if (!first) return [];
      const nodes = [first, ...rest].flatMap((row) => row.nodes);
      return [{ ...first, nodes, name: rest.length === 0 ? first.name : `${nodes.length} nodes` }];
    });
  return [
    ...apart.filter((row) => row.run.state === 'failed'),
    ...grouped,
    ...apart.filter((row) => row.run.state !== 'failed'),
  ];
}

function answerKey(row: RunRow): string {
  return JSON.stringify(row.cells);
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
