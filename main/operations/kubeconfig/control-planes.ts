import type { NodesState, NodeSummary } from '../../../preload/contract/index.ts';

/**
 * Which nodes to ask for a kubeconfig, best first: control planes that are not known to be offline, then nodes whose role
 * is unknown, then control planes that were offline. `undefined` is the endpoint answering for itself, which works
 * where discovery does not. Workers are never asked: they have none (docs/talos-behaviour.md §4.3).
 */
export function kubeconfigCandidates({ nodes }: NodesState): readonly (NodeSummary | undefined)[] {
  const isOffline = (node: NodeSummary): boolean => node.seen?.state === 'offline';
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

/** Addresses of the API server besides the one in the kubeconfig: each control plane on the same port. */
export function controlPlaneServers({ nodes }: NodesState, server: string): readonly string[] {
  let port: string;
  try {
    port = new URL(server).port || '443';
  } catch {
    return [];
  }
  const addresses = nodes.filter(({ role }) => role === 'controlplane').flatMap((node) => node.addresses.slice(0, 2));
  const servers = addresses.map((address) => `https://${address.includes(':') ? `[${address}]` : address}:${port}`);
  return [...new Set(servers)].filter((one) => one !== server).slice(0, 10);
}
