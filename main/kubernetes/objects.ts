import * as v from 'valibot';

/*
 * What a reader needs of objects of Kubernetes, by their schemas: every other field is left out, one that is missing has its
 * default, and an object of another shape is none.
 */

const text = v.optional(v.pipe(v.string(), v.maxLength(1024)), '');
const labels = v.optional(v.record(v.string(), v.string()), {});
const count = v.optional(v.number(), 0);
const conditions = v.optional(v.array(v.object({ type: text, status: text })), []);

const nodeSchema = v.object({
  metadata: v.object({ name: text, labels }),
  spec: v.optional(v.object({ unschedulable: v.optional(v.boolean(), false) }), { unschedulable: false }),
  status: v.optional(
    v.object({ conditions, addresses: v.optional(v.array(v.object({ type: text, address: text })), []) }),
    {
      conditions: [],
      addresses: [],
    },
  ),
});

const terminated = v.optional(
  v.object({ state: v.optional(v.object({ terminated: v.optional(v.looseObject({})) }), {}) }),
);

const podSchema = v.object({
  metadata: v.object({ name: text, annotations: labels, deletionTimestamp: v.optional(v.string()) }),
  status: v.optional(v.object({ phase: text, conditions, containerStatuses: v.optional(v.array(terminated), []) }), {
    phase: '',
    conditions: [],
    containerStatuses: [],
  }),
});

const workloadSchema = v.object({
  metadata: v.object({ name: text }),
  spec: v.optional(v.object({ replicas: v.optional(v.number(), 1) }), { replicas: 1 }),
  status: v.optional(v.object({ desiredNumberScheduled: count }), { desiredNumberScheduled: 0 }),
});

/** A node as Kubernetes has it. */
export interface KubernetesNode {
  readonly name: string;
  /** Inside and outside ones. */
  readonly ips: readonly string[];
  readonly isControlPlane: boolean;
  readonly isReady: boolean;
  /** False for one that was cordoned. */
  readonly isSchedulable: boolean;
}

/** A pod as Kubernetes has it. */
export interface KubernetesPod {
  readonly name: string;
  readonly isReady: boolean;
  /** It is being deleted, has failed, or all its containers ended. */
  readonly isOver: boolean;
  /** A copy of a static pod that an old bootstrap made. */
  readonly isCheckpoint: boolean;
}

/** A DaemonSet or a Deployment, by how many pods it is to have. */
export interface KubernetesWorkload {
  readonly name: string;
  readonly wantedPods: number;
}

type Conditions = v.InferOutput<typeof conditions>;
const isReady = (all: Conditions): boolean => all.some(({ type, status }) => type === 'Ready' && status === 'True');

/** Undefined for what is no node. */
export function readNode(item: unknown): KubernetesNode | undefined {
  const read = v.safeParse(nodeSchema, item);
  if (!read.success) return undefined;
  const { metadata, spec, status } = read.output;
  const ips = status.addresses.filter(({ type }) => type === 'InternalIP' || type === 'ExternalIP');
  return {
    name: metadata.name,
    ips: ips.map(({ address }) => address),
    isControlPlane: metadata.labels['node-role.kubernetes.io/control-plane'] !== undefined,
    isReady: isReady(status.conditions),
    isSchedulable: !spec.unschedulable,
  };
}

/** Undefined for what is no pod. */
export function readPod(item: unknown): KubernetesPod | undefined {
  const read = v.safeParse(podSchema, item);
  if (!read.success) return undefined;
  const { metadata, status } = read.output;
  const { containerStatuses: containers } = status;
  const allEnded = containers.length > 0 && containers.every((one) => one?.state.terminated !== undefined);
  return {
    name: metadata.name,
    isReady: isReady(status.conditions),
    isOver: metadata.deletionTimestamp !== undefined || status.phase === 'Failed' || allEnded,
    isCheckpoint: metadata.annotations['node.kubernetes.io/bootstrap-checkpoint'] !== undefined,
  };
}

/** Undefined for what is neither. `kind` says which of the two it is. */
export function readWorkload(kind: 'daemonset' | 'deployment', item: unknown): KubernetesWorkload | undefined {
  const read = v.safeParse(workloadSchema, item);
  if (!read.success) return undefined;
  const { metadata, spec, status } = read.output;
  return { name: metadata.name, wantedPods: kind === 'daemonset' ? status.desiredNumberScheduled : spec.replicas };
}
