import type { CellValue, RunColumn } from '../../../../preload/contract/index.ts';
import type { Row } from '../../commands/kit/definition.ts';
import { columnKeys, exportedCell, type ExportedRun } from './exported-run.ts';

/** One at a time: a hundred thousand rows are never in memory twice. */
function* rowsOf(
  rows: readonly Row[],
  columns: readonly RunColumn[],
  keys: readonly string[],
): Generator<Readonly<Record<string, CellValue>>> {
  for (const row of rows) {
    yield Object.fromEntries(
      columns.map((column, index) => [keys[index] ?? column.id, exportedCell(row[index], column.kind)]),
    );
  }
}

/** The parts of a JSON or YAML export, one at a time: what was run, then one node after another. */
export function runHead(run: ExportedRun): Readonly<Record<string, CellValue>> {
  return {
    command: run.title,
    context: run.contextName,
    talosctl: run.talosctl,
    startedAt: new Date(run.startedAtMs).toISOString(),
    state: run.state,
    nodes: run.nodeCount,
    ok: run.ok,
    failed: run.failed,
    cancelled: run.cancelled,
  };
}

/** One node of an exported run; `rows` can be read once. */
export interface NodePart {
  readonly node: string;
  readonly endpoint: string | null;
  readonly durationMs: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly rows: Iterable<Readonly<Record<string, CellValue>>>;
  readonly rowCount: number;
}

/** Every node with its rows under talosctl's headers, or with why it failed. */
export function* nodeParts(run: ExportedRun): Generator<NodePart> {
  const keys = columnKeys(run.columns);
  for (const result of run.nodes) {
    const shared = {
      node: result.node,
      endpoint: result.endpoint ?? null,
      durationMs: Math.round(result.durationMs * 10) / 10,
    };
    const rows = result.rows ?? [];
    const error = result.state === 'failed' ? { code: result.failure.code, message: result.failure.message } : null;
    yield { ...shared, error, rows: rowsOf(rows, run.columns, keys), rowCount: rows.length };
  }
}
