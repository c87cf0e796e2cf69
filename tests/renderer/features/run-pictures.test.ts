import { describe, expect, it } from 'vitest';
import type { CellValue, RunColumn } from '../../../preload/contract/index.ts';
import { barsOf, shareOf } from '../../../renderer/features/runs/bars.ts';
import { columnsOf, type RunRow } from '../../../renderer/features/runs/run-rows.ts';
import { treeColumns, treeRows } from '../../../renderer/features/runs/tree.ts';

const MEMORY: readonly RunColumn[] = [
  { id: 'total', title: 'TOTAL', kind: 'number', unit: 'MiB' },
  { id: 'used', title: 'USED', kind: 'number', unit: 'MiB' },
];
const BARS = { kind: 'bars', used: 'used', total: 'total' } as const;

const PROCESSES: readonly RunColumn[] = [
  { id: 'pid', title: 'PID', kind: 'number' },
  { id: 'command', title: 'COMMAND', kind: 'text' },
  { id: 'ppid', title: 'PPID', kind: 'number', isExtra: true },
];
const TREE = { kind: 'tree', id: 'pid', parent: 'ppid' } as const;

function row(cells: readonly CellValue[], node = 'cp-1'): RunRow {
  return {
    key: `${node} ${cells.join()}`,
    index: 0,
    name: node,
    nodes: [node],
    cells,
    run: { node, state: 'done', rows: [cells] },
  };
}

const drawn = (rows: readonly RunRow[]): string[] =>
  rows.map(({ cells, depth = 0 }) => `${'-'.repeat(depth)}${String(cells[1])}`);

function tree(...processes: readonly (readonly [pid: CellValue, name: string, parent: CellValue])[]): string[] {
  return drawn(
    treeRows(
      processes.map((cells) => row(cells)),
      treeColumns(PROCESSES, TREE)!,
    ),
  );
}

describe('bars', () => {
  it('stand beside the column they are made of, sorted by share', () => {
    const columns = columnsOf(MEMORY, BARS);
    const bar = columns.find(({ id }) => id === 'bar')!;

    expect(columns.map(({ title }) => title)).toEqual([
      'NODE',
      'TOTAL (MiB)',
      'USED (MiB)',
      'USED %',
      'ANSWERED BY',
      'TIME',
    ]);
    expect([bar.text(row([200, 50])), bar.sortBy?.(row([200, 50]))]).toEqual(['25 %', 0.25]);
  });

  it('are not drawn from figures that make no sense', () => {
    const bars = barsOf(MEMORY, BARS)!;

    for (const cells of [[0, 0], [100, -1], [100, 200], [null, 5], ['9007199254740993', 5], []])
      expect(shareOf(cells, bars)).toBeUndefined();
  });

  it('are of the share itself where the command has one, and say what its column says', () => {
    const columns: readonly RunColumn[] = [
      { id: 'size', title: 'SIZE(GB)', kind: 'number' },
      { id: 'used', title: 'USED(GB)', kind: 'number' },
      { id: 'percent', title: 'PERCENT USED', kind: 'percent' },
    ];
    const picture = { kind: 'bars', used: 'used', total: 'size', share: 'percent' } as const;
    // 6 MB of 9 MB, both shown as 0.01 GB.
    const cells = [0.01, 0.01, 0.6667];
    const [bar, percent] = ['bar', 'c2:percent'].map((id) => columnsOf(columns, picture).find((one) => one.id === id)!);

    expect(shareOf(cells, barsOf(columns, picture)!)).toBe(0.6667);
    expect(bar!.text(row(cells))).toBe(percent!.text(row(cells)));
    for (const share of [null, -0.1, 1.5]) expect(shareOf([1, 1, share], barsOf(columns, picture)!)).toBeUndefined();
  });

  it('need both of their columns', () => {
    expect(barsOf(PROCESSES, BARS)).toBeUndefined();
    expect(columnsOf(PROCESSES).map(({ id }) => id)).not.toContain('bar');
  });
});

describe('a tree', () => {
  it('puts children under their parents and keeps their order', () => {
    expect(tree([30, 'pause', 20], [1, 'init', 0], [21, 'etcd', 1], [20, 'containerd', 1])).toEqual([
      'init',
      '-etcd',
      '-containerd',
      '--pause',
    ]);
  });

  it('keeps the nodes apart', () => {
    const rows = [
      row([1, 'a', 0], 'cp-1'),
      row([1, 'b', 0], 'cp-2'),
      row([2, 'c', 1], 'cp-1'),
      row([2, 'd', 1], 'cp-2'),
    ];

    expect(drawn(treeRows(rows, treeColumns(PROCESSES, TREE)!))).toEqual(['a', '-c', 'b', '-d']);
  });

  it('loses and repeats no row of a node that lies', () => {
    expect(tree([1, 'one', 2], [2, 'two', 1], [3, 'self', 3], [4, 'top', 99])).toEqual(['self', 'top', 'one', '-two']);
    expect(tree([7, 'a', 0], [7, 'b', 0], [8, 'child', 7])).toEqual(['a', '-child', 'b']);
  });

  it('may be as deep as a node likes', () => {
    const deep = Array.from({ length: 50_000 }, (_, at) => row([at + 1, 'x', at]));

    expect(treeRows(deep, treeColumns(PROCESSES, TREE)!).at(-1)?.depth).toBe(49_999);
  });
});
