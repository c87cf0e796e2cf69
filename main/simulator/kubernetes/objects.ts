import type { VirtualCluster } from '../cluster/cluster.ts';
import type { VirtualNode } from '../node/virtual-node.ts';
import { podsOf } from '../node/workload.ts';

/** An object of Kubernetes, as far as it is told. */
export interface KubernetesObject {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

const DNS_REPLICAS = 2;
const CONTROL_PLANE = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];

const ready = (isReady: boolean): readonly unknown[] => [{ type: 'Ready', status: isReady ? 'True' : 'False' }];

const isAway = ({ fault, stage }: VirtualNode): boolean =>
  stage !== 'running' || ['down', 'black-hole', 'frozen', 'maintenance'].includes(fault?.kind ?? '');

const isReady = (node: VirtualNode): boolean =>
  !isAway(node) &&
  node.ills.isNotReadyInKubernetes !== true &&
  node.services.list().some(({ id, healthy }) => id === 'kubelet' && healthy === true);

function nodes({ nodes: all, kubernetesVersion }: VirtualCluster): readonly KubernetesObject[] {
  return all.map((node) => ({
    metadata: {
      name: node.name,
      labels: {
        'kubernetes.io/hostname': node.name,
        ...(node.role === 'controlplane' && { 'node-role.kubernetes.io/control-plane': '' }),
      },
    },
    spec: { ...(node.ills.isCordoned === true && { unschedulable: true }) },
    status: {
      conditions: ready(isReady(node)),
      addresses: [
        { type: 'InternalIP', address: node.address },
        { type: 'Hostname', address: node.name },
      ],
      nodeInfo: { kubeletVersion: kubernetesVersion },
    },
  }));
}

function pods(cluster: VirtualCluster, notReady: ReadonlySet<string>): readonly KubernetesObject[] {
  const one = (name: string, app: string, isUp: boolean): KubernetesObject => ({
    metadata: { name, labels: { 'k8s-app': app } },
    status: {
      phase: 'Running',
      conditions: ready(isUp && !notReady.has(app)),
      containerStatuses: [{ state: { running: {} } }],
    },
  });
  const onNodes = cluster.nodes.flatMap((node) =>
    podsOf(node).flatMap(({ id }) => {
      const [namespace, name = ''] = id.split('/');
      const app = [...CONTROL_PLANE, 'kube-proxy', 'kube-flannel'].find((known) => name.startsWith(`${known}-`));
      if (namespace !== 'kube-system' || app === undefined) return [];
      return [one(name, app, !isAway(node) && !(app === 'kube-apiserver' && node.ills.isApiServerNotReady === true))];
    }),
  );
  const dns = Array.from({ length: DNS_REPLICAS }, (_, index) =>
    one(`coredns-7859998f6-x${index}k2p`, 'kube-dns', true),
  );
  return [...onNodes, ...dns];
}

/** The objects at a path of the API, by their apps that are not ready; undefined where nothing is. */
export function objectsAt(
  path: string,
  cluster: VirtualCluster,
  notReady: ReadonlySet<string>,
): readonly KubernetesObject[] | undefined {
  switch (path) {
    case '/api/v1/nodes':
      return nodes(cluster);
    case '/api/v1/namespaces/kube-system/pods':
      return pods(cluster, notReady);
    case '/apis/apps/v1/namespaces/kube-system/daemonsets':
      return ['kube-proxy', 'kube-flannel'].map((name) => ({
        metadata: { name, labels: { 'k8s-app': name } },
        status: { desiredNumberScheduled: cluster.nodes.length },
      }));
    case '/apis/apps/v1/namespaces/kube-system/deployments':
      return [{ metadata: { name: 'coredns', labels: { 'k8s-app': 'kube-dns' } }, spec: { replicas: DNS_REPLICAS } }];
    default:
      return undefined;
  }
}
