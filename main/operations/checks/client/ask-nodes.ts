import { isCancelled } from '../../../lib/failed.ts';
import { eachBounded } from '../../work/fan-out/each-bounded.ts';
import { CheckUnmet, type CheckedNode, type CheckTools } from './check.ts';

/** Nodes asked at a time. */
const AT_ONCE = 32;

/** What `ask` brings of every node, in the order of the nodes. Throws CheckUnmet for the first node that failed: `error getting <what> …`. */
export async function askNodes<T>(
  nodes: readonly CheckedNode[],
  { connection, signal, deadlineMs }: CheckTools,
  wording: (node: string, why: string) => string,
  ask: (call: { readonly node: string; readonly deadlineMs: number; readonly signal: AbortSignal }) => Promise<T>,
): Promise<readonly (readonly [node: CheckedNode, answer: T])[]> {
  const answers = new Map<CheckedNode, T>();
  let problem: { readonly at: number; readonly error: Error } | undefined;
  await eachBounded(
    nodes,
    AT_ONCE,
    signal,
    async (node) => {
      try {
        answers.set(node, await ask({ node: node.ip, deadlineMs, signal }));
      } catch (error) {
        const at = nodes.indexOf(node);
        if (problem !== undefined && problem.at < at) return;
        const why = isCancelled(error) ? error : new CheckUnmet(wordsOf(error, node.ip));
        problem = { at, error: why as Error };
      }
    },
    () => undefined,
  );
  signal.throwIfAborted();
  if (problem !== undefined) throw problem.error;
  return nodes.map((node) => [node, answers.get(node) as T]);

  function wordsOf(error: unknown, node: string): string {
    if (error instanceof CheckUnmet) return error.message;
    return wording(node, connection.explain(error, { node }).message);
  }
}

/** True where the caller's roles do not allow it, or the node is too old to have such resources. */
export function isKept(error: unknown, { connection }: Pick<CheckTools, 'connection'>, node: string): boolean {
  const { code } = connection.explain(error, { node });
  return code === 'denied' || code === 'not-found';
}
