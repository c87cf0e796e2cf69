import type { RunEvent } from '../../../preload/contract/index.ts';
import type { CommandDefinition, CommandParams } from '../commands/kit/definition.ts';
import { syntaxWords, talosctlLine } from '../commands/kit/talosctl-line.ts';
import { bytesOfNode } from './bytes-of-node.ts';
import { bufferOf } from './buffers/buffer-of.ts';
import { fanOut } from './fan-out/fan-out.ts';
import { NodeCancels } from './fan-out/node-cancels.ts';
import { linesOfNodes } from './lines-of-nodes.ts';
import type { NodesWork } from './nodes-work.ts';
import { rowsOfNodes } from './rows-of-nodes.ts';
import { RunOutput } from './run-output.ts';
import type { RunRequest } from './run-request.ts';

/**
 * One command on many nodes: one call per node with the single `node` header (docs/talos-behaviour.md §5.7). Events come as
 * they happen; the first is `started`, the last `finished`. A node's failure never stops the others. When the signal
 * aborts, what runs is cancelled at the server and what waits is never sent. Throws Failed when the command cannot even be
 * prepared.
 */
export function run(request: RunRequest): AsyncIterable<RunEvent> {
  const output = new RunOutput(bufferFor(request), request.observer);
  runAll(request, output).catch((error: unknown) => output.fail(error));
  return output.events;
}

/** Does a run with these parameters stay open until it is stopped? */
export function isFollowed(command: CommandDefinition, params: CommandParams): boolean {
  return command.shape === 'lines' && command.follows(params);
}

/** What ends by itself is read whole; what follows has the buffer of its method. */
function bufferFor({ command, params }: RunRequest): 'lossless' | 'drop-oldest' {
  return isFollowed(command, params) && bufferOf(command.method) === 'drop-oldest' ? 'drop-oldest' : 'lossless';
}

async function runAll(request: RunRequest, output: RunOutput): Promise<void> {
  const { command, params, clock, connection, signal } = request;
  const nodes = [...new Set(request.nodes)];
  const startedAt = clock.monotonic();
  const work = await workOf(request, output, startedAt);
  output.push({
    type: 'started',
    runId: request.runId,
    number: request.number,
    nodes,
    columns: work.columns,
    talosctl: talosctlLine(connection, nodes, syntaxWords(command, params)),
    startedAtMs: clock.now(),
  });
  await fanOut(
    nodes,
    request.cancels ?? new NodeCancels(signal),
    (turn) => work.node(turn),
    (node) => output.skip(node),
    request.atOnce,
  );
  output.finish(clock.monotonic() - startedAt, work.end());
}

function workOf(request: RunRequest, output: RunOutput, startedAt: number): Promise<NodesWork> | NodesWork {
  const { command } = request;
  switch (command.shape) {
    case 'rows':
      return rowsOfNodes({ ...request, command }, output, startedAt);
    case 'lines':
      return linesOfNodes({ ...request, command }, output, startedAt);
    case 'bytes':
      return bytesOfNode({ ...request, command }, output);
  }
}
