import { talosYaml } from '../wire/talos-yaml.ts';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** What goes into a kubeconfig. Keys are PEM. */
export interface KubeconfigParts {
  readonly cluster: string;
  readonly server: string;
  readonly caPem: string;
  readonly certPem: string;
  readonly keyPem: string;
}

/** The kubeconfig a node hands out: one cluster, one user, one context. Contains a key. */
export function kubeconfigText(parts: KubeconfigParts): string {
  const user = `admin@${parts.cluster}`;
  return talosYaml({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: parts.cluster, cluster: { server: parts.server, 'certificate-authority-data': base64(parts.caPem) } },
    ],
    users: [
      {
        name: user,
        user: { 'client-certificate-data': base64(parts.certPem), 'client-key-data': base64(parts.keyPem) },
      },
    ],
    contexts: [{ context: { cluster: parts.cluster, namespace: 'default', user }, name: user }],
    'current-context': user,
  });
}
