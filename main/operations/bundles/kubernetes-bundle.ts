import { DEFAULT_VERSIONS, type CallInput, type ImageBundle } from '../../../preload/contract/index.ts';
import { wrong } from '../commands/kit/params.ts';
import { syntaxWords } from '../commands/kit/talosctl-line.ts';
import { kubernetesImages } from './bundle-commands.ts';

type Wish = Extract<CallInput<'bundles.images'>, { of: 'kubernetes' }>;

const VERSION = /^v?(\d{1,9}\.\d{1,9}\.\d{1,9}(?:[-+][0-9A-Za-z.+-]{1,60})?)$/;

/** The digits of a version; Talos writes some with a `v` before them. Throws Failed `invalid` naming the field. */
function digitsOf(wish: Wish, field: Exclude<keyof Wish, 'of'>): string {
  const typed = wish[field].trim() || DEFAULT_VERSIONS[field];
  const digits = VERSION.exec(typed)?.[1];
  if (digits === undefined) throw wrong(field, `"${typed}" is no version such as ${DEFAULT_VERSIONS[field]}.`);
  return digits;
}

/** `talosctl image k8s-bundle` (docs/talos-behaviour.md §6.13). Throws Failed `invalid`. */
export function kubernetesBundle(wish: Wish): ImageBundle {
  const k = `v${digitsOf(wish, 'kubernetes')}`;
  const versions = {
    kubernetes: k,
    etcd: digitsOf(wish, 'etcd'),
    coredns: `v${digitsOf(wish, 'coredns')}`,
    flannel: digitsOf(wish, 'flannel'),
    policies: `v${digitsOf(wish, 'policies')}`,
  };
  const images = [
    ['ghcr.io/siderolabs/flannel', versions.flannel],
    ['registry.k8s.io/coredns/coredns', versions.coredns],
    ['registry.k8s.io/etcd', versions.etcd],
    ['registry.k8s.io/pause', '3.10.2'],
    ['registry.k8s.io/kube-apiserver', k],
    ['registry.k8s.io/kube-controller-manager', k],
    ['registry.k8s.io/kube-scheduler', k],
    ['registry.k8s.io/kube-proxy', k],
    ['ghcr.io/siderolabs/kubelet', k],
    ['registry.k8s.io/networking/kube-network-policies', versions.policies],
  ] as const;
  return {
    images: images.map(([name, tag]) => ({ name, tag })),
    talosctl: ['talosctl', ...syntaxWords(kubernetesImages, versions)].join(' '),
    notes: [],
  };
}
