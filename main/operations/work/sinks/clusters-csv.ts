import type { CellValue } from '../../../../preload/contract/index.ts';
import { columnKeys, exportedCell, type ExportedRun } from './exported-run.ts';
import { csvPiece, ROWS_PER_PIECE } from './csv-text.ts';

/** A cluster that could not even be asked, and why. */
interface MissingCluster {
  readonly cluster: string;
  readonly why: string;
}

/**
 * Runs of the same command on several clusters as one CSV, as `csvText` writes it, with the cluster before the node. Columns that only
 * some clusters have (Talos versions differ) are empty for the others. Clusters and nodes that did not answer have a line with ERROR.
 */
export function* clustersCsv(
  runs: readonly ExportedRun[],
  missing: readonly MissingCluster[],
): Generator<string, void, undefined> {
  const keys = [...new Set(runs.flatMap(({ columns }) => columnKeys(columns)))];
  const empty = keys.map(() => null);
  let lines: CellValue[][] = [['CLUSTER', 'NODE', ...keys, 'ERROR']];
  for (const { cluster, why } of missing) lines.push([cluster, null, ...empty, why]);
  for (const { contextName, columns, nodes } of runs) {
    const places = new Map(columnKeys(columns).map((key, index) => [key, index]));
    const cell = (row: readonly CellValue[], key: string): CellValue => {
      const index = places.get(key) ?? -1;
      return exportedCell(row[index], columns[index]?.kind ?? 'text');
    };
    for (const result of nodes) {
      for (const row of result.rows ?? []) {
        lines.push([contextName, result.node, ...keys.map((key) => cell(row, key)), null]);
        if (lines.length < ROWS_PER_PIECE) continue;
        yield csvPiece(lines);
        lines = [];
      }
      if (result.state === 'failed') lines.push([contextName, result.node, ...empty, result.failure.message]);
    }
  }
  if (lines.length > 0) yield csvPiece(lines);
}
