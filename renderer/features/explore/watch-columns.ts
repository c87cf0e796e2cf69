import type { RunColumn } from '../../../preload/contract/index.ts';
import type { TableColumn } from '../../components/table/table-model.ts';
import { cellText, isNumeric } from '../../lib/cells.ts';
import { formatTime } from '../../lib/format.ts';
import type { WatchedRow } from '../../state/resource-watch.svelte.ts';

/** A row with its node's own name. */
export interface ExploredRow extends WatchedRow {
  readonly name: string;
}

/** talosctl's signs of `get --watch`. */
export const CHANGE_SIGN = { added: '+', changed: '~', removed: '−' } as const;

/** `added 14:02:11`; empty for what is as it was when the watch began. */
export function changeText({ change }: WatchedRow): string {
  return change === undefined ? '' : `${change.what} ${formatTime(change.atMs)}`;
}

/** Ids of columns of this screen are those of main, with these two of its own. */
const NODE = 'node';
const CHANGE = 'change';

/**
 * The id first, then the node and what happened since, then talosctl's columns for the type. Namespace and type are the same in
 * every row: they stand above the table.
 */
export function columnsOf(columns: readonly RunColumn[]): readonly TableColumn<ExploredRow>[] {
  const cells = columns.map((column, index): TableColumn<ExploredRow> => ({
    id: column.id,
    title: column.unit === undefined ? column.title : `${column.title} (${column.unit})`,
    text: (row) => cellText(row.cells[index], column.kind),
    sortBy: (row) => row.cells[index],
    align: isNumeric(column.kind) ? 'end' : 'start',
    isMono: column.kind === 'text',
    ...(column.id === 'id' ? { isFixed: true, extraPx: 20 } : {}),
  }));
  return [
    ...cells.filter(({ id }) => id === 'id'),
    // Room for the age of what a silent node told.
    { id: NODE, title: 'NODE', text: (row) => row.name, extraPx: 76 },
    { id: CHANGE, title: 'CHANGE', text: changeText, sortBy: (row) => row.change?.atMs, widthPx: 144 },
    ...cells.filter(({ id }) => id !== 'id'),
  ];
}

/** What is not worth its place at first. */
export function firstHidden(isOneNode: boolean, hasChanged: boolean): ReadonlySet<string> {
  return new Set(['namespace', 'type', ...(isOneNode ? [NODE] : []), ...(hasChanged ? [] : [CHANGE])]);
}

/** Place of a table's column among the cells; -1 for columns that are none. */
export function placeOf(columns: readonly RunColumn[], id: string): number {
  return columns.findIndex((column) => column.id === id);
}
