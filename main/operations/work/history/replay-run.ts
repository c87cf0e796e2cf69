import { setImmediate } from 'node:timers/promises';
import type { RunEvent, RunSummary } from '../../../../preload/contract/index.ts';
import type { NodeResult, RunResult } from './run-results.ts';
import type { Row } from '../../commands/kit/definition.ts';
import { messageSize } from '../../../lib/message-size.ts';
import { BYTES_PER_EVENT, ROWS_PER_EVENT } from '../run-rows.ts';

/**
 * The events of a run that has ended, made again from what is kept of it. Nodes come in the order they ended in; of a node
 * that was not heard of before the run was cancelled there is no event.
 */
export async function* replayed(
  summary: RunSummary,
  nodes: readonly string[],
  result: RunResult,
): AsyncGenerator<RunEvent, void, undefined> {
  const { runId, number, talosctl, startedAtMs, ok, failed, cancelled, durationMs } = summary;
  yield { type: 'started', runId, number, nodes, columns: result.columns, talosctl, startedAtMs };
  for (const node of nodes) {
    const count = result.lines.goneOf(node);
    if (count > 0) yield { type: 'dropped', node, count };
  }
  for (const { node, lines } of result.lines.pieces()) {
    yield { type: 'lines', node, lines };
    await setImmediate();
  }
  for (const [node, one] of result.nodes) {
    for (const event of nodeEvents(node, one)) {
      yield event;
      // Thousands of nodes, or a hundred thousand rows, must not hold up what else main does.
      await setImmediate();
    }
  }
  const { notes } = result;
  // A run that was cut short has no end of its own.
  if (summary.state !== 'finished') return;
  yield {
    ...{ type: 'finished', ok, failed, cancelled, durationMs: durationMs ?? 0 },
    ...(notes.length > 0 && { notes }),
  };
}

function* nodeEvents(node: string, result: NodeResult): Generator<RunEvent, void, undefined> {
  if (result.state === 'failed') {
    const { endpoint, durationMs, failure, rows = [] } = result;
    for (let from = 0; from < rows.length;) {
      const to = eventEnd(rows, from);
      yield { type: 'rows', node, rows: rows.slice(from, to) };
      from = to;
    }
    yield { type: 'failed', node, ...(endpoint !== undefined && { endpoint }), durationMs, failure };
    return;
  }
  const { endpoint, durationMs, rows, notes } = result;
  let from = 0;
  for (;;) {
    const to = eventEnd(rows, from);
    if (to === rows.length) break;
    yield { type: 'rows', node, rows: rows.slice(from, to) };
    from = to;
  }
  yield { type: 'answered', node, endpoint, durationMs, rows: rows.slice(from), ...(notes && { notes }) };
}

/** Where the event that begins with this row ends: bounded in rows and in bytes, as in the run itself. */
function eventEnd(rows: readonly Row[], from: number): number {
  let bytes = 0;
  let to = from;
  while (to < rows.length && to - from < ROWS_PER_EVENT && bytes < BYTES_PER_EVENT) {
    bytes += messageSize(rows[to]);
    to += 1;
  }
  return to;
}
