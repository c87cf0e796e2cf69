import type { CellValue } from '../../../preload/contract/index.ts';
import { columnKeys, exportedCell, type ExportedRun } from './exported-run.ts';

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

export interface NodePart {
  readonly node: string;
  readonly endpoint: string | null;
  readonly durationMs: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly rows: readonly Readonly<Record<string, CellValue>>[];
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
    if (result.state === 'failed') {
      const { code, message } = result.failure;
      yield { ...shared, error: { code, message }, rows: [] };
      continue;
    }
    const rows = result.rows.map((row) =>
      Object.fromEntries(
        run.columns.map((column, index) => [keys[index] ?? column.id, exportedCell(row[index], column.kind)]),
      ),
    );
    yield { ...shared, error: null, rows };
  }
}
