import { MOST_GRAPH_EDGES, MOST_GRAPH_NODES, type DependencyItem } from '../../../preload/contract/index.ts';
import { Failed, isCancelled } from '../../lib/failed.ts';
import type { Caller } from '../clusters/caller.ts';
import { talosctlLine } from '../commands/kit/talosctl-line.ts';
import { dependencyGraph, type GraphResource, type Use } from './dependency-edges.ts';

const DEADLINE_MS = 15_000;
/** Types whose resources are listed at a time. */
const AT_ONCE = 6;
/** Of one type; of all. */
const MOST_OF_TYPE = 2_000;
/** In one item. */
const PER_ITEM = 300;

/** What controllers of a node read and write, then the end. Throws Failed; a type whose resources cannot be listed stays a type. */
export async function* readGraph(
  caller: Caller,
  { node, hasResources }: { readonly node: string; readonly hasResources: boolean },
  signal: AbortSignal,
): AsyncGenerator<DependencyItem, void, undefined> {
  const uses = await usesOf(caller, node, signal);
  const resources: GraphResource[] = [];
  const notes: string[] = [];
  if (hasResources) {
    const places = placesOf(uses);
    let unread = 0;
    for (let at = 0; at < places.length; at += AT_ONCE) {
      yield { type: 'progress', done: at, of: places.length };
      const room = MOST_GRAPH_NODES - resources.length;
      if (room <= 0) break;
      const some = places.slice(at, at + AT_ONCE);
      const listed = await Promise.all(some.map((place) => listResources(caller, node, place, signal)));
      signal.throwIfAborted();
      for (const each of listed) {
        if (each === undefined) unread += 1;
        else resources.push(...each.slice(0, Math.max(0, MOST_GRAPH_NODES - resources.length)));
      }
    }
    if (unread > 0) {
      notes.push(
        `The resources of ${unread} of ${places.length} types were not read: they are refused, or too many. The types stand for them.`,
      );
    }
  }
  const { nodes, edges } = dependencyGraph(uses, resources);
  const shown = nodes.slice(0, MOST_GRAPH_NODES);
  const known = new Set(shown.map(({ id }) => id));
  const drawn = edges.filter(({ from, to }) => known.has(from) && known.has(to)).slice(0, MOST_GRAPH_EDGES);
  if (nodes.length > shown.length || edges.length > drawn.length) {
    notes.push(`${nodes.length - shown.length} nodes and ${edges.length - drawn.length} edges more are not drawn.`);
  }
  for (let at = 0; at < shown.length; at += PER_ITEM) yield { type: 'nodes', nodes: shown.slice(at, at + PER_ITEM) };
  for (let at = 0; at < drawn.length; at += PER_ITEM) yield { type: 'edges', edges: drawn.slice(at, at + PER_ITEM) };
  const words = ['inspect', 'dependencies', ...(hasResources ? ['--with-resources'] : [])];
  yield { type: 'notes', notes, talosctl: talosctlLine(caller, [node], words) };
}

async function usesOf(caller: Caller, node: string, signal: AbortSignal): Promise<readonly Use[]> {
  try {
    const options = { node, deadlineMs: DEADLINE_MS, signal };
    const { value } = await caller.unary('/inspect.InspectService/ControllerRuntimeDependencies', {}, options);
    return value.messages.flatMap(({ edges }) => edges);
  } catch (error) {
    throw error instanceof Failed ? error : new Failed(caller.explain(error, { node }), error);
  }
}

/** Every type in every namespace that is used. */
function placesOf(uses: readonly Use[]): readonly { readonly type: string; readonly namespace: string }[] {
  const places = new Map(
    uses.map(({ resource_type: type, resource_namespace: namespace }) => [
      `${namespace}\n${type}`,
      { type, namespace },
    ]),
  );
  return [...places.values()];
}

/** Resources of one type; undefined when they cannot be listed, or are too many to be looked at. */
async function listResources(
  caller: Caller,
  node: string,
  { type, namespace }: { readonly type: string; readonly namespace: string },
  signal: AbortSignal,
): Promise<readonly GraphResource[] | undefined> {
  const found: GraphResource[] = [];
  try {
    const request = { namespace, type };
    for await (const { resource } of caller.serverStream('/cosi.resource.State/List', request, {
      ...{ node, deadlineMs: DEADLINE_MS, signal },
    })) {
      const metadata = resource?.metadata;
      if (!metadata) continue;
      if (found.length >= MOST_OF_TYPE) return undefined;
      found.push({ type, namespace: metadata.namespace, id: metadata.id, owner: metadata.owner });
    }
    return found;
  } catch (error) {
    if (signal.aborted || isCancelled(error)) throw error;
    return undefined;
  }
}
