import * as v from 'valibot';

/*
 * What draining needs of objects of Kubernetes, by their schemas. Names go into paths and sentences: an object whose name is
 * none in Kubernetes is none here.
 */

/** DNS-1123: what Kubernetes takes as a name of a node, a namespace, a pod or a budget. */
const name = v.pipe(v.string(), v.regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/));
const uid = v.pipe(v.string(), v.minLength(1), v.maxLength(128));
const text = v.optional(v.pipe(v.string(), v.maxLength(1024)), '');
const texts = v.optional(v.record(v.string(), v.string()), {});
const count = v.optional(v.number(), 0);
const conditions = v.optional(v.array(v.object({ type: text, status: text })), []);

/** Who set which fields, as the API server keeps it; whatever looks otherwise says nothing. */
const managed = v.fallback(
  v.optional(
    v.array(
      v.object({ manager: text, fieldsV1: v.optional(v.object({ 'f:spec': v.optional(v.looseObject({}), {}) }), {}) }),
    ),
    [],
  ),
  [],
);

const nodeSchema = v.object({
  metadata: v.object({ name, resourceVersion: text, annotations: texts, managedFields: managed }),
  spec: v.optional(v.object({ unschedulable: v.optional(v.boolean(), false) }), { unschedulable: false }),
  status: v.optional(v.object({ conditions, nodeInfo: v.optional(v.object({ bootID: text }), { bootID: '' }) }), {
    conditions: [],
    nodeInfo: { bootID: '' },
  }),
});

const podSchema = v.object({
  metadata: v.object({
    ...{ name, namespace: name, uid, labels: texts, annotations: texts },
    deletionTimestamp: v.optional(v.string()),
    ownerReferences: v.optional(v.array(v.object({ kind: text, controller: v.optional(v.boolean(), false) })), []),
  }),
  spec: v.optional(v.object({ volumes: v.optional(v.array(v.object({ emptyDir: v.optional(v.unknown()) })), []) }), {
    volumes: [],
  }),
  status: v.optional(v.object({ phase: text, conditions }), { phase: '', conditions: [] }),
});

const requirement = v.object({
  key: v.string(),
  operator: v.picklist(['In', 'NotIn', 'Exists', 'DoesNotExist']),
  values: v.optional(v.array(v.string()), []),
});

const budgetSchema = v.object({
  metadata: v.object({ name, namespace: name }),
  spec: v.object({
    selector: v.optional(v.object({ matchLabels: texts, matchExpressions: v.optional(v.array(requirement), []) })),
    unhealthyPodEvictionPolicy: text,
  }),
  status: v.optional(
    v.object({ disruptionsAllowed: count, currentHealthy: count, desiredHealthy: count, expectedPods: count }),
    { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
  ),
});

const goneSchema = v.object({ metadata: v.object({ uid }) });

/** A node that is to be cordoned. */
export interface DrainedNode {
  readonly name: string;
  /** What a change must be based on. */
  readonly resourceVersion: string;
  readonly isSchedulable: boolean;
  readonly isReady: boolean;
  /** The boot that its kubelet told of last; empty when it did not. */
  readonly bootId: string;
  /** What stands there as `minos.dev/cordoned-by`. */
  readonly cordonedBy: string | undefined;
  /** Names of the programs that made it take no pods, as the API server keeps them; empty where it does not say. */
  readonly cordoners: readonly string[];
}

/** A pod on a node that is to be drained. */
export interface DrainedPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Kind of what makes it anew elsewhere; undefined for nobody. */
  readonly controller: string | undefined;
  /** The copy of a static pod: the kubelet makes it, whatever Kubernetes wants. */
  readonly isMirror: boolean;
  readonly hasEmptyDir: boolean;
  /** It is being deleted already. */
  readonly isGoing: boolean;
  /** It succeeded or failed. */
  readonly isFinished: boolean;
  readonly isReady: boolean;
  /** No container of it has started. */
  readonly isPending: boolean;
}

/** A PodDisruptionBudget. */
export interface DisruptionBudget {
  readonly namespace: string;
  readonly name: string;
  readonly selects: (labels: Readonly<Record<string, string>>) => boolean;
  readonly disruptionsAllowed: number;
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
  /** How many pods it counts. */
  readonly expectedPods: number;
  /** Pods that are not ready may always go. */
  readonly letsUnhealthyGo: boolean;
}

/** Who cordoned a node, and for what. */
export const CORDONED_BY = 'minos.dev/cordoned-by';

const isReady = (all: v.InferOutput<typeof conditions>): boolean =>
  all.some(({ type, status }) => type === 'Ready' && status === 'True');

/** Undefined for what is no node. */
export function readDrainedNode(item: unknown): DrainedNode | undefined {
  const read = v.safeParse(nodeSchema, item);
  if (!read.success) return undefined;
  const { metadata, spec, status } = read.output;
  return {
    name: metadata.name,
    resourceVersion: metadata.resourceVersion,
    isSchedulable: !spec.unschedulable,
    isReady: isReady(status.conditions),
    bootId: status.nodeInfo.bootID,
    cordonedBy: metadata.annotations[CORDONED_BY],
    cordoners: metadata.managedFields
      .filter(({ fieldsV1 }) => 'f:unschedulable' in fieldsV1['f:spec'])
      .map(({ manager }) => manager),
  };
}

/** Undefined for what is no pod. */
export function readDrainedPod(item: unknown): DrainedPod | undefined {
  const read = v.safeParse(podSchema, item);
  if (!read.success) return undefined;
  const { metadata, spec, status } = read.output;
  return {
    ...{ namespace: metadata.namespace, name: metadata.name, uid: metadata.uid, labels: metadata.labels },
    controller: metadata.ownerReferences.find(({ controller }) => controller)?.kind,
    isMirror: metadata.annotations['kubernetes.io/config.mirror'] !== undefined,
    hasEmptyDir: spec.volumes.some(({ emptyDir }) => emptyDir !== undefined && emptyDir !== null),
    isGoing: metadata.deletionTimestamp !== undefined,
    isFinished: status.phase === 'Succeeded' || status.phase === 'Failed',
    isReady: isReady(status.conditions),
    isPending: status.phase === 'Pending',
  };
}

/** The uid of an object of any kind; undefined for what has none. */
export function readUid(item: unknown): string | undefined {
  const read = v.safeParse(goneSchema, item);
  return read.success ? read.output.metadata.uid : undefined;
}

/** Undefined for what is no budget. */
export function readBudget(item: unknown): DisruptionBudget | undefined {
  const read = v.safeParse(budgetSchema, item);
  if (!read.success) return undefined;
  const { metadata, spec, status } = read.output;
  return {
    ...metadata,
    ...status,
    selects: (labels) => spec.selector !== undefined && matches(spec.selector, labels),
    letsUnhealthyGo: spec.unhealthyPodEvictionPolicy === 'AlwaysAllow',
  };
}

type Selector = NonNullable<v.InferOutput<typeof budgetSchema>['spec']['selector']>;

/** As Kubernetes matches labels: everything must hold; a selector that says nothing selects all. */
function matches({ matchLabels, matchExpressions }: Selector, labels: Readonly<Record<string, string>>): boolean {
  const hasAll = Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
  return (
    hasAll &&
    matchExpressions.every(({ key, operator, values }) => {
      const label = labels[key];
      if (operator === 'Exists') return label !== undefined;
      if (operator === 'DoesNotExist') return label === undefined;
      const isAmong = label !== undefined && values.includes(label);
      return operator === 'In' ? isAmong : !isAmong;
    })
  );
}
