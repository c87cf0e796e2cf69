import { steady, steadyHex, steadyInt } from '../wire/random.ts';
import type { VirtualNode } from './virtual-node.ts';

/** A container of a pod. */
export interface PodContainer {
  readonly name: string;
  readonly image: string;
  readonly pid: number;
  /** Share of the node's busy time, and of its used memory. */
  readonly weight: number;
}

/** A pod that runs on a node. */
export interface Pod {
  /** `kube-system/kube-proxy-x7k2p`, as Talos names it. */
  readonly id: string;
  readonly pid: number;
  readonly containers: readonly PodContainer[];
}

const APPS: readonly (readonly [namespace: string, name: string, image: string])[] = [
  ['ingress-nginx', 'ingress-nginx-controller', 'registry.k8s.io/ingress-nginx/controller:v1.14.1'],
  ['monitoring', 'prometheus', 'quay.io/prometheus/prometheus:v3.8.1'],
  ['monitoring', 'grafana', 'docker.io/grafana/grafana:12.3.0'],
  ['monitoring', 'node-exporter', 'quay.io/prometheus/node-exporter:v1.10.2'],
  ['storage', 'rook-ceph-osd', 'quay.io/ceph/ceph:v19.2.3'],
  ['shop', 'checkout', 'ghcr.io/example/checkout:4.18.0'],
  ['shop', 'catalog', 'ghcr.io/example/catalog:2.7.3'],
  ['shop', 'postgres', 'docker.io/library/postgres:18.1'],
  ['shop', 'redis', 'docker.io/library/redis:8.4'],
  ['platform', 'argocd-server', 'quay.io/argoproj/argocd:v3.2.1'],
  ['platform', 'cert-manager', 'quay.io/jetstack/cert-manager-controller:v1.19.2'],
  ['platform', 'vector', 'docker.io/timberio/vector:0.51.1'],
];

const KUBERNETES = 'v1.35.2';

/** Pod names end in letters and digits that spell no words. */
function suffix(node: VirtualNode, name: string): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  return Array.from({ length: 5 }, (_, index) =>
    letters.charAt(steadyInt(0, letters.length - 1, node.facts.seed, node.name, name, 'suffix', index)),
  ).join('');
}

/** A container that was restarted has another process. */
const anew = (node: VirtualNode, container: string, pid: number): number =>
  pid + 37 * node.machine.restartsOf(container);

function pod(node: VirtualNode, namespace: string, name: string, image: string, isStatic: boolean): Pod {
  const id = `${namespace}/${name}-${isStatic ? node.name : suffix(node, name)}`;
  const pid = steadyInt(3_000, 60_000, node.facts.seed, node.name, name, 'pid');
  return {
    id,
    pid,
    containers: [
      {
        name,
        image,
        pid: anew(node, `${id}:${name}`, pid + 7),
        weight: 0.2 + steady(node.facts.seed, node.name, name, 'weight'),
      },
    ],
  };
}

/** The pods of a node: Kubernetes' own, and on workers some applications. */
export function podsOf(node: VirtualNode): readonly Pod[] {
  const everywhere = [
    pod(node, 'kube-system', 'kube-flannel', 'ghcr.io/siderolabs/flannel:v0.27.4', false),
    pod(node, 'kube-system', 'kube-proxy', `registry.k8s.io/kube-proxy:${KUBERNETES}`, false),
  ];
  if (node.role === 'controlplane') {
    const parts = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];
    return [
      ...parts.map((name) => pod(node, 'kube-system', name, `registry.k8s.io/${name}:${KUBERNETES}`, true)),
      ...everywhere,
    ];
  }
  const chosen = APPS.filter(([, name]) => steady(node.facts.seed, node.name, name, 'runs') < 0.55);
  const apps = (chosen.length > 0 ? chosen : APPS.slice(0, 3)).map(([namespace, name, image]) =>
    pod(node, namespace, name, image, false),
  );
  return [...everywhere, ...apps].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Services that run as containers of Talos itself. */
export function systemContainers(node: VirtualNode): readonly PodContainer[] {
  const running = node.services.list().filter((service) => service.state === 'Running');
  const images: Readonly<Record<string, string>> = {
    apid: '',
    etcd: 'registry.k8s.io/etcd:v3.6.6-0',
    kubelet: `ghcr.io/siderolabs/kubelet:${KUBERNETES}`,
    trustd: '',
    'ext-qemu-guest-agent': '',
  };
  return running
    .filter(({ id }) => images[id] !== undefined)
    .map(({ id }) => ({
      name: id,
      image: images[id] ?? '',
      pid: anew(node, id, steadyInt(900, 2_900, node.facts.seed, node.name, id, 'pid')),
      weight: 0.3 + steady(node.facts.seed, node.name, id, 'weight'),
    }));
}

/** Twelve digits that name a container inside its runtime: others after each start. */
export function containerHash(node: VirtualNode, id: string, restarts = node.machine.restartsOf(id)): string {
  return steadyHex(12, node.facts.seed, node.name, id, restarts === 0 ? 'container' : `container ${restarts}`);
}

/** The network of a pod, as the kernel names it. */
export const networkNamespace = (node: VirtualNode, pod: Pick<Pod, 'id'>): string =>
  `cni-${containerHash(node, `${pod.id} net`)}`;
