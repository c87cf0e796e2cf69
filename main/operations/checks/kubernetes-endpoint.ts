import type { KubernetesServer } from '../../kubernetes/connection.ts';
import { serverFlaw } from '../../kubeconfig/handed-out-text.ts';
import { wrong } from '../commands/kit/params.ts';

const DEFAULT_PORT = 6443;

/**
 * What `--k8s-endpoint` names: a host with or without `https://` and a port; undefined for an empty text. Throws Failed
 * `invalid` naming the field.
 */
export function kubernetesServer(endpoint: string): KubernetesServer | undefined {
  const text = endpoint.trim().replace(/^https:\/\//i, '');
  if (text === '') return undefined;
  const flaw = text.includes('/') ? 'has a path' : serverFlaw(`https://${text}`);
  if (flaw !== undefined) throw wrong('endpoint', `The Kubernetes endpoint ${flaw}.`);
  const { hostname, port } = new URL(`https://${text}`);
  // The URL leaves out the port of https, where it was written.
  const named = /:(\d+)$/.exec(text)?.[1] ?? port;
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(named) || DEFAULT_PORT };
}
