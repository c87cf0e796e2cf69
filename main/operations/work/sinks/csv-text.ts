import { stringify } from 'csv-stringify/sync';
import type { CellValue } from '../../../../preload/contract/index.ts';
import { visibleText } from '../../../lib/visible.ts';
import { columnHeader, exportedCell, type ExportedRun } from './exported-run.ts';

/** Rows turned into text at a time. */
export const ROWS_PER_PIECE = 100;

/**
 * The run as CSV (RFC 4180, CRLF): one line per row, and one line with ERROR for each node that failed, so that a table that
 * was loaded somewhere still says what is missing. Texts that a spreadsheet would run as a formula get an apostrophe. Unseen
 * signs are written out, but for line ends and tabs inside a cell.
 */
export function* csvText(run: ExportedRun): Generator<string> {
  yield csvPiece([['NODE', ...run.columns.map(columnHeader), 'ERROR']]);
  let lines: CellValue[][] = [];
  for (const result of run.nodes) {
    for (const row of result.rows ?? []) {
      lines.push([result.node, ...run.columns.map(({ kind }, index) => exportedCell(row[index], kind)), null]);
      if (lines.length >= ROWS_PER_PIECE) {
        yield csvPiece(lines);
        lines = [];
      }
    }
    if (result.state === 'failed') lines.push([result.node, ...run.columns.map(() => null), result.failure.message]);
  }
  if (lines.length > 0) yield csvPiece(lines);
}

/** Some lines as CSV: see {@link csvText}. */
export function csvPiece(lines: readonly (readonly CellValue[])[]): string {
  return stringify(lines as CellValue[][], {
    record_delimiter: '\r\n',
    escape_formulas: true,
    cast: {
      // A number is never a formula, not even a negative one.
      number: (value) => ({ value: String(value), escape_formulas: false }),
      boolean: (value) => String(value),
      // Unseen signs are written out, since files are looked at in terminals, too; formulas are looked for behind them.
      string: (value) => visibleText(value),
    },
  });
}
