import { Failed, isCancelled } from '../../../lib/failed.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { ResourceType } from './read-definition.ts';
import { listDefinitions, resolveType, type ListedDefinitions } from './resource-type.ts';

/** A node that is down would keep the run waiting for its type; whoever is asked gets this long. */
const RESOLVE_DEADLINE_MS = 10_000;

/** Nodes that are asked where the endpoint cannot say. */
const MOST_ASKED = 3;

/** Who does not know a type: another version of Talos may. More than so many do not change what is known. */
const MOST_UNKNOWN = 2;

interface Asking {
  readonly nodes: readonly string[];
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/**
 * Finds the type a word means, once per run. The endpoint is asked for its own definitions, because it is known to be
 * there; nodes, one after another, when it cannot say (talosctl asks the first node, which may be the one that is down).
 */
export async function findType(connection: Caller, word: string, asking: Asking): Promise<ResourceType> {
  const { signal } = asking;
  return firstThatKnows(connection, asking, (listed) => resolveType(word, listed, connection.texts.reading(signal)));
}

/** The definitions of whichever machine has them first: the endpoint, else one of the nodes. Throws Failed. */
export function anyDefinitions(connection: Caller, asking: Asking): Promise<ListedDefinitions> {
  return firstThatKnows(connection, asking, (listed) => Promise.resolve(listed));
}

async function firstThatKnows<T>(
  connection: Caller,
  { nodes, signal, ...asking }: Asking,
  read: (listed: ListedDefinitions) => Promise<T>,
): Promise<T> {
  const deadlineMs = Math.min(asking.deadlineMs, RESOLVE_DEADLINE_MS);
  const askers = [{}, ...[...new Set(nodes)].slice(0, MOST_ASKED).map((node) => ({ node }))];
  let first: unknown;
  let unknown = 0;
  for (const asker of askers) {
    try {
      return await read(await listDefinitions(connection, { ...asker, deadlineMs, signal }));
    } catch (error) {
      if (isCancelled(error) || (error instanceof Failed && error.failure.code === 'invalid')) throw error;
      const isUnknown = error instanceof Failed && error.failure.code === 'not-found';
      // "No such type" says more than "did not answer".
      if (first === undefined || isUnknown) first = error;
      if (isUnknown) unknown += 1;
      if (unknown === MOST_UNKNOWN) break;
    }
  }
  throw new Failed(connection.explain(first, {}), first);
}
