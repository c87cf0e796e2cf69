import type { CellValue, RunEvent } from '../../preload/contract/index.ts';
import type { Clock } from '../lib/clock.ts';
import { Failed, isCancelled } from '../lib/failed.ts';
import type { CommandDefinition, CommandParams } from './commands/definition.ts';
import type { Connection } from './connections.ts';
import { eachBounded } from './each-bounded.ts';
import { EventQueue } from './event-queue.ts';
import { talosctlLine } from './talosctl-line.ts';

export interface RunRequest {
  readonly runId: string;
  readonly connection: Connection;
  readonly command: CommandDefinition;
  readonly params: CommandParams;
  /** One call each; a node named twice is called once. */
  readonly nodes: readonly string[];
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** Most calls of one run at a time: apid answers them in parallel, and one slow node must not hold up the rest. */
export const PARALLEL_CALLS = 64;

/**
 * One command on many nodes: one call per node with the single `node` header (docs/talos-behaviour.md §5.7). Events come as
 * they happen; the first is `started`, the last `finished`. A node's failure never stops the others. When the signal
 * aborts, what runs is cancelled at the server and what waits is never sent.
 */
export function run(request: RunRequest): AsyncIterable<RunEvent> {
  const events = new EventQueue<RunEvent>();
  void callAll(request, events).finally(() => {
    events.end();
  });
  return events;
}

async function callAll(request: RunRequest, events: EventQueue<RunEvent>): Promise<void> {
  const { command, params, clock, signal, connection } = request;
  const nodes = [...new Set(request.nodes)];
  const startedAt = clock.monotonic();
  const counts = { ok: 0, failed: 0, cancelled: 0 };
  events.push({
    type: 'started',
    runId: request.runId,
    nodes,
    columns: command.columns,
    talosctl: talosctlLine(connection.context, nodes, command.talosctl(params)),
    startedAtMs: clock.now(),
  });

  const callNode = async (node: string): Promise<void> => {
    const nodeStartedAt = clock.monotonic();
    const tookMs = (): number => clock.monotonic() - nodeStartedAt;
    let endpoint: string | undefined;
    const leftMs = request.deadlineMs - (nodeStartedAt - startedAt);
    try {
      const answer = await connection.unary(command.method, command.request(params), {
        node,
        deadlineMs: leftMs,
        signal,
        onEndpoint: (name) => {
          endpoint = name;
          events.push({ type: 'calling', node, endpoint: name });
        },
      });
      const rows: readonly (readonly CellValue[])[] = command.rows(answer.value, params);
      counts.ok += 1;
      events.push({ type: 'answered', node, endpoint: answer.endpoint, durationMs: tookMs(), rows });
    } catch (error) {
      const failure = connection.explain(error, { node, endpoint });
      if (isCancelled(error) || failure.code === 'cancelled') counts.cancelled += 1;
      else counts.failed += 1;
      events.push({ type: 'failed', node, ...(endpoint !== undefined && { endpoint }), durationMs: tookMs(), failure });
    }
  };
  const skip = (node: string): void => {
    counts.cancelled += 1;
    const { failure } = new Failed({
      code: 'cancelled',
      message: `Cancelled before ${node} was called.`,
      retry: 'safe',
    });
    events.push({ type: 'failed', node, durationMs: 0, failure });
  };
  await eachBounded(nodes, PARALLEL_CALLS, signal, callNode, skip);
  events.push({ type: 'finished', ...counts, durationMs: clock.monotonic() - startedAt });
}
