import type { PlainValue } from '../yaml/plain-value.ts';
import { editKubeconfig, type KubeconfigEdit } from './edit-kubeconfig.ts';
import { parseKubeconfig } from './kubeconfig.ts';

/** A fetched kubeconfig whose clusters are reached at another address. */
export function withServer(text: string, server: string): string {
  const kubeconfig = parseKubeconfig(text, undefined, { keepTokens: true });
  const edits = [...kubeconfig.clusters.values()].map(({ name, value }): KubeconfigEdit => ({
    kind: 'put',
    section: 'clusters',
    name,
    value: new Map<string, PlainValue>(value).set('server', server),
  }));
  return editKubeconfig(kubeconfig, edits).text;
}
