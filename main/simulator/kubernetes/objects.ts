import type { VirtualCluster } from '../cluster/cluster.ts';
import type { VirtualNode } from '../node/virtual-node.ts';
import type { RunningPod, SimulatedBudget, WorkloadState } from './workload-state.ts';

/** An object of Kubernetes, as far as it is told. */
export interface KubernetesObject {
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Objects of one kind. */
export interface KubernetesList {
  readonly kind: string;
  readonly apiVersion: string;
  readonly items: readonly KubernetesObject[];
}

const DNS_REPLICAS = 2;

const ready = (isReady: boolean): readonly unknown[] => [{ type: 'Ready', status: isReady ? 'True' : 'False' }];

const isAway = ({ fault, stage }: VirtualNode): boolean =>
  stage !== 'running' || ['down', 'black-hole', 'frozen', 'maintenance'].includes(fault?.kind ?? '');

const isReady = (node: VirtualNode): boolean =>
  !isAway(node) &&
  node.ills.isNotReadyInKubernetes !== true &&
  node.services.list().some(({ id, healthy }) => id === 'kubelet' && healthy === true);

/** Who set that it takes no pods, as the API server writes it down, beside what its kubelet set. */
const managedFields = ({ ills: { isCordoned, cordoner = 'kubectl' } }: VirtualNode): readonly object[] => [
  { manager: 'kubelet', operation: 'Update', apiVersion: 'v1', fieldsV1: { 'f:metadata': {} } },
  ...(isCordoned === true
    ? [{ manager: cordoner, operation: 'Update', apiVersion: 'v1', fieldsV1: { 'f:spec': { 'f:unschedulable': {} } } }]
    : []),
];

/** A node, in this version of it. */
export function nodeObject(node: VirtualNode, kubernetesVersion: string, resourceVersion: string): KubernetesObject {
  return {
    kind: 'Node',
    apiVersion: 'v1',
    metadata: {
      name: node.name,
      resourceVersion,
      labels: {
        'kubernetes.io/hostname': node.name,
        ...(node.role === 'controlplane' && { 'node-role.kubernetes.io/control-plane': '' }),
      },
      annotations: { 'networking.talos.dev/self-ips': node.address, ...node.ills.annotations },
      managedFields: managedFields(node),
    },
    spec: { ...(node.ills.isCordoned === true && { unschedulable: true }) },
    status: {
      conditions: ready(isReady(node)),
      addresses: [
        { type: 'InternalIP', address: node.address },
        { type: 'Hostname', address: node.name },
      ],
      nodeInfo: { kubeletVersion: kubernetesVersion, bootID: node.bootId },
    },
  };
}

/** A pod; pods of these apps are not ready. */
export function podObject(pod: RunningPod, notReady: ReadonlySet<string>): KubernetesObject {
  const { name, namespace, uid, app, node, controller, isMirror, hasEmptyDir, goesSinceMs } = pod;
  const isUp = !isAway(node) && !(app === 'kube-apiserver' && node.ills.isApiServerNotReady === true);
  const owner = { apiVersion: 'apps/v1', kind: controller, name: app, uid: `${uid}-owner`, controller: true };
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      ...{ name, namespace, uid, labels: { app, ...(namespace === 'kube-system' && { 'k8s-app': app }) } },
      ...(goesSinceMs !== undefined && { deletionTimestamp: new Date(goesSinceMs).toISOString().slice(0, 19) + 'Z' }),
      ...(isMirror && { annotations: { 'kubernetes.io/config.mirror': uid.replaceAll('-', '') } }),
      ...(controller !== undefined && { ownerReferences: [owner] }),
    },
    spec: { nodeName: node.name, containers: [], ...(hasEmptyDir && { volumes: [{ name: 'data', emptyDir: {} }] }) },
    status: {
      phase: 'Running',
      conditions: ready(isUp && !notReady.has(app)),
      containerStatuses: [{ state: { running: {} } }],
    },
  };
}

/** A budget. */
function budgetObject({ namespace, name, app, refusals }: SimulatedBudget): KubernetesObject {
  return {
    metadata: { name, namespace, labels: {} },
    spec: { minAvailable: 2, selector: { matchLabels: { app } } },
    status: { disruptionsAllowed: refusals > 0 ? 0 : 1, currentHealthy: 2, desiredHealthy: 2, expectedPods: 3 },
  };
}

/** What {@link listAt} tells of. */
export interface Told {
  readonly cluster: VirtualCluster;
  readonly workload: WorkloadState;
  readonly notReady: ReadonlySet<string>;
  readonly versionOf: (node: VirtualNode) => string;
}

const CORE = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy', 'kube-flannel'];

const set = (name: string, rest: object): KubernetesObject => ({
  metadata: { name, namespace: 'kube-system', labels: { 'k8s-app': name } },
  ...rest,
});

/** The list at a path of the API; undefined where nothing is. */
export function listAt(path: string, { cluster, workload, notReady, versionOf }: Told): KubernetesList | undefined {
  const pods = (): readonly RunningPod[] => cluster.nodes.flatMap((node) => workload.on(node));
  switch (path) {
    case '/api/v1/nodes': {
      const items = cluster.nodes.map((node) => nodeObject(node, cluster.kubernetesVersion, versionOf(node)));
      return { kind: 'NodeList', apiVersion: 'v1', items };
    }
    case '/api/v1/pods':
      return { kind: 'PodList', apiVersion: 'v1', items: pods().map((pod) => podObject(pod, notReady)) };
    case '/api/v1/namespaces/kube-system/pods': {
      const own = pods().filter(({ namespace, app }) => namespace === 'kube-system' && CORE.includes(app));
      const items = [...own.map((pod) => podObject(pod, notReady)), ...dnsPods(notReady)];
      return { kind: 'PodList', apiVersion: 'v1', items };
    }
    case '/apis/policy/v1/poddisruptionbudgets':
      return { kind: 'PodDisruptionBudgetList', apiVersion: 'policy/v1', items: workload.budgets.map(budgetObject) };
    case '/apis/apps/v1/namespaces/kube-system/daemonsets': {
      const status = { desiredNumberScheduled: cluster.nodes.length };
      const items = ['kube-proxy', 'kube-flannel'].map((name) => set(name, { status }));
      return { kind: 'DaemonSetList', apiVersion: 'apps/v1', items };
    }
    case '/apis/apps/v1/namespaces/kube-system/deployments': {
      const metadata = { name: 'coredns', labels: { 'k8s-app': 'kube-dns' } };
      return { kind: 'DeploymentList', apiVersion: 'apps/v1', items: [{ metadata, spec: { replicas: DNS_REPLICAS } }] };
    }
    default:
      return undefined;
  }
}

const dnsPods = (notReady: ReadonlySet<string>): readonly KubernetesObject[] =>
  Array.from({ length: DNS_REPLICAS }, (_, index) => ({
    metadata: { name: `coredns-7859998f6-x${index}k2p`, namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    status: {
      phase: 'Running',
      conditions: ready(!notReady.has('kube-dns')),
      containerStatuses: [{ state: { running: {} } }],
    },
  }));
