import type { CellValue, CommandPicture, RunColumn } from '../../../preload/contract/index.ts';
import type { RunRow } from './run-rows.ts';

/** Places of the two columns a tree is made of, and of the one that is indented. */
export interface TreeColumns {
  readonly id: number;
  readonly parent: number;
  readonly indented: number;
  /** Of a share that is drawn as a bar. */
  readonly share?: number;
}

/** Where a command's tree comes from; undefined when it has none or its columns are missing. */
export function treeColumns(
  columns: readonly RunColumn[],
  picture: CommandPicture | undefined,
): TreeColumns | undefined {
  if (picture?.kind !== 'tree' && picture?.kind !== 'treemap') return undefined;
  const id = columns.findIndex((column) => column.id === picture.id);
  const parent = columns.findIndex((column) => column.id === picture.parent);
  // What a tree is open by from the beginning is its first column; of others the name is the last.
  const { isOpen = false, share: bar = undefined } = picture.kind === 'tree' ? picture : {};
  const isName = (column: RunColumn): boolean => column.kind === 'text' && column.isExtra !== true;
  const indented = isOpen ? columns.findIndex(isName) : columns.findLastIndex(isName);
  const share = columns.findIndex((column) => column.id === bar);
  if (id < 0 || parent < 0 || indented < 0) return undefined;
  return { id, parent, indented, ...(share >= 0 && { share }) };
}

/**
 * Rows with each child under its parent, in the order they had among each other. A row whose parent is not there stands at
 * the top. Rows that name each other as parents, which only a lying node sends, come last, each once.
 */
export function treeRows(rows: readonly RunRow[], columns: TreeColumns): readonly RunRow[] {
  const result: RunRow[] = [];
  for (const ofNode of groupBy(rows, (row) => row.run.node).values()) append(ofNode, columns, result);
  return result;
}

function append(rows: readonly RunRow[], { id, parent }: TreeColumns, result: RunRow[]): void {
  const ids = new Set(rows.map((row) => row.cells[id]));
  const isTop = (row: RunRow): boolean =>
    row.cells.length === 0 || row.cells[parent] === row.cells[id] || !ids.has(row.cells[parent]);
  const children = groupBy(
    rows.filter((row) => !isTop(row)),
    (row) => row.cells[parent],
  );
  const seen = new Set<RunRow>();
  const opened = new Set<CellValue | undefined>();
  const walk = (top: RunRow): void => {
    // A stack, since a hostile tree may be deeper than calls can be nested.
    const open: { row: RunRow; depth: number }[] = [{ row: top, depth: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { row, depth } = next;
      if (seen.has(row)) continue;
      seen.add(row);
      result.push(row.cells.length === 0 ? row : { ...row, depth });
      const own = row.cells[id];
      if (row.cells.length === 0 || opened.has(own)) continue;
      opened.add(own);
      for (const child of (children.get(own) ?? []).toReversed()) open.push({ row: child, depth: depth + 1 });
    }
  };
  for (const row of rows) if (isTop(row)) walk(row);
  for (const row of rows) if (!seen.has(row)) walk(row);
}

function groupBy<K>(rows: readonly RunRow[], keyOf: (row: RunRow) => K): Map<K, RunRow[]> {
  const groups = new Map<K, RunRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
