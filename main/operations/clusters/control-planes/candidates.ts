import type { NodesState, NodeSummary } from '../../../../preload/contract/index.ts';

/**
 * Whom to ask what any control plane can answer, best first: control planes that are not known to be offline, then the
 * endpoint for itself (`undefined`; works where discovery does not), nodes whose role is unknown, and control planes that were
 * offline or not trusted. Workers are never asked (docs/talos-behaviour.md §4.3).
 */
export function controlPlaneCandidates({ nodes }: Pick<NodesState, 'nodes'>): readonly (NodeSummary | undefined)[] {
  const isOffline = (node: NodeSummary): boolean => node.seen !== undefined && node.seen.state !== 'online';
  const controlPlanes = nodes.filter(({ role }) => role === 'controlplane');
  const unknown = nodes.filter(({ role }) => role === 'unknown');
  return [
    ...controlPlanes.filter((node) => !isOffline(node)),
    undefined,
    ...unknown.filter((node) => !isOffline(node)),
    ...controlPlanes.filter(isOffline),
  ].slice(0, MAX_CANDIDATES);
}

/** A cluster with more control planes than this has other ways to be reached. */
const MAX_CANDIDATES = 8;
