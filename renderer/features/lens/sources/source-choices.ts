import type { LensNodeSources, LensSourceWish } from '../../../../preload/contract/index.ts';

/** What can be followed, on as many nodes as have it. */
export interface SourceChoice {
  /** `service:kubelet`, `container:kube-system/kube-proxy:kube-proxy`, `kernel`, `events`. */
  readonly key: string;
  readonly group: 'Machine' | 'Services' | 'Kubernetes containers';
  readonly label: string;
  /** Nodes that have it. */
  readonly nodes: ReadonlySet<string>;
}

/** What is chosen to be followed: things, and the nodes they are followed on. */
export interface SourceDraft {
  readonly nodes: 'all' | readonly string[];
  /** Keys of {@link SourceChoice}. */
  readonly keys: readonly string[];
}

/** A node as far as it matters here. */
export interface NodeNamed {
  readonly target: string;
  readonly name: string;
}

const KERNEL = 'kernel';
const EVENTS = 'events';
const SERVICE = 'service:';
const CONTAINER = 'container:';

/** Key of the choice of a service. */
export const serviceKey = (id: string): string => `${SERVICE}${id}`;

/** The service that {@link serviceKey} named; undefined for what is none. */
export const serviceOf = (key: string): string | undefined =>
  key.startsWith(SERVICE) ? key.slice(SERVICE.length) : undefined;

/** What ReplicaSets, Jobs, DaemonSets and StatefulSets put behind the name of a pod. */
const SUFFIXES = [
  /-[bcdfghjklmnpqrstvwxz2456789]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/,
  /-[bcdfghjklmnpqrstvwxz2456789]{5}$/,
  /-\d{1,4}$/,
];

/**
 * The name that pods of one workload share: without what is different on every node, which is the node's own name for static
 * pods.
 */
export function workloadOf(pod: string, nodeName: string): string {
  if (nodeName !== '' && pod.endsWith(`-${nodeName}`)) return pod.slice(0, -nodeName.length - 1);
  const suffix = SUFFIXES.find((each) => each.test(pod));
  return suffix ? pod.replace(suffix, '') : pod;
}

const containerKey = ({ namespace, pod, name }: LensNodeSources['containers'][number], nodeName: string): string =>
  `${CONTAINER}${namespace}/${workloadOf(pod, nodeName)}:${name}`;

/** All that the nodes have, the machine's own first, each named once. */
export function sourceChoices(
  sources: readonly LensNodeSources[],
  nodes: readonly NodeNamed[],
): readonly SourceChoice[] {
  const names = new Map(nodes.map(({ target, name }) => [target, name]));
  const services = new Map<string, Set<string>>();
  const containers = new Map<string, Set<string>>();
  for (const { node, services: ids, containers: found } of sources) {
    for (const id of ids) add(services, serviceKey(id), node);
    for (const container of found) add(containers, containerKey(container, names.get(node) ?? ''), node);
  }
  const everywhere = new Set(nodes.map(({ target }) => target));
  return [
    { key: KERNEL, group: 'Machine', label: 'Kernel log', nodes: everywhere },
    { key: EVENTS, group: 'Machine', label: 'Events', nodes: everywhere },
    ...choicesOf(services, 'Services', SERVICE),
    ...choicesOf(containers, 'Kubernetes containers', CONTAINER),
  ];
}

function add(map: Map<string, Set<string>>, key: string, node: string): void {
  const nodes = map.get(key);
  if (nodes) nodes.add(node);
  else map.set(key, new Set([node]));
}

function choicesOf(
  map: ReadonlyMap<string, ReadonlySet<string>>,
  group: SourceChoice['group'],
  prefix: string,
): readonly SourceChoice[] {
  return [...map]
    .map(([key, nodes]) => ({ key, group, label: key.slice(prefix.length), nodes }))
    .toSorted((a, b) => (a.label < b.label ? -1 : 1));
}

/**
 * Sources of a draft, node by node. A service is followed on the nodes that have it and on those of which that is not known;
 * of a container, every pod of its workload is.
 */
export function wishesOf(
  draft: SourceDraft,
  sources: readonly LensNodeSources[],
  nodes: readonly NodeNamed[],
): readonly LensSourceWish[] {
  const chosen = draft.nodes === 'all' ? nodes : nodes.filter(({ target }) => draft.nodes.includes(target));
  return chosen.flatMap(({ target: node, name }) => {
    const known = sources.find((each) => each.node === node);
    return draft.keys.flatMap((key): readonly LensSourceWish[] => {
      if (key === KERNEL || key === EVENTS) return [{ kind: key, node }];
      const id = serviceOf(key);
      if (id !== undefined) {
        const isMissing = known !== undefined && known.failure === undefined && !known.services.includes(id);
        return isMissing ? [] : [{ kind: 'service', node, id }];
      }
      return (known?.containers ?? [])
        .filter((container) => containerKey(container, name) === key)
        .map((container) => ({ kind: 'container', node, id: container.id }));
    });
  });
}
