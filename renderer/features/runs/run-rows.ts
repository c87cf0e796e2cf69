import type { CellValue, CommandPicture, RunColumn } from '../../../preload/contract/index.ts';
import type { TableColumn } from '../../components/table/table-model.ts';
import { formatDuration, formatPercent } from '../../lib/format.ts';
import type { NodeRun, NodeRunState } from '../../state/run.svelte.ts';
import { barsOf, shareOf, type Bars } from './bars.ts';
import { cellText, isNumeric, safeText } from '../../lib/cells.ts';

/** One line of the result: one answer line of one node, or a node without one, or several equal nodes as one. */
export interface RunRow {
  readonly key: string;
  /** The how-manieth row of its node, from 0. */
  readonly index: number;
  /** What stands in the first column. */
  readonly name: string;
  readonly run: NodeRun;
  readonly cells: readonly CellValue[];
  /** Nodes this line speaks for. */
  readonly nodes: readonly string[];
  /** How deep it stands in a tree; missing where rows are no tree. */
  readonly depth?: number;
}

const ORDER: Readonly<Record<NodeRunState, number>> = { failed: 0, done: 1, running: 2, waiting: 3, cancelled: 4 };

/** Failures first, then answers, then what is still to come; within each as asked. `nameOf` gives the node's own name. */
export function rowsOf(nodes: readonly NodeRun[], nameOf: (node: string) => string): readonly RunRow[] {
  const ordered = [...nodes].sort((a, b) => ORDER[a.state] - ORDER[b.state]);
  return ordered.flatMap((run) => {
    const base = { name: nameOf(run.node), run, nodes: [run.node] };
    if (run.rows.length === 0) return [{ ...base, key: run.node, index: 0, cells: [] }];
    return run.rows.map((cells, index) => ({
      ...base,
      key: index === 0 ? run.node : `${run.node}#${index}`,
      index,
      cells,
    }));
  });
}

/** What the cells of a row say instead of values; undefined when it has some. */
export function noteOf(row: RunRow): string | undefined {
  if (row.cells.length > 0) return undefined;
  switch (row.run.state) {
    case 'failed':
      return safeText(row.run.failure?.message ?? 'failed');
    case 'cancelled':
      return 'cancelled';
    case 'running':
      return row.run.endpoint === undefined ? 'asking' : `asking through ${row.run.endpoint}`;
    case 'waiting':
      return 'waiting';
    case 'done':
      return 'answered with nothing';
  }
}

/** Columns talosctl does not print, hidden until the user chooses them; but for one that is drawn as bars. */
export function extraColumns(columns: readonly RunColumn[], picture?: CommandPicture): ReadonlySet<string> {
  const drawn = picture?.kind === 'tree' ? picture.share : undefined;
  return new Set(
    columns.flatMap((column, index) =>
      column.isExtra === true && column.id !== drawn ? [columnId(column, index)] : [],
    ),
  );
}

/** Columns of one run may share an id. */
export function columnId(column: RunColumn, index: number): string {
  return `c${index}:${column.id}`;
}

/** A group has no endpoint and no time of its own. */
function isGroup(row: RunRow): boolean {
  return row.nodes.length > 1;
}

/** The column a bar is drawn in. */
export const BAR_COLUMN = 'bar';

function barColumn(title: string, bars: Bars): TableColumn<RunRow> {
  const share = (row: RunRow): number | undefined => shareOf(row.cells, bars);
  return {
    id: BAR_COLUMN,
    title: `${title} %`,
    text: (row) => {
      const known = share(row);
      return known === undefined ? '' : formatPercent(known);
    },
    sortBy: share,
    widthPx: 136,
  };
}

/** The node, talosctl's columns, then how the answer came. */
export function columnsOf(
  columns: readonly RunColumn[],
  picture?: CommandPicture,
  hasAges = false,
): readonly TableColumn<RunRow>[] {
  const bars = barsOf(columns, picture);
  return [
    { id: 'node', title: 'NODE', text: (row) => row.name, isFixed: true, extraPx: hasAges ? 96 : 24 },
    ...columns.flatMap((column, index): readonly TableColumn<RunRow>[] => {
      const plain: TableColumn<RunRow> = {
        id: columnId(column, index),
        title: column.unit === undefined ? column.title : `${column.title} (${column.unit})`,
        text: (row) => cellText(row.cells[index], column.kind),
        sortBy: (row) => row.cells[index],
        align: isNumeric(column.kind) ? 'end' : 'start',
        isMono: column.kind === 'text',
        // Room for the bar.
        ...(picture?.kind === 'tree' && column.id === picture.share && { widthPx: 136 }),
      };
      return bars?.used === index ? [plain, barColumn(column.title, bars)] : [plain];
    }),
    {
      id: 'endpoint',
      title: 'ANSWERED BY',
      text: (row) => (isGroup(row) ? '' : (row.run.endpoint ?? '')),
      isMono: true,
    },
    {
      id: 'time',
      title: 'TIME',
      text: (row) => (isGroup(row) || row.run.durationMs === undefined ? '' : formatDuration(row.run.durationMs)),
      sortBy: (row) => row.run.durationMs,
      align: 'end',
      widthPx: 88,
    },
  ];
}
