import { Failed, isCancelled } from '../../../lib/failed.ts';
import type { Connection } from '../../connections.ts';
import type { ResourceType } from './read-definition.ts';
import { listDefinitions, resolveType } from './resource-type.ts';

/** A node that is down would keep the run waiting for its type; whoever is asked gets this long. */
const RESOLVE_DEADLINE_MS = 10_000;

/**
 * Finds the type a word means, once per run. The endpoint is asked for its own definitions, because it is known to be
 * there; the first node when the endpoint cannot say (talosctl asks the first node, which may be the one that is down).
 */
export async function findType(
  connection: Connection,
  word: string,
  options: { readonly nodes: readonly string[]; readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<ResourceType> {
  const { signal, nodes } = options;
  const deadlineMs = Math.min(options.deadlineMs, RESOLVE_DEADLINE_MS);
  const askers = [{}, ...nodes.slice(0, 1).map((node) => ({ node }))];
  let first: unknown;
  for (const asker of askers) {
    try {
      const listed = await listDefinitions(connection, { ...asker, deadlineMs, signal });
      return await resolveType(word, listed, connection.texts.reading(signal));
    } catch (error) {
      if (isCancelled(error) || (error instanceof Failed && error.failure.code === 'invalid')) throw error;
      // "No such type" says more than "did not answer".
      if (first === undefined || (error instanceof Failed && error.failure.code === 'not-found')) first = error;
    }
  }
  throw new Failed(connection.explain(first, {}), first);
}
