import type { VirtualCluster } from '../cluster/cluster.ts';
import type { VirtualNode } from '../node/virtual-node.ts';
import { podsOf } from '../node/workload.ts';
import { steadyUuid } from '../wire/random.ts';

/** What a pod of the simulated Kubernetes is. */
export interface SimulatedPod {
  readonly namespace: string;
  readonly name: string;
  /** Its label `app`. */
  readonly app: string;
  /** Kind of its controller; undefined: nobody made it. */
  readonly controller: 'ReplicaSet' | 'StatefulSet' | 'DaemonSet' | undefined;
  readonly isMirror: boolean;
  readonly hasEmptyDir: boolean;
}

/** A PodDisruptionBudget of pods with a label `app`. */
export interface SimulatedBudget {
  readonly namespace: string;
  readonly name: string;
  readonly app: string;
  /** Evictions that it refuses before it allows them; `Infinity` for ever. */
  refusals: number;
}

/** A pod on a node as it is now. */
export interface RunningPod extends SimulatedPod {
  readonly node: VirtualNode;
  readonly uid: string;
  /** Epoch milliseconds; undefined: nobody asked it to go. */
  readonly goesSinceMs: number | undefined;
}

/** What is said when an eviction is refused: status, sentence and cause. */
export interface RefusedEviction {
  readonly status: number;
  readonly message: string;
  readonly cause?: { readonly reason: string; readonly message: string };
}

const DAEMONS = ['kube-flannel', 'kube-proxy', 'node-exporter', 'vector'];
const STATIC = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];
const STATEFUL = ['postgres', 'prometheus', 'rook-ceph-osd'];
const WITH_EMPTY_DIR = ['redis', 'grafana'];

/** How long pods take to end, by the clock of the cluster. */
const GRACE_MS = 1_000;

/** What runs in the simulated Kubernetes, and what was asked of it. */
export class WorkloadState {
  /** Until a pod is gone, from its eviction. */
  graceMs = GRACE_MS;
  /** Pods by their name that do not end when they are asked to. */
  readonly stuck = new Set<string>();
  readonly budgets: SimulatedBudget[] = [];
  /** By the name of their node, beside those that Talos tells of. */
  readonly more = new Map<string, readonly SimulatedPod[]>();
  /** By the name of their node, instead of those that Talos tells of. */
  readonly only = new Map<string, readonly SimulatedPod[]>();
  readonly #cluster: VirtualCluster;
  readonly #asked = new Map<string, number>();
  /** How often a node was emptied and filled again: its pods are others each time. */
  readonly #rounds = new Map<string, number>();

  constructor(cluster: VirtualCluster) {
    this.#cluster = cluster;
  }

  /** Pods that are on a node, those that end among them. */
  on(node: VirtualNode): readonly RunningPod[] {
    const { seed, clock } = this.#cluster;
    const own =
      this.only.get(node.name) ?? podsOf(node).map(({ id, containers }) => asPod(id, containers[0]?.name ?? ''));
    return [...own, ...(this.more.get(node.name) ?? [])].flatMap((pod): readonly RunningPod[] => {
      const round = this.#rounds.get(node.name) ?? 0;
      const uid = steadyUuid(seed, node.name, pod.namespace, pod.name, round);
      const goesSinceMs = this.#asked.get(uid);
      const isGone =
        goesSinceMs !== undefined && !this.stuck.has(pod.name) && clock.now() - goesSinceMs >= this.graceMs;
      return isGone ? [] : [{ ...pod, node, uid, goesSinceMs }];
    });
  }

  /** A pod anywhere; undefined for one that is not there. */
  find(namespace: string, name: string): RunningPod | undefined {
    return this.#cluster.nodes
      .flatMap((node) => this.on(node))
      .find((pod) => pod.namespace === namespace && pod.name === name);
  }

  /** Asks a pod to go; undefined when it does. */
  evict(pod: RunningPod): RefusedEviction | undefined {
    const [budget, another] = this.budgets.filter((one) => one.namespace === pod.namespace && one.app === pod.app);
    if (another !== undefined)
      return {
        status: 500,
        message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
      };
    if (budget !== undefined && budget.refusals > 0) {
      budget.refusals -= 1;
      return {
        status: 429,
        message: "Cannot evict pod as it would violate the pod's disruption budget.",
        cause: {
          reason: 'DisruptionBudget',
          message: `The disruption budget ${budget.name} needs 2 healthy pods and has 2 currently`,
        },
      };
    }
    if (!this.#asked.has(pod.uid)) this.#asked.set(pod.uid, this.#cluster.clock.now());
    return undefined;
  }

  /** Pods come back to a node that takes them again. */
  refill(node: VirtualNode): void {
    this.#rounds.set(node.name, (this.#rounds.get(node.name) ?? 0) + 1);
  }
}

/** A pod as Talos names it, with what makes it. */
function asPod(id: string, app: string): SimulatedPod {
  const [namespace = '', name = ''] = id.split('/');
  const isMirror = STATIC.includes(app);
  const controller = DAEMONS.includes(app) ? 'DaemonSet' : STATEFUL.includes(app) ? 'StatefulSet' : 'ReplicaSet';
  return {
    ...{ namespace, name, app, isMirror },
    controller: isMirror ? undefined : controller,
    hasEmptyDir: WITH_EMPTY_DIR.includes(app),
  };
}
