import { eachBounded } from './each-bounded.ts';
import type { NodeCancels } from './node-cancels.ts';

/** One node's turn. */
export interface Turn {
  readonly node: string;
  /** Aborts when this node or all the work is cancelled. */
  readonly signal: AbortSignal;
  /** What follows the node stands now, or has come to grief once: the next node may be asked while this one goes on. */
  readonly stands: () => void;
}

/** Most nodes that are asked at a time, unless the user chose otherwise: apid answers them in parallel, and one slow node must not hold up the rest. */
const NODES_AT_ONCE = 64;

/**
 * The one way in which work goes out to many nodes, whether it is asked once, again and again, or followed: each node once,
 * in the order given, at most `atOnce` being asked at a time, each to be cancelled alone. `task` never rejects; `onSkipped` gets
 * the nodes that were cancelled before their turn came. Resolves when every turn has ended.
 */
export async function fanOut(
  nodes: readonly string[],
  cancels: NodeCancels,
  task: (turn: Turn) => Promise<void>,
  onSkipped: (node: string) => void = () => undefined,
  atOnce: number = NODES_AT_ONCE,
): Promise<void> {
  await eachBounded(
    [...new Set(nodes)],
    atOnce,
    cancels.signal,
    async (node, stands) => {
      if (cancels.isCancelled(node)) onSkipped(node);
      else await task({ node, signal: cancels.signalOf(node), stands });
    },
    onSkipped,
  );
}
