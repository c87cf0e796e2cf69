import { visible, visibleText } from '../../../lib/visible.ts';
import { columnHeader, exportedCell, type ExportedRun } from './exported-run.ts';

/** Wider cells would push everything else out of sight. */
const MAX_WIDTH = 120;

/** The run as talosctl prints it: an aligned table with its columns, or whole lines of text; failures below. */
export function* tableText(run: ExportedRun): Generator<string> {
  yield* run.isLines === true ? linesOf(run) : tableOf(run);
  for (const result of run.nodes) {
    if (result.state === 'failed') yield `error from node ${shown(result.node)}: ${shown(result.failure.message)}\n`;
  }
}

function* linesOf(run: ExportedRun): Generator<string> {
  for (const { node, rows = [] } of run.nodes) {
    for (const [line] of rows) yield `${shown(node)}: ${visibleText(String(line ?? ''))}\n`;
  }
}

function* tableOf(run: ExportedRun): Generator<string> {
  const columns = run.columns.filter(({ isExtra }) => isExtra !== true);
  const places = columns.map((column) => run.columns.indexOf(column));
  const header = ['NODE', ...columns.map((column) => visible(columnHeader(column)))];
  const lineOf = (node: string, row: readonly unknown[]): readonly string[] => [
    shown(node),
    ...columns.map(({ kind }, index) => {
      const value = row[places[index] ?? -1];
      return shown(String(exportedCell(value as string | number | boolean | null, kind) ?? ''));
    }),
  ];

  const widths = header.map((title) => title.length);
  for (const result of run.nodes) {
    for (const row of result.rows ?? []) {
      for (const [index, cell] of lineOf(result.node, row).entries()) {
        widths[index] = Math.max(widths[index] ?? 0, cell.length);
      }
      // Nothing yet, but others have their turn between pieces.
      yield '';
    }
  }
  const aligned = (cells: readonly string[]): string =>
    `${cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('   ')
      .trimEnd()}\n`;

  yield aligned(header);
  for (const result of run.nodes) {
    for (const row of result.rows ?? []) yield aligned(lineOf(result.node, row));
  }
}

function shown(text: string): string {
  // It may be pasted into a terminal.
  const safe = visible(text.slice(0, MAX_WIDTH + 1));
  return safe.length > MAX_WIDTH ? `${safe.slice(0, MAX_WIDTH - 1)}…` : safe;
}
