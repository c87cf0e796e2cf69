import { formatNumber } from '../../../../preload/contract/format/numbers.ts';
import type { CellValue, ColumnKind, RunColumn, RunSummary } from '../../../../preload/contract/index.ts';
import { plainNumber, twoDigits } from '../../commands/kit/cells.ts';
import type { NodeResult, RunResult } from '../history/run-results.ts';

/** A run as exports tell it: what was asked, and every node's rows or failure. */
export interface ExportedRun extends RunSummary {
  readonly columns: readonly RunColumn[];
  /** Its rows are lines of text, of one cell each. */
  readonly isLines?: boolean;
  readonly nodes: readonly ({ readonly node: string } & NodeResult)[];
}

/** Every node of a run with its rows; lines are rows of one cell, also those of a node that failed or is still followed. */
export function exportedNodes(result: RunResult): ExportedRun['nodes'] {
  const lines = result.lines.byNode();
  const nodes = new Map<string, NodeResult>(result.nodes);
  for (const [node, ofNode] of lines) {
    const gone = result.lines.goneOf(node);
    const said = gone === 0 ? [] : [[`--- ${formatNumber(gone)} earlier lines are no longer kept ---`]];
    const rows = [...said, ...ofNode.map((line) => [line])];
    const known = nodes.get(node) ?? { state: 'answered', endpoint: '', durationMs: 0 };
    nodes.set(node, { ...known, rows });
  }
  return [...nodes].map(([node, one]) => ({ node, ...one }));
}

/** Header of a column in a file: talosctl's title, with the unit where the title has none. */
export function columnHeader({ title, kind, unit }: RunColumn): string {
  const suffix = unit ?? UNIT_OF_KIND[kind];
  return suffix === undefined ? title : `${title} (${suffix})`;
}

/** What a file has to say about a number, since no page formats it. */
const UNIT_OF_KIND: Readonly<Partial<Record<ColumnKind, string>>> = { bytes: 'bytes', duration: 'ms', percent: '%' };

/** A cell as a file holds it: moments in ISO 8601, shares in percent, everything else as it is. */
export function exportedCell(value: CellValue | undefined, kind: ColumnKind): CellValue {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number') return value;
  if (kind === 'time') return new Date(value).toISOString();
  if (kind === 'percent') return twoDigits(value * 100);
  // What a node wrote as text stays as it wrote it.
  return kind === 'text' || kind === 'id' ? value : plainNumber(value);
}

/** Keys of the columns in JSON and YAML; two columns with the same header are told apart by number. */
export function columnKeys(columns: readonly RunColumn[]): readonly string[] {
  const seen = new Map<string, number>();
  return columns.map((column) => {
    const header = columnHeader(column);
    const times = (seen.get(header) ?? 0) + 1;
    seen.set(header, times);
    return times === 1 ? header : `${header} ${times}`;
  });
}
