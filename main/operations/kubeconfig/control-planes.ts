import type { NodesState } from '../../../preload/contract/index.ts';

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
