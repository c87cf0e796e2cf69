import { DEFAULT_VERSIONS } from '../../../preload/contract/index.ts';
import type { PlacedCommand } from '../commands/kit/definition.ts';

const OPENS = 'bundles.open';

const version = (
  id: Exclude<keyof typeof DEFAULT_VERSIONS, 'talos'>,
  title: string,
): PlacedCommand['params'][number] => ({
  ...{ id, title, kind: 'text', required: false },
  initial: DEFAULT_VERSIONS[id],
});

const flag = (long: string, param: string) => ({ long, takesValue: true, param });

/** `talosctl image k8s-bundle`: the list of images of Kubernetes. */
export const kubernetesImages: PlacedCommand = {
  id: 'k8s-bundle',
  title: 'Images for installing without a network',
  opens: OPENS,
  params: [
    version('kubernetes', 'Kubernetes'),
    version('etcd', 'etcd'),
    version('coredns', 'CoreDNS'),
    version('flannel', 'flannel'),
    version('policies', 'Network policies'),
  ],
  syntax: {
    names: ['image k8s-bundle', 'image default', 'images k8s-bundle', 'images default'],
    flags: [
      flag('k8s-version', 'kubernetes'),
      flag('etcd-version', 'etcd'),
      flag('coredns-version', 'coredns'),
      flag('flannel-version', 'flannel'),
      flag('kube-network-policies-version', 'policies'),
    ],
  },
};

/** `talosctl image talos-bundle`: the list of images of Talos. */
export const talosImages: PlacedCommand = {
  id: 'talos-bundle',
  title: 'Images for installing without a network',
  opens: OPENS,
  params: [{ id: 'talos', title: 'Talos', kind: 'text', required: false }],
  syntax: {
    names: ['image talos-bundle', 'images talos-bundle'],
    positionals: ['talos'],
    flags: ['extensions', 'overlays'].map((long) => ({
      ...{ long, takesValue: false },
      note: 'what these images hold stands in a registry, which Minos does not ask.',
    })),
  },
};
